"""OpenDocument texts (.odt) of LibreOffice and others into blocks.

Reads the body, headers, footers, notes and text boxes; comments and deleted passages of tracked changes are no text,
but are named among what the document hides. Standard: ISO/IEC 26300 (only local names are looked at).
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from standwith.documents.block import Block, Kind, Place
from standwith.documents.building import Builder
from standwith.documents.errors import DocumentRefused
from standwith.documents.marking import Span
from standwith.documents.package import Package, attribute, local

_SKIPPED = {"annotation", "annotation-end", "tracked-changes", "sequence-decls", "forms", "table-column", "meta"}
_BODIES = {"note", "text-box"}
"""Texts that stand inside of a paragraph and are paragraphs of their own."""


def read_opendocument(data: bytes) -> tuple[list[Block], dict[str, str], list[str], list[str]]:
    """Blocks, what the document tells of itself, notes, what it hides."""
    package = Package(data)
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise DocumentRefused("it is locked with a password; save it without one.")
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    bodies = _found(content, "text")
    if content is None or not bodies:
        raise DocumentRefused("it is no text document; save it again as .odt.")
    builder, manners = Builder(), _Manners(content, styles)
    for part in ("header", "body", "footer"):
        for root in bodies[:1] if part == "body" else _found(styles, part):
            _Walk(builder, manners, "" if part == "body" else part).take(root)
    return builder.blocks, {}, [], _hidden(package, content)


def _found(styles: Element | None, name: str) -> list[Element]:
    return [element for element in styles.iter() if local(element) == name] if styles is not None else []


def _hidden(package: Package, content: Element) -> list[str]:
    meta = package.xml("meta.xml")
    names = {local(element) for element in meta.iter() if (element.text or "").strip()} if meta is not None else set()
    kinds = {local(element) for element in content.iter()}
    found = {
        "the name of who wrote it": bool(names & {"creator", "initial-creator", "printed-by"}),
        "comments": "annotation" in kinds,
        "changes that were tracked, deleted words included": "tracked-changes" in kinds,
    }
    return [what for what, there in found.items() if there]


class _Manners:
    """Which styles are bold or italic, and which lists are numbered."""

    def __init__(self, *roots: Element | None) -> None:
        self.bold: set[str] = set()
        self.italic: set[str] = set()
        self.numbered: set[str] = set()
        for root in roots:
            for element in root.iter() if root is not None else ():
                self._learn(element)

    def _learn(self, element: Element) -> None:
        name = attribute(element, "name")
        if local(element) == "style":
            properties = [child for child in element if local(child) == "text-properties"]
            if any(attribute(child, "font-weight") in ("bold", "700", "800", "900") for child in properties):
                self.bold.add(name)
            if any(attribute(child, "font-style") in ("italic", "oblique") for child in properties):
                self.italic.add(name)
        elif local(element) == "list-style" and any(
            local(child) == "list-level-style-number" and attribute(child, "level") == "1" for child in element
        ):
            self.numbered.add(name)


class _Walk:
    def __init__(self, builder: Builder, manners: _Manners, part: str) -> None:
        self.builder, self.manners, self.part = builder, manners, part
        self.paragraph = 0
        self.page = 1
        self.boxes: list[Element] = []

    def take(self, element: Element) -> None:
        """Every paragraph, heading, list and table below this element."""
        for child in element:
            name = local(child)
            if name in ("p", "h"):
                self._paragraph(child)
            elif name == "list":
                self._list(child, 1, "")
            elif name == "table":
                self._table(child)
            elif name == "soft-page-break":
                self.page += 1
            elif name not in _SKIPPED:
                self.take(child)

    def _place(self) -> Place:
        return Place(page=0 if self.part else self.page, paragraph=self.paragraph, part=self.part)

    def _paragraph(self, element: Element, level: int = 0, number: str = "", item: bool = False) -> None:
        self.paragraph += 1
        place = self._place()
        spans = list(self._spans(element, Span("")))
        kind: Kind = "item" if item else "heading" if local(element) == "h" else "paragraph"
        if kind == "heading":
            outline = attribute(element, "outline-level")
            level = min(int(outline), 6) if outline.isdigit() else 1
        beside = self.part == "footer"
        self.builder.add(kind, spans, place, level=level, number=number, beside=beside)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.take(box)

    def _list(self, element: Element, level: int, style: str) -> None:
        style = attribute(element, "style-name") or style
        numbered = style in self.manners.numbered
        for count, entry in enumerate((child for child in element if local(child) in ("list-item", "list-header")), 1):
            first = True
            for child in entry:
                if local(child) == "list":
                    self._list(child, level + 1, style)
                elif local(child) in ("p", "h"):
                    self._paragraph(child, level, f"{count}." if numbered else "", item=first)
                    first = False

    def _table(self, table: Element) -> None:
        for row in (child for child in table.iter() if local(child) == "table-row"):
            cells = [child for child in row if local(child) == "table-cell"]
            self.paragraph += 1
            if len(cells) == 1:
                self.take(cells[0])
            else:
                self.builder.add_row([self._cell(cell) for cell in cells], self._place())

    def _cell(self, cell: Element) -> list[Span]:
        spans: list[Span] = []
        for paragraph in (child for child in cell.iter() if local(child) in ("p", "h")):
            spans += [*self._spans(paragraph, Span("")), Span("\n")]
        return spans

    def _spans(self, element: Element, manner: Span) -> Iterator[Span]:
        """The text of an element and of those inside; a tree has text before and after every child."""
        yield manner.like(_flat(element.text))
        for child in element:
            yield from self._inside(child, manner)
            yield manner.like(_flat(child.tail))

    def _inside(self, child: Element, manner: Span) -> Iterator[Span]:
        name = local(child)
        if name == "s" or name == "tab":
            yield manner.like(" ")
        elif name == "line-break":
            yield manner.like("\n")
        elif name == "soft-page-break":
            self.page += 1
        elif name in _BODIES:
            self.boxes.append(child)
        elif name not in _SKIPPED and name != "list-label":
            yield from self._spans(child, self._manner(child, manner))

    def _manner(self, element: Element, manner: Span) -> Span:
        style = attribute(element, "style-name")
        if local(element) == "a":
            return manner._replace(link=attribute(element, "href"))
        return manner._replace(
            bold=manner.bold or style in self.manners.bold, italic=manner.italic or style in self.manners.italic
        )


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\t", " ")

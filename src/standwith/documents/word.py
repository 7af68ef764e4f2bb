"""Word documents (.docx) into blocks.

Reads the body, headers, footers, footnotes, endnotes and text boxes; what was deleted with changes tracked, and
comments, are no text, but are named among what the document hides. Pages are counted where Word noted their breaks.
Standard: ISO/IEC 29500 (transitional and strict; only local names are looked at).
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from standwith.documents.block import Block, Place
from standwith.documents.building import Builder
from standwith.documents.errors import DocumentRefused
from standwith.documents.marking import Span
from standwith.documents.package import Package, attribute, local
from standwith.documents.word_styles import Styles

_SKIPPED = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"}


def read_word(data: bytes) -> tuple[list[Block], dict[str, str], list[str], list[str]]:
    """Blocks, what the document tells of itself, notes, what it hides."""
    package = Package(data)
    body = package.xml("word/document.xml")
    if body is None:
        raise DocumentRefused("it is no Word document; save it again as .docx.")
    builder, styles = Builder(), Styles(package)
    for kind in ("header", "body", "footnote", "endnote", "footer"):
        roots = [("word/document.xml", body)] if kind == "body" else list(_others(package, kind))
        for name, root in roots:
            _Walk(builder, styles, _links(package, name), "" if kind == "body" else kind).take(root)
    return _once(builder.blocks), {}, [], _hidden(package, body)


def _others(package: Package, kind: str) -> Iterator[tuple[str, Element]]:
    for name in sorted(package.names):
        if re.fullmatch(rf"word/{kind}s?\d*\.xml", name) and (root := package.xml(name)) is not None:
            yield name, root


def _once(blocks: Iterable[Block]) -> list[Block]:
    """Headers and footers of several sections once each."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for block in blocks:
        key = (block.place.part, block.text)
        if not (block.place.part in ("header", "footer") and key in seen):
            kept.append(block)
        seen.add(key)
    return kept


def _links(package: Package, name: str) -> dict[str, str]:
    folder, _, last = name.rpartition("/")
    root = package.xml(f"{folder}/_rels/{last}.rels")
    return {} if root is None else {attribute(link, "Id"): attribute(link, "Target") for link in root}


def _hidden(package: Package, body: Element) -> list[str]:
    core = package.xml("docProps/core.xml")
    names = {local(element) for element in core if (element.text or "").strip()} if core is not None else set()
    kinds = {local(element) for element in body.iter()}
    found = {
        "the name of who wrote it": bool(names & {"creator", "lastModifiedBy"}),
        "comments": "word/comments.xml" in package.names,
        "changes that were tracked, deleted words included": bool(kinds & {"ins", "del", "moveFrom", "moveTo"}),
    }
    return [what for what, there in found.items() if there]


class _Walk:
    """Goes through one part of the document."""

    def __init__(self, builder: Builder, styles: Styles, links: dict[str, str], part: str) -> None:
        self.builder, self.styles, self.links, self.part = builder, styles, links, part
        self.paragraph = 0
        self.page = 1
        self.boxes: list[Element] = []

    def take(self, element: Element) -> None:
        """Every paragraph and table below this element."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in ("footnote", "endnote"):
                if attribute(child, "type") not in ("separator", "continuationSeparator", "continuationNotice"):
                    self.take(child)
            elif name not in _SKIPPED:
                self.take(child)

    def _place(self) -> Place:
        parts = {"footnote": "footnotes", "endnote": "endnotes"}
        page = self.page if not self.part else 0
        return Place(page=page, paragraph=self.paragraph, part=parts.get(self.part, self.part))

    def _paragraph(self, element: Element) -> None:
        self.paragraph += 1
        shape = self.styles.shape(element)
        place = self._place()
        spans = list(self._spans(element, ""))
        self.builder.add(
            shape.kind, spans, place, level=shape.level, number=shape.number, beside=self.part in ("footer", "endnote")
        )
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.take(box)

    def _table(self, table: Element) -> None:
        for row in (child for child in table.iter() if local(child) == "tr"):
            cells = [child for child in row if local(child) == "tc"]
            self.paragraph += 1
            if len(cells) == 1:
                self.take(cells[0])
            else:
                self.builder.add_row([self._cell(cell) for cell in cells], self._place())

    def _cell(self, cell: Element) -> list[Span]:
        spans: list[Span] = []
        for paragraph in (child for child in cell.iter() if local(child) == "p"):
            spans += [*self._spans(paragraph, ""), Span("\n")]
        return spans

    def _spans(self, element: Element, link: str) -> Iterator[Span]:
        for child in element:
            name = local(child)
            if name == "r":
                yield from self._run(child, link)
            elif name == "hyperlink":
                yield from self._spans(child, self.links.get(attribute(child, "id"), ""))
            elif name not in _SKIPPED:
                yield from self._spans(child, link)

    def _run(self, run: Element, link: str) -> Iterator[Span]:
        bold, italic = self.styles.manner(run)
        for child in run.iter():
            if local(child) == "txbxContent":
                self.boxes.append(child)
        for text in self._texts(run):
            yield Span(text, bold, italic, link)

    def _texts(self, element: Element) -> Iterator[str]:
        for child in element:
            name = local(child)
            if name == "t":
                yield child.text or ""
            elif name in ("tab", "ptab"):
                yield " "
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "lastRenderedPageBreak":
                self.page += 1
            elif name in ("br", "cr"):
                if attribute(child, "type") == "page":
                    self.page += 1
                yield "\n"
            elif name not in _SKIPPED and name not in ("txbxContent", "softHyphen"):
                yield from self._texts(child)

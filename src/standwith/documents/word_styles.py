"""What the styles and lists of a Word document say of a paragraph: heading, list item, or neither.

Invariant: a style is followed to those it is based on, at most as deep as there are styles. Numbers of list items are
counted as Word shows them, without the numbers of the levels above.
"""

from collections import Counter
from typing import NamedTuple
from xml.etree.ElementTree import Element

from standwith.documents.block import Kind
from standwith.documents.package import Package, attribute, local

_OFF = {"0", "false", "off", "none"}
_QUOTES = ("quote", "intense quote", "citation", "zitat")


class Look(NamedTuple):
    """What a paragraph is."""

    kind: Kind
    level: int = 0
    number: str = ""


def child_of(element: Element | None, *names: str) -> Element | None:
    """The element at the end of a way of children, by local names."""
    for name in names:
        element = next((child for child in element if local(child) == name), None) if element is not None else None
    return element


def value_of(element: Element | None, *names: str) -> str:
    """The `val` at the end of a way of children; "" if there is none."""
    found = child_of(element, *names)
    return attribute(found, "val") if found is not None else ""


class Styles:
    """The styles and the lists of one document."""

    def __init__(self, package: Package) -> None:
        styles = package.xml("word/styles.xml")
        self._styles = {attribute(style, "styleId"): style for style in (styles if styles is not None else ())}
        self._formats = _list_formats(package.xml("word/numbering.xml"))
        self._counts: Counter[tuple[str, int]] = Counter()

    def shape(self, paragraph: Element) -> Look:
        """What this paragraph is; counts it if it is a numbered item."""
        properties = child_of(paragraph, "pPr")
        chain = self._chain(value_of(properties, "pStyle"))
        level = self._heading(properties, chain)
        if level:
            return Look("heading", level)
        found = self._item(properties, chain)
        if found:
            return found
        names = [value_of(style, "name").lower() for style in chain]
        return Look("quote" if any(name in _QUOTES for name in names) else "paragraph")

    def manner(self, run: Element) -> tuple[bool, bool]:
        """Whether a run is bold, and whether it is italic."""
        properties = child_of(run, "rPr")
        style = value_of(properties, "rStyle")
        chain = [properties, *(child_of(each, "rPr") for each in self._chain(style))]
        bold, italic = (self._first(chain, name) for name in ("b", "i"))
        return bold, italic

    def _first(self, chain: list[Element | None], name: str) -> bool:
        found = next((element for each in chain if (element := child_of(each, name)) is not None), None)
        return found is not None and attribute(found, "val").lower() not in _OFF

    def _chain(self, identifier: str) -> list[Element]:
        chain: list[Element] = []
        while identifier in self._styles and self._styles[identifier] not in chain:
            chain.append(self._styles[identifier])
            identifier = value_of(chain[-1], "basedOn")
        return chain

    def _heading(self, properties: Element | None, chain: list[Element]) -> int:
        for style in chain:
            name = value_of(style, "name").lower()
            if name.startswith("heading ") and name[8:].isdigit():
                return min(int(name[8:]), 6)
            if name == "title":
                return 1
        levels = [value_of(properties, "outlineLvl"), *(value_of(style, "pPr", "outlineLvl") for style in chain)]
        outline = next((level for level in levels if level), "")
        return int(outline) + 1 if outline.isdigit() and int(outline) < 6 else 0

    def _item(self, properties: Element | None, chain: list[Element]) -> Look | None:
        places = [child_of(properties, "numPr"), *(child_of(style, "pPr", "numPr") for style in chain)]
        numbering = [place for place in places if place is not None]
        identifier = next((found for place in numbering if (found := value_of(place, "numId"))), "")
        if not identifier or identifier == "0":
            return None
        depth = next((found for place in numbering if (found := value_of(place, "ilvl"))), "0")
        level = int(depth) if depth.isdigit() else 0
        if self._formats.get((identifier, level), "bullet") in ("bullet", "none"):
            return Look("item", level + 1)
        self._counts[identifier, level] += 1
        for deeper in [key for key in self._counts if key[0] == identifier and key[1] > level]:
            del self._counts[deeper]
        return Look("item", level + 1, f"{self._counts[identifier, level]}.")


def _list_formats(numbering: Element | None) -> dict[tuple[str, int], str]:
    """How each level of each list is numbered."""
    if numbering is None:
        return {}
    abstract: dict[str, dict[int, str]] = {}
    for element in numbering:
        if local(element) == "abstractNum":
            levels = (level for level in element if local(level) == "lvl" and attribute(level, "ilvl").isdigit())
            abstract[attribute(element, "abstractNumId")] = {
                int(attribute(level, "ilvl")): value_of(level, "numFmt") for level in levels
            }
    return {
        (attribute(element, "numId"), level): form
        for element in numbering
        if local(element) == "num"
        for level, form in abstract.get(value_of(element, "abstractNumId"), {}).items()
    }

"""The lines of a PDF as blocks: paragraphs, headings, list items.

Lines that follow each other closely are a paragraph, and so across a page; what is larger than the rest, or bold and
alone, is a heading; a bullet or a number begins an item. Lines that stand on most pages, and page numbers, are beside
the text. Invariant: every line is in exactly one block. Emphasis is lost, and so are tables: a row is a line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from standwith.documents.block import Block, Place
from standwith.documents.building import Builder
from standwith.documents.marking import Span
from standwith.documents.pages import Line, read_lines

_BULLET = re.compile(r"^(?:[•‣◦▪●○■–—*·\uf0b7-]|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_PAGE_NUMBER = re.compile(r"^\W*(?:[^\W\d]{1,8}\.?\s+)?\d{1,4}(?:\s*(?:/|\w{1,3})\s*\d{1,4})?\W*$")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]$")
_STOP = re.compile(r"[.!?…؟։][\"'»”’)]?$")
_WIDEST_GAP = 1.25  # of the usual distance between two lines; what is further apart are two paragraphs
_LARGER = 1.1
_LONGEST_HEADING = 200
_OPEN = re.compile(r"[-–—,(/&]$")
_SHORT = 0.8  # of the widest line; a paragraph that ends there has ended
_USED = 0.9  # of the paper between two equal margins is filled, at least, where lines are broken for want of room
_FULL = 0.82
_MOST = 0.75  # of the lines of a paragraph are full


def read_pages(data: bytes) -> tuple[list[Block], dict[str, str], list[str], list[str]]:
    """Blocks, what the document tells of itself, notes, what it hides."""
    lines, hidden = read_lines(data)
    margin = _margin(lines)
    beside = frozenset(margin)
    layout = _Layout([line for line in lines if line not in beside])
    builder = Builder()
    for number, lot in enumerate(layout.lots(), start=1):
        layout.add(builder, lot, number)
    for line in margin:
        builder.add("paragraph", [Span(line.text)], Place(page=line.page, part="margin of the page"), beside=True)
    return builder.blocks, {}, [], hidden


def _margin(lines: Sequence[Line]) -> list[Line]:
    """The first and last lines of pages that are numbers, or the same on most of at least three pages."""
    pages = max(line.page for line in lines)
    lots = [list(lot) for _, lot in groupby(lines, key=lambda line: line.page)]
    ends = [lot[at] for lot in lots for at in (0, -1)]
    told = Counter(re.sub(r"\d+", "#", line.text) for line in dict.fromkeys(ends))
    repeated = {text for text, count in told.items() if count >= 3 and 2 * count > pages}
    return [
        line
        for line in dict.fromkeys(ends)
        if re.sub(r"\d+", "#", line.text) in repeated or (_PAGE_NUMBER.match(line.text) and len(lines) > 1)
    ]


def _usual(gaps: Sequence[float], otherwise: float) -> float:
    """The smallest distance that is no exception: between lines, not between paragraphs."""
    return min((gap for gap, count in Counter(gaps).items() if 12 * count >= len(gaps)), default=otherwise)


class _Layout:
    """What is usual in this file, and the lines by it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        sizes = Counter[float]()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self.size = sizes.most_common(1)[0][0]
        body = [line for line in lines if abs(line.size - self.size) < 0.2]
        gaps = [one.height - two.height for one, two in pairwise(body) if one.page == two.page]
        self.gap = _usual([round(gap, 1) for gap in gaps if 0.9 * self.size < gap < 4 * self.size], 1.2 * self.size)
        self.left = min(line.left for line in body)
        self.right = max(max(line.right, _USED * (line.paper - self.left)) for line in body)
        self.tells = any(line.divided for line in lines)
        self.larger = sorted({round(line.size) for line in lines if line.size > _LARGER * self.size}, reverse=True)
        self.words = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in lines).lower()))

    def lots(self) -> Iterator[list[Line]]:
        """The lines of each block."""
        lot: list[Line] = []
        for line in self.lines:
            if lot and not self._goes_on(lot, line):
                yield from self._paragraphs(lot)
                lot = []
            lot.append(line)
        yield from self._paragraphs(lot)

    def _goes_on(self, lot: Sequence[Line], line: Line) -> bool:
        last = lot[-1]
        if abs(last.size - line.size) > 0.3 or last.bold != line.bold or self._begins_item(lot, line):
            return False
        if last.page != line.page:
            return not (self._share(last) < _FULL or _STOP.search(last.text) or self._is_large(line))
        gap = last.height - line.height
        return -self.gap < gap <= _WIDEST_GAP * max(self.gap, line.size * 1.15 if self._is_large(line) else 0)

    def _begins_item(self, lot: Sequence[Line], line: Line) -> bool:
        """Whether a bullet stands here; a dash is none in a list that has other bullets."""
        first, bullet = _BULLET.match(lot[0].text), _BULLET.match(line.text)
        return bool(bullet) and not (first and line.text[0] in "-–—" and lot[0].text[0] not in "-–—")

    def _share(self, line: Line, following: Line | None = None) -> float:
        """How much of the widest line this one takes, with the first word of the next if one is given."""
        word = Line(0, 0.0, 0.0, line.size, line.bold, f" {following.text.split()[0]}").right if following else 0.0
        return (line.right + word - self.left) / (self.right - self.left)

    def _paragraphs(self, lot: list[Line]) -> Iterator[list[Line]]:
        """Prose that has no distance between its paragraphs, paragraph by paragraph; anything else as it is."""
        paragraph: list[Line] = []
        prose = self._is_prose(lot)
        for line in lot:
            last = paragraph[-1] if paragraph else None
            if last and prose and _STOP.search(last.text) and self._begins(paragraph, line):
                yield paragraph
                paragraph = []
            paragraph.append(line)
        yield paragraph

    def _begins(self, paragraph: Sequence[Line], line: Line) -> bool:
        indented = line.left > min(each.left for each in paragraph) + line.size and line.page == paragraph[-1].page
        return indented or self._share(paragraph[-1], line) < _SHORT

    def _is_prose(self, lot: Sequence[Line]) -> bool:
        """Whether the lines were broken where they were full; lines of an address or a list are broken before."""
        return sum(self._share(line) >= _FULL for line in lot[:-1]) >= _MOST * (len(lot) - 1)

    def _is_large(self, line: Line) -> bool:
        return line.size > _LARGER * self.size

    def _level(self, lot: Sequence[Line], text: str) -> int:
        """The level as a heading, 0 for what is none."""
        if len(text) > _LONGEST_HEADING:
            return 0
        if self._is_large(lot[0]):
            return min(1 + self.larger.index(round(lot[0].size)), 6)
        alone = lot[0].bold and "\n" not in text and not all(line.bold for line in self.lines)
        return min(1 + len(self.larger), 6) if alone and not re.search(r"[.:;,]$", text) else 0

    def add(self, builder: Builder, lot: Sequence[Line], number: int) -> None:
        """Adds the block of these lines."""
        text, place = self._join(lot), Place(page=lot[0].page, paragraph=number)
        bullet = _BULLET.match(text)
        if bullet:
            counted = f"{bullet['number']}." if bullet["number"] else ""
            builder.add("item", [Span(text[bullet.end() :])], place, level=1, number=counted)
        elif level := self._level(lot, text):
            builder.add("heading", [Span(text)], place, level=level)
        else:
            builder.add("paragraph", [Span(text)], place)

    def _join(self, lot: Sequence[Line]) -> str:
        text, prose = lot[0].text, self._is_prose(lot)
        for last, line in pairwise(lot):
            if _DIVIDED.search(text) and line.text[:1].isalnum():
                text = self._undivided(text, line.text, last.divided)
            else:
                on = prose or self._is_large(line) or self._is_open(text.split("\n")[-1], last, line)
                text += (" " if on else "\n") + line.text
        return text

    def _is_open(self, text: str, last: Line, line: Line) -> bool:
        """Whether a line of a list goes on in the next."""
        torn = bool(_OPEN.search(text)) or (line.text[0] == "(" and not _STOP.search(text)) or line.text[0].islower()
        full = self._share(last, line) > 1 and text.split()[-1].islower()
        return torn or full or text.count("(") > text.count(")")

    def _undivided(self, text: str, following: str, divided: bool) -> str:
        """A divided word whole; its hyphen stays if it is the word's own, as far as one can tell."""
        if not following[0].islower() or (self.tells and not divided):
            return text + following
        first = re.search(r"[^\W\d_]+(?=.$)", text)
        second = re.match(r"[^\W\d_]+", following)
        pair = (first[0].lower() if first else "", second[0].lower() if second else "")
        keeps = "-".join(pair) in self.words and "".join(pair) not in self.words
        return (text if keeps else text[:-1]) + following

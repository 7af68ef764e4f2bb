"""A long list cut into pages: which rows stand on which page, where each page lies, which pages it leads to.

    cuts = cut("people/", everybody, 40)        # people/, people/2/, people/3/ …
    for piece in cuts:
        Sheet(place=piece.place, tell=lambda piece=piece: {"title": …, "piece": piece, …}, …)

and in the template, after the list: `{% from "paging.html" import turn with context %}{{ turn(piece, root) }}`, where
`root` is the address below which the places lie, such as "/en/stand-with-belarus/".
Invariant: every row stands on exactly one page, in its order; a list without rows has one page, an empty one. Pure;
lays out nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Cut(Generic[Row]):
    """One page of a list that begins at `start`: its number, how many there are, and the rows that stand on it."""

    start: str
    number: int
    of: int
    rows: Sequence[Row]

    @property
    def place(self) -> str:
        """Where it lies."""
        return self.place_of(self.number)

    @property
    def first(self) -> str:
        """Where the first page lies, "" on itself; and so on."""
        return self.place_of(1) if self.number > 1 else ""

    @property
    def previous(self) -> str:
        return self.place_of(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self.place_of(self.number + 1) if self.number < self.of else ""

    @property
    def last(self) -> str:
        return self.place_of(self.of) if self.number < self.of else ""

    def place_of(self, number: int) -> str:
        """Where page `number` of the list lies: "people/", then "people/2/"."""
        return self.start if number == 1 else f"{self.start}{number}/"


def cut(start: str, rows: Sequence[Row], size: int) -> tuple[Cut[Row], ...]:
    """Cut the rows into pages of `size`; the first lies at `start`, a directory such as "people/"."""
    of = max(1, -(-len(rows) // size))
    return tuple(Cut(start, page + 1, of, rows[page * size : (page + 1) * size]) for page in range(of))


def cut_by_weight(start: str, rows: Sequence[Row], weights: Sequence[int], room: int) -> tuple[Cut[Row], ...]:
    """Cut the rows into pages that each hold the weight of `room` at most; a row that is heavier has its own page."""
    pages: list[list[Row]] = [[]]
    held = 0
    for row, weight in zip(rows, weights, strict=True):
        if pages[-1] and held + weight > room:
            pages.append([])
            held = 0
        pages[-1].append(row)
        held += weight
    return tuple(Cut(start, number, len(pages), page) for number, page in enumerate(pages, 1))

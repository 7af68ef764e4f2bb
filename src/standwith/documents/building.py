"""Blocks as readers build them: spans come in, a block with its place goes to the list.

Invariant: no empty block is ever added, and no more than the limits allow.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from standwith.documents.block import Block, Kind, Place
from standwith.documents.limits import check_text
from standwith.documents.marking import Span, plain_of, tidy, write_spans


class Builder:
    """Collects the blocks of one document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._letters = 0

    def add(
        self,
        kind: Kind,
        spans: Iterable[Span],
        place: Place,
        *,
        level: int = 0,
        number: str = "",
        beside: bool = False,
    ) -> None:
        """Adds a block, if it holds any text."""
        block = make_block(kind, spans, place, level=level, number=number, beside=beside)
        if block:
            self._add(block)

    def add_row(self, cells: Iterable[Iterable[Span]], place: Place, *, beside: bool = False) -> None:
        """Adds a table row, if it holds any text; cells are separated as one would read them aloud."""
        made = [make_block("paragraph", cell, place) for cell in cells]
        full = [cell for cell in made if cell]
        if len(full) == 1 and len(made) == 1:
            self._add(replace(full[0], beside=beside))
        elif full:
            text, plain = (" | ".join(getattr(cell, name) for cell in full) for name in ("text", "plain"))
            cells_of = tuple(cell.plain if cell else "" for cell in made)
            self._add(Block(kind="row", text=text, plain=plain, cells=cells_of, place=place, beside=beside))

    def _add(self, block: Block) -> None:
        self._letters += len(block.plain)
        check_text(len(self.blocks), self._letters)
        self.blocks.append(block)


def make_block(
    kind: Kind, spans: Iterable[Span], place: Place, *, level: int = 0, number: str = "", beside: bool = False
) -> Block | None:
    """The block of these spans; None where they hold no text. Headings have no emphasis of their own."""
    tidied = tidy(spans)
    if kind == "heading":
        tidied = tidy(Span(span.text.replace("\n", " "), link=span.link) for span in tidied)
    if not tidied:
        return None
    return Block(
        kind=kind,
        text=write_spans(tidied),
        plain=plain_of(tidied),
        level=level,
        number=number,
        beside=beside,
        place=place,
    )

"""Tables that set language versions side by side, one column each, become blocks in those languages.

Invariant: a table is taken apart only where every column is in a language of its own, beyond doubt; no cell is lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from standwith.documents import Block
from standwith.documents.marking import Span, write_spans
from standwith.documents.tongues import guess_language

_SURE = 0.9


def part_columns(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with the cells of such tables as paragraphs, row by row."""
    parted: list[Block] = []
    for width, rows in groupby(blocks, key=lambda block: len(block.cells)):
        table = list(rows)
        parted += _cells(table) if width > 1 and _speaks_in_columns(table, width) else table
    return parted


def _speaks_in_columns(rows: Sequence[Block], width: int) -> bool:
    columns = ["\n".join(row.cells[at] for row in rows) for at in range(width)]
    guesses = [guess_language(column) for column in columns]
    return len({guess.code for guess in guesses}) == width and all(guess.sure >= _SURE for guess in guesses)


def _cells(rows: Iterable[Block]) -> Iterator[Block]:
    for row in rows:
        for cell in filter(None, row.cells):
            yield Block(kind="paragraph", text=write_spans([Span(cell)]), plain=cell, place=row.place)

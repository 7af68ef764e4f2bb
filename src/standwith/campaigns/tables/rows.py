"""Lines of a sheet become rows with our columns, and a list of what was not understood.

Invariant: every cell that is not empty is either in a row or in a puzzle, with sheet, row, column and what mends it.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from standwith.campaigns.tables.headings import HALVES, KINDS, Headed
from standwith.campaigns.tables.sheets import Line
from standwith.campaigns.tables.values import field_of, read_cell
from standwith.manuscript import Slip

__all__ = ["KINDS", "Incoming", "Puzzle", "heading_puzzles", "read_incoming"]


class Puzzle(Struct, frozen=True, kw_only=True):
    """Something that was not understood, and what to do; column 0 is the whole row, row 0 the whole sheet."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    what: str
    mend: str


class Incoming(Struct, frozen=True):
    """A row as it came: our columns that it fills, and the number of its row in the sheet."""

    sheet: str
    row: int
    cells: Mapping[str, str]


def read_incoming(kind: str, headed: Headed) -> Iterator[Incoming | Puzzle]:
    """The rows below the headings, each behind its puzzles."""
    for line in headed.lines:
        cells: dict[str, str] = {}
        for found in _read_line(kind, headed, line):
            if isinstance(found, Puzzle):
                yield found
            else:
                cells[found[0]] = found[1]
        _join_halves(cells)
        if cells.get("name") or cells.get("id"):
            yield Incoming(headed.sheet, line.number, cells)
        elif cells:
            what, mend = "This row has no name.", "Give it one, or delete it."
            yield Puzzle(sheet=headed.sheet, row=line.number, what=what, mend=mend)


def _read_line(kind: str, headed: Headed, line: Line) -> Iterator[tuple[str, str] | Puzzle]:
    for place, text in enumerate(line.cells):
        if not text:
            continue
        column = headed.columns.get(place)
        if column is None:
            if place >= len(headed.headings) or not headed.headings[place]:
                yield _puzzle(
                    headed, line, place, f"“{text}” has no heading.", "Name its column in the row of headings."
                )
        elif column in HALVES:
            yield column, " ".join(text.split())
        else:
            try:
                yield column, read_cell(field_of(kind, column), text)
            except Slip as slip:
                mend = slip.mend or f"Write it as docs/campaign-folder.md says of “{column}”."
                yield _puzzle(headed, line, place, slip.what, mend)


def _puzzle(headed: Headed, line: Line, place: int, what: str, mend: str) -> Puzzle:
    return Puzzle(sheet=headed.sheet, row=line.number, column=place + 1, what=what, mend=mend)


def _join_halves(cells: dict[str, str]) -> None:
    """A first and a family name in columns of their own, in this order; a column with the whole name comes before."""
    halves = [cells.pop(half) for half in HALVES if half in cells]
    if halves:
        cells.setdefault("name", " ".join(halves))


def heading_puzzles(headed: Headed) -> Iterator[Puzzle]:
    """Columns of theirs that no column of ours is known for."""
    for place, heading in enumerate(headed.headings):
        if heading and place not in headed.columns:
            what = f"The column “{heading}” has no place here."
            mend = f'Say which of ours it is: --map "{heading}=detail", for example; or leave it out.'
            yield Puzzle(sheet=headed.sheet, row=headed.row, column=place + 1, what=what, mend=mend)

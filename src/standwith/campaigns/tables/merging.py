"""Rows that came are compared with those that are there: what is new, what changes, what stays.

A row is known by its id, or else by its name and country. Invariant: an empty cell that came changes nothing; what
several rows could mean is a puzzle; a row that would lack what its table needs is not added; nobody who was withdrawn
comes back by their id. Pure: `Preview.text` is the table as it would be, and who writes it is for the caller.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from standwith.campaigns.folder import write_row
from standwith.campaigns.model import Campaign
from standwith.campaigns.people_rows import spread
from standwith.campaigns.shapes import TABLES
from standwith.campaigns.tables.headings import Headed, find_headings, fold_heading
from standwith.campaigns.tables.people import PeopleTable
from standwith.campaigns.tables.rows import Incoming, Puzzle, heading_puzzles, read_incoming
from standwith.campaigns.tables.sheets import Sheet
from standwith.campaigns.tables.table import Change, OurTable, Unclear
from standwith.manuscript import write_table


class Preview(Struct, frozen=True, kw_only=True):
    """What an import would do. `columns` says which of their headings became which of our columns, by sheet."""

    file: str
    text: str
    columns: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]
    unchanged: int
    puzzles: tuple[Puzzle, ...]


def plan_import(
    campaign: Campaign,
    kind: str,
    sheets: Sequence[Sheet],
    told: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> Preview:
    """What bringing these sheets into a table of the campaign would do.

    `told` maps headings of theirs to our columns; `constants` fill our columns where a row leaves them empty.
    """
    folded = {fold_heading(theirs): ours for theirs, ours in (told or {}).items()}
    puzzles: list[Puzzle] = []
    headed = []
    for sheet in sheets:
        found = find_headings(kind, sheet, folded)
        if found:
            headed.append(found)
            puzzles += heading_puzzles(found)
        elif sheet.lines:
            what = f"No row of {f'the sheet “{sheet.name}”' if sheet.name else 'this file'} names a column of ours."
            mend = f'Put headings above it, or say --map "THEIRS=OURS"; ours: {", ".join(TABLES[f"{kind}.csv"].names)}.'
            puzzles.append(Puzzle(sheet=sheet.name, what=what, mend=mend))
    table = _open(campaign, kind)
    changes, unchanged = _merge(table, _incoming(kind, headed, puzzles), constants or {}, puzzles)
    names = TABLES[f"{kind}.csv"].names
    return Preview(
        file=f"{kind}.csv",
        text=write_table(names, ([row[name] for name in names] for row in table.rows)),
        columns=tuple(
            (each.sheet, each.headings[place], ours) for each in headed for place, ours in each.columns.items()
        ),
        changes=tuple(changes),
        unchanged=unchanged,
        puzzles=tuple(puzzles),
    )


def _open(campaign: Campaign, kind: str) -> OurTable:
    shape = TABLES[f"{kind}.csv"]
    found = spread(campaign.people) if kind == "people" else getattr(campaign, kind)
    rows = [dict(zip(shape.names, write_row(shape, row), strict=True)) for row in found]
    return PeopleTable(kind, rows) if kind == "people" else OurTable(kind, rows)


def _incoming(kind: str, headed: Iterable[Headed], puzzles: list[Puzzle]) -> Iterable[Incoming]:
    for each in headed:
        for found in read_incoming(kind, each):
            if isinstance(found, Puzzle):
                puzzles.append(found)
            else:
                yield found


def _merge(
    table: OurTable, rows: Iterable[Incoming], constants: Mapping[str, str], puzzles: list[Puzzle]
) -> tuple[list[Change], int]:
    changes: list[Change] = []
    unchanged = 0
    for row in rows:
        try:
            change = table.take(row, constants)
        except Unclear as unclear:
            puzzles.append(Puzzle(sheet=row.sheet, row=row.row, what=unclear.what, mend=unclear.mend))
            continue
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    return changes, unchanged

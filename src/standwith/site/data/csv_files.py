"""The tables as CSV: their columns, and the file.

One header, then one row for each row of the JSON file, in the source language; of a person one row for each change of
status, so that each row stands alone. Several ids in a cell are parted by a space; yes and no are words; what is not
given is empty.
Invariant: the columns are those of docs/data.md in that order; no cell is a formula, and a number stays a number.
Standard: RFC 4180, UTF-8.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from standwith.manuscript.cells import safe_cell
from standwith.site.data.rows import PersonRow

OF_PERSON = ("id", "name", "shown", "role", "organisation", "born", "birthday", "hearing", "photo", "page", "sources")
OF_STATUS = ("date", "status", "detail", "source")
NO_STATUS = (None,) * len(OF_STATUS)
Cell = str | int | None
COLUMNS: Mapping[str, Sequence[str]] = {
    "facts": (
        "id",
        "what",
        "figure",
        "low",
        "high",
        "unit",
        "wording",
        "as_of",
        "confidence",
        "disputed",
        "source",
        "group",
        "series",
        "supersedes",
        "superseded_by",
    ),
    "people": (*OF_PERSON, *OF_STATUS),
    "timeline": ("id", "date", "end", "kind", "title", "place", "country", "source"),
    "organisations": (
        "id",
        "name",
        "acronym",
        "scope",
        "sector",
        "country",
        "parent",
        "parent_id",
        "url",
        "endorses",
    ),
    "sources": ("id", "publisher", "title", "date", "url", "language", "sha256"),
    "demands": ("id", "text", "addressee", "state", "state_date", "state_source", "sources"),
}


def write_csv(columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return the file; no cell may be a formula any more."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows(rows)
    return text.getvalue().encode()


def write_table(table: str, rows: Iterable[Any]) -> bytes:
    """Return the CSV file of a table from the rows of its JSON file."""
    columns = COLUMNS[table]
    if table == "people":
        return write_csv(columns, _spread(rows))
    return write_csv(columns, map(cells, map(attrgetter(*columns), rows)))


def _spread(people: Iterable[PersonRow]) -> Iterator[Sequence[Cell]]:
    """A row for each change of status; whoever has none takes one row all the same."""
    about, change = attrgetter(*OF_PERSON), attrgetter(*OF_STATUS)
    for person in people:
        who = cells(about(person))
        for told in map(change, person.history) if person.history else (NO_STATUS,):
            yield [*who, *cells(told)]


def cells(values: Iterable[object]) -> list[Cell]:
    """The values of a row as they are written."""
    return [safe_cell(value) if type(value) is str else _cell(value) for value in values]


def _cell(value: object) -> Cell:
    """The value as the writer takes it: an empty cell for None, a number as it is."""
    if isinstance(value, tuple):
        return safe_cell(" ".join(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    assert value is None or isinstance(value, int)
    return value

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

from standwith.manuscript.cells import safe_cell
from standwith.site.data.rows import PersonRow

OF_PERSON = ("id", "name", "shown", "role", "organisation", "born", "birthday", "hearing", "photo", "page", "sources")
OF_STATUS = ("date", "status", "detail", "source")
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


def write_csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return the file."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def write_table(table: str, rows: Iterable[object]) -> bytes:
    """Return the CSV file of a table from the rows of its JSON file."""
    columns = COLUMNS[table]
    if table == "people":
        return write_csv(columns, _spread(rows))
    return write_csv(columns, ([getattr(row, name) for name in columns] for row in rows))


def _spread(people: Iterable[object]) -> Iterator[list[object]]:
    """A row for each change of status; whoever has none takes one row all the same."""
    for person in people:
        assert isinstance(person, PersonRow)
        about = [getattr(person, name) for name in OF_PERSON]
        for change in person.history or (None,):
            yield about + [getattr(change, name) if change else None for name in OF_STATUS]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case tuple():
            return safe_cell(" ".join(value))
    return safe_cell(str(value))

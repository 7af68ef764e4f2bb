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
    table.writerows(map(_cell, row) for row in rows)
    return text.getvalue().encode()


def write_table(table: str, rows: Iterable[Any]) -> bytes:
    """Return the CSV file of a table from the rows of its JSON file."""
    columns = COLUMNS[table]
    if table == "people":
        return write_csv(columns, _spread(rows))
    return write_csv(columns, map(attrgetter(*columns), rows))


def _spread(people: Iterable[PersonRow]) -> Iterator[tuple[object, ...]]:
    """A row for each change of status; whoever has none takes one row all the same."""
    about, change = attrgetter(*OF_PERSON), attrgetter(*OF_STATUS)
    for person in people:
        for told in map(change, person.history) if person.history else (NO_STATUS,):
            yield about(person) + told


def _cell(value: object) -> str | int | None:
    """The value as the writer takes it: an empty cell for None, a number as it is."""
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, tuple):
        return safe_cell(" ".join(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    assert value is None or isinstance(value, int)
    return value

"""One table of ours while rows are taken into it: organisations and targets, which are known by name and country.

Invariant: a row is taken whole or not at all; `Unclear` says why not, and then nothing has changed.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from standwith.campaigns.shapes import TABLES, Field
from standwith.campaigns.tables.rows import Incoming
from standwith.organisations import WITH_COUNTRY, words_of

Cells = dict[str, str]
Key = tuple[str, ...]


class Change(Struct, frozen=True, kw_only=True):
    """A row that would be added or changed: what it is called, where it came from, and (column, old, new)."""

    how: Literal["added", "changed"]
    label: str
    sheet: str
    row: int
    cells: tuple[tuple[str, str, str], ...]


class Unclear(Exception):
    """A row that cannot be taken: what is wrong, and what mends it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def _blank(field: Field) -> str:
    """What the canonical form writes where nothing is said."""
    return "no" if field.kind.blank is False else ""


def key_of(name: str) -> Key:
    """A name without capitals, accents and stops, for comparing."""
    return tuple(words_of(name))


class OurTable:
    """The rows of organisations.csv or targets.csv by column."""

    def __init__(self, kind: str, rows: list[Cells]) -> None:
        self.rows = rows
        self.fields = TABLES[f"{kind}.csv"].fields
        self.named: dict[Key, list[Cells]] = {}
        for row in rows:
            self.remember(row)

    def remember(self, row: Cells) -> None:
        """Lets a row be found by its name."""
        self.named.setdefault(key_of(row["name"]), []).append(row)

    def take(self, incoming: Incoming, constants: Mapping[str, str]) -> Change | None:
        """Takes a row in; None where it says nothing new. Raises Unclear."""
        ours = self.find(incoming)
        if ours is not None:
            return self.change(ours, incoming, constants)
        row = {field.name: _blank(field) for field in self.fields} | dict(constants) | dict(incoming.cells)
        self.require(row)
        self.rows.append(row)
        self.remember(row)
        return tell("added", row["name"], incoming, ((name, "", value) for name, value in row.items() if value))

    def find(self, incoming: Incoming) -> Cells | None:
        """The row of ours that is meant."""
        found = self.named.get(key_of(incoming.cells.get("name", "")), [])
        country = incoming.cells.get("country", "")
        if country:
            exact = [row for row in found if row["country"] == country]
            found = exact or [row for row in found if not row["country"]]
        if len(found) > 1:
            name = incoming.cells["name"]
            countries = ", ".join(sorted(row["country"] for row in found))
            raise Unclear(f"“{name}” stands in our table {len(found)} times: {countries}.", "Add its country.")
        return found[0] if found else None

    def change(self, ours: Cells, incoming: Incoming, constants: Mapping[str, str]) -> Change | None:
        """Fills in what came; the name stays as it is written here, for others refer to it."""
        fresh = {name: value for name, value in incoming.cells.items() if name != "name" and value != ours[name]}
        fresh |= {name: value for name, value in constants.items() if not ours[name] and name not in fresh}
        told = [(name, ours[name], value) for name, value in fresh.items()]
        ours |= fresh
        return tell("changed", ours["name"], incoming, told) if told else None

    def require(self, row: Cells) -> None:
        """Refuses a new row that lacks what its table needs."""
        missing = [field.name for field in self.fields if field.required and not row[field.name]]
        missing += ["country"] if row.get("scope") in WITH_COUNTRY and not row["country"] else []
        if missing:
            what = f"“{row['name'] or row.get('id', '')}” is new and has no {' and no '.join(missing)}."
            raise Unclear(what, f'Add a column for it, or say it for all rows: --set "{missing[0]}=…".')


def tell(
    how: Literal["added", "changed"], label: str, incoming: Incoming, cells: Iterable[tuple[str, str, str]]
) -> Change:
    """What becomes of a row, cell by cell: (column, what stands there, what will)."""
    return Change(how=how, label=label, sheet=incoming.sheet, row=incoming.row, cells=tuple(cells))

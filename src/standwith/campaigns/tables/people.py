"""people.csv while rows are taken into it: people are known by id or name, and each change of status has a row.

Invariant: a row says who somebody is, or what happened to them, or both; what happened is never lost and never stands
twice. An id is made of a name only where the full name is shown; nobody else's name goes into an address.
"""

import re
from collections.abc import Mapping

from standwith.campaigns.people_rows import ABOUT_THE_PERSON, ABOUT_THE_STATUS
from standwith.campaigns.tables.rows import Incoming
from standwith.campaigns.tables.table import Cells, Change, OurTable, Unclear, key_of, tell
from standwith.organisations import fold
from standwith.people.showing import TOMBSTONE

NEEDED = ("date", "status", "source")


class PeopleTable(OurTable):
    """The rows of people.csv by column."""

    def take(self, incoming: Incoming, constants: Mapping[str, str]) -> Change | None:
        """Takes a row in; None where it says nothing new. Raises Unclear."""
        cells = dict(incoming.cells)
        happened = {name: cells.pop(name) for name in ABOUT_THE_STATUS if name in cells}
        if "source" in constants and happened:
            happened.setdefault("source", constants["source"])
        _check_status(happened)
        person = self.find(incoming)
        about = {name: value for name, value in constants.items() if name in ABOUT_THE_PERSON}
        if person is None:
            return self.add(incoming, about | cells, happened)
        told = [(name, person[name], value) for name, value in cells.items() if name != "id" and value != person[name]]
        told += [(name, "", value) for name, value in about.items() if not person[name] and name not in cells]
        person |= {name: value for name, _, value in told}
        told += self.happen(person, happened)
        return tell("changed", person["name"] or person["id"], incoming, told) if told else None

    def find(self, incoming: Incoming) -> Cells | None:
        """The first row of the person who is meant."""
        identifier, name = incoming.cells.get("id", ""), incoming.cells.get("name", "")
        if identifier.startswith(f"{TOMBSTONE}-"):
            raise Unclear(f"“{identifier}” stands for somebody who took themselves out.", "Leave this row out.")
        if identifier:
            return next((row for row in self.rows if row["id"] == identifier), None)
        found = self.named.get(key_of(name), []) if name else []
        if len(found) > 1:
            ids = ", ".join(row["id"] for row in found)
            raise Unclear(
                f"“{name}” is the name of {len(found)} people: {ids}.", "Add a column id that says who it is."
            )
        return found[0] if found else None

    def remember(self, row: Cells) -> None:
        """Only first rows have a name."""
        if row["name"]:
            super().remember(row)

    def add(self, incoming: Incoming, about: Cells, happened: Cells) -> Change:
        """A new person, not shown unless shown, consent and risk say so."""
        row = dict.fromkeys((field.name for field in self.fields), "") | about | happened
        row["id"] = row["id"] or self.make_id(row)
        self.rows.append(row)
        self.remember(row)
        told = ((name, "", value) for name, value in row.items() if value)
        return tell("added", row["name"] or row["id"], incoming, told)

    def make_id(self, row: Cells) -> str:
        """An id that reads like the name, where the full name is shown; else a number."""
        taken = {each["id"] for each in self.rows}
        plain = re.sub(r"[^a-z0-9]+", "-", fold(row["name"])).strip("-")[:60].rstrip("-")
        start = plain if plain and row["shown"] == "full name" else ""
        if start and start not in taken:
            return start
        number = 2 if start else 1
        while f"{start or 'person'}-{number}" in taken:
            number += 1
        return f"{start or 'person'}-{number}"

    def happen(self, person: Cells, happened: Cells) -> list[tuple[str, str, str]]:
        """Adds a change of status in order of time, or what is new about one that is known."""
        if not happened:
            return []
        rows = [row for row in self.rows if row["id"] == person["id"]]
        for row in rows:
            if (row["date"], row["status"]) == (happened["date"], happened["status"]):
                told = [(name, row[name], value) for name, value in happened.items() if value != row[name]]
                row |= happened
                return told
        told = [(name, "", value) for name, value in happened.items()]
        if not rows[0]["status"]:
            rows[0].update(happened)
            return told
        blank = dict.fromkeys((field.name for field in self.fields), "")
        self.put_in_order(rows, blank | {"id": person["id"]} | happened)
        return told

    def put_in_order(self, rows: list[Cells], fresh: Cells) -> None:
        """Behind the last row that is not later; before the first only what happened moves."""
        earlier = [row for row in rows if row["date"] <= fresh["date"]]
        if earlier:
            self.rows.insert(_place(self.rows, earlier[-1]) + 1, fresh)
            return
        first = {name: rows[0][name] for name in ABOUT_THE_STATUS}
        for name in ABOUT_THE_STATUS:
            rows[0][name], fresh[name] = fresh[name], first[name]
        self.rows.insert(_place(self.rows, rows[0]) + 1, fresh)


def _place(rows: list[Cells], row: Cells) -> int:
    return next(place for place, each in enumerate(rows) if each is row)


def _check_status(happened: Cells) -> None:
    missing = [name for name in NEEDED if not happened.get(name)] if happened else []
    if missing:
        what = f"What happened has no {' and no '.join(missing)}."
        raise Unclear(what, f'Fill it in, or say it for all rows: --set "{missing[0]}=…".')

"""People as rows: a person with three changes of status takes three rows of people.csv.

The first row of an id says who it is; each row may add a change of status. Invariant:
`gather(spread(people)) == people` where `shown` is within what consent and risk allow. Does not report mistakes.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from standwith.languages import PartialDate
from standwith.people import Person, Status, ceiling, is_withdrawn, strictest
from standwith.people.showing import HIDDEN, TOMBSTONE


class PersonRow(Struct, frozen=True, kw_only=True):
    """A row of people.csv as it is written."""

    id: str
    name: str = ""
    role: str = ""
    organisation: str = ""
    shown: str = ""
    consent: str = ""
    risk: str = ""
    sources: tuple[str, ...] = ()
    photo: str = ""
    photo_consent: str = ""
    born: int | None = None
    birthday: str = ""
    hearing: PartialDate | None = None
    review: PartialDate | None = None
    date: PartialDate | None = None
    status: str = ""
    detail: str = ""
    source: str = ""


LATER = ("photo", "photo_consent", "born", "birthday", "hearing", "review")
SENSITIVE = ("photo", "born", "birthday", "hearing")
"""What the folder does not keep of somebody who does not want to be shown."""
ABOUT_THE_PERSON = ("name", "role", "organisation", "shown", "consent", "risk", "sources", *LATER)
ABOUT_THE_STATUS = ("date", "status", "detail", "source")


def gather(rows: Iterable[PersonRow]) -> tuple[Person, ...]:
    """The people of a table; a missing consent or risk is taken for the strictest."""
    rows, groups = tuple(rows), dict[str, list[PersonRow]]()
    for row in rows:
        groups.setdefault(row.id, []).append(row)
    people = tuple(_gather_one(group) for group in groups.values())
    lost = lost_portraits(rows, people)
    return tuple(replace(person, photo="") if person.photo in lost else person for person in people)


def lost_portraits(rows: Iterable[PersonRow], people: Iterable[Person]) -> frozenset[str]:
    """The photographs that the rows of a table name and that not everybody on them keeps: no page may show them."""
    kept = {person.id: person.photo for person in people}
    return frozenset(row.photo for row in rows if row.photo and kept[row.id] != row.photo)


def _gather_one(rows: list[PersonRow]) -> Person:
    first = rows[0]
    shown, consent = strictest(first.shown, ceiling(first.consent, first.risk)), first.consent or "withheld"
    return Person(
        id=first.id,
        name=first.name,
        role=first.role,
        organisation=first.organisation,
        shown=shown,
        consent=consent,
        risk=first.risk or "high",
        history=tuple(_status(row) for row in rows if row.date is not None),
        sources=first.sources,
        **_least(first, shown, consent),
    )


def _least(row: PersonRow, shown: str, consent: str) -> dict[str, Any]:
    """Of what came later, as much as goes with the strictest level; where nothing is stated, that is little."""
    blank = PersonRow(id=row.id)
    hidden = SENSITIVE if consent in HIDDEN else () if shown == "full name" else ("photo",)
    return {name: getattr(blank if name in hidden else row, name) for name in LATER}


def _status(row: PersonRow) -> Status:
    assert row.date is not None, "gathered only from rows with a date"
    return Status(date=row.date, status=row.status, detail=row.detail, source=row.source)


def spread(people: Iterable[Person]) -> Iterator[PersonRow]:
    """The rows that `gather` reads."""
    for person in people:
        if is_withdrawn(person):
            yield PersonRow(id=person.id, consent=TOMBSTONE)
            continue
        first, *more = person.history or (None,)
        about = {name: getattr(person, name) for name in ABOUT_THE_PERSON}
        yield PersonRow(id=person.id, **about, **_of_status(first))
        for status in more:
            yield PersonRow(id=person.id, **_of_status(status))


def _of_status(status: Status | None) -> dict[str, Any]:
    return {name: getattr(status, name) for name in ABOUT_THE_STATUS} if status else {}

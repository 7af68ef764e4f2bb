"""Days in detention, counted from the history of a person; who is still inside, and who is free again.

The rule. Detained, under house arrest, imprisoned and moved (from one prison to another) begin or continue a time
inside; released, acquitted, in exile, killed and died end it. Every other status leaves things as they were: somebody
may be charged, on trial or sentenced inside or at large; who goes missing inside counts as inside until seen free, who
goes missing at large is not known to be inside. The rows stand in the order in which things happened.

Days are the difference of two dates: who was arrested yesterday has been inside for one day. Of several times the days
are added. A partial date makes a range. Invariant: 0 <= low <= high, and high is never more than the days from the
first arrest to the end. Pure: today is given.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from standwith.languages import PartialDate
from standwith.people.person import Person

INSIDE = frozenset({"detained", "under house arrest", "imprisoned", "moved"})
FREED = frozenset({"released", "acquitted"})
ENDED = FREED | {"in exile", "killed", "died"}


class Days(Struct, frozen=True):
    """Between `low` and `high` days in detention, the same number where the dates are exact; `open`: still inside."""

    low: int
    high: int
    open: bool


class Stay(NamedTuple):
    """One time inside; without an end for who is there still."""

    start: PartialDate
    end: PartialDate | None


def stays(person: Person) -> Iterator[Stay]:
    """The times inside whose beginning is known, in the order of the history."""
    start: PartialDate | None = None
    for change in person.history:
        if change.status in INSIDE:
            start = start or change.date
        elif change.status in ENDED and start is not None:
            yield Stay(start, change.date)
            start = None
    if start is not None:
        yield Stay(start, None)


def days_inside(person: Person, today: date) -> Days | None:
    """How long somebody has been, or was, inside; None where no beginning is known or it is still to come."""
    known = [stay for stay in stays(person) if stay.start.first_day() <= today]
    if not known:
        return None
    counts = [_count(stay, today) for stay in known]
    longest = (_latest(known[-1].end, today) - known[0].start.first_day()).days
    high = min(sum(most for _, most in counts), max(0, longest))
    return Days(min(sum(least for least, _ in counts), high), high, known[-1].end is None)


def is_inside(person: Person) -> bool:
    """Whether the last that is known is that somebody is not free."""
    return _last_turn(person) in INSIDE


def is_free(person: Person) -> bool:
    """Whether somebody who was inside lives in freedom again; exile counts for those who were inside before."""
    last = _last_turn(person)
    return last in FREED or (last == "in exile" and any(change.status in INSIDE | FREED for change in person.history))


def _last_turn(person: Person) -> str:
    """The last status that put somebody inside or ended it; "" if none did."""
    turns = [change.status for change in person.history if change.status in INSIDE | ENDED]
    return turns[-1] if turns else ""


def _count(stay: Stay, today: date) -> tuple[int, int]:
    least = (_earliest(stay.end, today) - stay.start.last_day()).days
    most = (_latest(stay.end, today) - stay.start.first_day()).days
    return max(0, least), max(0, most)


def _earliest(end: PartialDate | None, today: date) -> date:
    return min(end.first_day(), today) if end else today


def _latest(end: PartialDate | None, today: date) -> date:
    return min(end.last_day(), today) if end else today

"""People as the pages of a campaign show them: the register in its order, and one person laid out in one language.

Invariant: the register holds of each person only what may be shown, so no template can show more. Below the full name
that is initials for the name, and no photograph, year of birth or birthday. Whoever is not shown is a number, whoever
took themselves out another. It reads no files and writes no addresses of other pages.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from heapq import nsmallest

from markupsafe import escape
from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Source
from standwith.campaigns.recall import recall
from standwith.languages import PartialDate
from standwith.people import Days, Person, Status, days_inside, is_inside, is_withdrawn, public_ids
from standwith.people.days import stays
from standwith.site.labels import FATES, INSIDE, NO_NEWS, STATUSES
from standwith.site.view import CampaignView, Said

_FATE_OF = {status: heading for heading, statuses in FATES.items() for status in statuses}
_HEADINGS = tuple(FATES)


@dataclass(frozen=True)
class Entry:
    """A person of the register: what may be shown, what they are called in public, and under which heading they stand.

    `key` is how the keys of their strings begin; it is made of the folder's id and goes on no page.
    """

    person: Person
    called: str
    heading: str
    key: str

    @property
    def place(self) -> str:
        """Where their page lies, under that of the edition."""
        return f"people/{self.called}/"

    @property
    def latest(self) -> Status | None:
        """The last row, which tells the state now; rows stand in the order in which things happened."""
        return self.person.history[-1] if self.person.history else None


@dataclass(frozen=True)
class Register:
    """Those who may be shown, in the order of the pages; how many are not, and how many took themselves out."""

    entries: tuple[Entry, ...]
    hidden: int
    withdrawn: int

    @cached_property
    def counts(self) -> Counter[str]:
        """How many stand under each heading."""
        return Counter(entry.heading for entry in self.entries)

    @cached_property
    def beginnings(self) -> Mapping[str, str]:
        """By what the first person under a heading is called, the heading."""
        firsts = {entry.heading: entry.called for entry in reversed(self.entries)}
        return {called: heading for heading, called in firsts.items()}

    def foremost(self, most: int) -> list[Entry]:
        """Those who are inside first, whose state changed last; then everybody else in the same way."""
        return nsmallest(most, self.entries, key=lambda entry: (entry.heading != INSIDE, _since_last(entry)))


@recall
def register(campaign: Campaign) -> Register:
    """The register of its people: by heading, those inside from the first who was taken, all others newest first."""
    people = campaign.people
    named = zip(people, public_ids(people), strict=True)
    entries = [_enter(person, called) for person, called in named if person.shown != "none"]
    withdrawn = sum(map(is_withdrawn, people))
    return Register(tuple(sorted(entries, key=_order)), len(people) - len(entries) - withdrawn, withdrawn)


def _enter(person: Person, called: str) -> Entry:
    heading = INSIDE if is_inside(person) else _FATE_OF[person.history[-1].status] if person.history else NO_NEWS
    return Entry(reduce(person), called, heading, f"person:{person.id}")


def reduce(person: Person) -> Person:
    """The person with nothing that a page does not show; consent, risk and the day of review stay in the folder."""
    shown = replace(person, consent="", risk="", review=None)
    if person.shown == "full name":
        return shown
    return replace(shown, id="", name=initials(person.name), photo="", photo_consent="", born=None, birthday="")


def initials(name: str) -> str:
    """Return "N. Z." for "Nikolai Zimin"."""
    return " ".join(f"{part[0]}." for part in name.replace("-", " ").split())


def _order(entry: Entry) -> tuple[int, tuple[int, ...]]:
    if entry.heading == INSIDE:
        return 0, _when([stay.start for stay in stays(entry.person)][-1])
    return _HEADINGS.index(entry.heading), _since_last(entry)


def _since_last(entry: Entry) -> tuple[int, ...]:
    """Sorts the newest first; those of whom nothing is known are last."""
    return tuple(-part for part in _when(entry.latest.date)) if entry.latest else (0,)


def _when(when: PartialDate) -> tuple[int, int, int]:
    return when.year, when.month or 0, when.day or 0


@dataclass(frozen=True)
class StatusView:
    """A change of status in the words of the page's language, with who says so."""

    status: str
    date: PartialDate
    detail: Said | None
    source: Source | None


@dataclass(frozen=True)
class PersonView:
    """A person laid out, piece by piece as a template asks."""

    entry: Entry
    view: CampaignView
    today: date

    @property
    def place(self) -> str:
        return self.entry.place

    @cached_property
    def name(self) -> Said:
        if self.entry.person.shown == "full name":
            return self.view.say(f"{self.entry.key}:name")
        return Said(escape(self.entry.person.name), self.view.source_language, "current")

    @cached_property
    def role(self) -> Said | None:
        return self._say("role") if self.entry.person.role else None

    @cached_property
    def organisation(self) -> Said | None:
        return self._say("organisation") if self.entry.person.organisation else None

    @property
    def inside(self) -> bool:
        return self.entry.heading == INSIDE

    @cached_property
    def latest(self) -> StatusView | None:
        return self._status(len(self.entry.person.history)) if self.entry.person.history else None

    @property
    def history(self) -> Iterator[StatusView]:
        """All changes, the newest first."""
        return map(self._status, range(len(self.entry.person.history), 0, -1))

    @cached_property
    def days(self) -> Days | None:
        """How long they have been inside, or were."""
        return days_inside(self.entry.person, self.today)

    @property
    def hearing(self) -> PartialDate | None:
        """The next hearing; one that is over is none."""
        return self.entry.person.hearing if is_to_come(self.entry.person.hearing, self.today) else None

    def _status(self, place: int) -> StatusView:
        change = self.entry.person.history[place - 1]
        return StatusView(
            status=self.view.voice.gettext(STATUSES[change.status]),
            date=change.date,
            detail=self._say(f"detail-{place}") if change.detail else None,
            source=self.view.source(change.source),
        )

    def _say(self, part: str) -> Said:
        return self.view.say(f"{self.entry.key}:{part}")


def is_to_come(hearing: PartialDate | None, today: date) -> bool:
    """Whether there is a hearing that is not over on this day."""
    return hearing is not None and hearing.last_day() >= today

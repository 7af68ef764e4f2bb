"""The dates of a campaign as a calendar in one language: events, next hearings, birthdays, and the last day to sign.

Birthdays are those of people who are inside and shown with their full name: a card can still reach them. A date of
which only the month or the year is known covers all of it, and its text says how much is known.
Invariant: an entry keeps its UID for as long as the row of the campaign folder keeps its place or id, in every language
the same; nobody is shown beyond what the pages show. Every entry bears the stamp of the day the campaign was opened,
for nothing here knows when a row was written. It folds no lines: ics.py does.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from standwith.languages import PartialDate
from standwith.people import is_inside
from standwith.site.data.ics import Entry, write_calendar
from standwith.site.data.shown import Shown, show_people
from standwith.site.edition import Edition
from standwith.site.events import Dated, chronicle
from standwith.site.labels import EVENT_KINDS, STATUSES

YEARLY, LAST_OF_FEBRUARY = "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
LEAP_DAY = "02-29"


def write(edition: Edition, site_url: str) -> bytes:
    """Return calendar.ics of the edition."""
    return write_calendar(
        Calendar(edition, site_url).entries(),
        name=edition.view.plain("title").text,
        language=edition.code,
        stamp=edition.campaign.opened.first_day(),
    )


class Calendar:
    """The entries of one edition."""

    def __init__(self, edition: Edition, site_url: str) -> None:
        self._campaign, self._view, self._voice = edition.campaign, edition.view, edition.voice
        self._address = f"{site_url}/{edition.path}"
        self._domain = f"{edition.id}.{urlsplit(site_url).hostname}"
        self._sources = {source.id: source for source in edition.campaign.sources}

    def entries(self) -> Iterator[Entry]:
        """The events in the order of time, then the people, then the end."""
        told = chronicle(self._campaign)
        for dated in told.events:
            yield self._event(dated, told.places[dated.anchor])
        for shown in show_people(self._campaign):
            yield from self._dates_of(shown)
        if self._campaign.closes:
            yield self._close(self._campaign.closes)

    def _event(self, dated: Dated, page: str) -> Entry:
        event, title = dated.event, self._view.plain(f"{dated.key}:title")
        place = self._view.plain(f"{dated.key}:place").text if event.place else ""
        country = self._voice.country(event.country) if event.country else ""
        source = self._sources.get(event.source)
        return Entry(
            uid=f"{dated.anchor}@{self._domain}",
            first=event.date.first_day(),
            last=(event.end or event.date).last_day(),
            summary=title.text,
            language="" if title.language == self._voice.code else title.language,
            place=", ".join(filter(None, (place, country))),
            text="\n".join(filter(None, (self._how_exact(event.date), source.publisher if source else ""))),
            address=f"{self._address}{page}#{dated.anchor}",
            kind=self._voice.gettext(EVENT_KINDS[event.kind]),
        )

    def _dates_of(self, shown: Shown) -> Iterator[Entry]:
        person = shown.person
        name = self._view.plain(f"{shown.key}:name").text if person.shown == "full name" else person.name
        address = f"{self._address}people/{shown.called}/"
        if person.hearing:
            yield Entry(
                uid=f"hearing-{shown.called}@{self._domain}",
                first=person.hearing.first_day(),
                last=person.hearing.last_day(),
                summary=self._voice.gettext("Hearing: {name}", name=name),
                text="\n".join(filter(None, (self._how_exact(person.hearing), self._state_of(shown)))),
                address=address,
            )
        if person.birthday and is_inside(person):
            day = self._first_birthday(person.birthday)
            yield Entry(
                uid=f"birthday-{shown.called}@{self._domain}",
                first=day,
                last=day,
                summary=self._voice.gettext("Birthday: {name}", name=name),
                text=self._state_of(shown),
                address=address,
                again=LAST_OF_FEBRUARY if person.birthday == LEAP_DAY else YEARLY,
            )

    def _close(self, closes: PartialDate) -> Entry:
        return Entry(
            uid=f"closes@{self._domain}",
            first=closes.last_day(),
            last=closes.last_day(),
            summary=self._voice.gettext("Last day to sign: {title}", title=self._view.plain("title").text),
            address=self._address,
        )

    def _first_birthday(self, birthday: str) -> date:
        """In the year in which the campaign was opened; the year of birth is nobody's calendar's business."""
        year, (month, day) = self._campaign.opened.year, map(int, birthday.split("-"))
        return date(year, month, min(day, monthrange(year, month)[1]))

    def _state_of(self, shown: Shown) -> str:
        history = shown.person.history
        return self._voice.gettext(STATUSES[history[-1].status]) if history else ""

    def _how_exact(self, when: PartialDate) -> str:
        return "" if when.day else self._voice.date(when)

"""The news of a campaign as an Atom feed: its beginning, dated events, demands that moved, new versions of the text.

Invariant: an entry's id is the address that its place has on the campaign page, whether it stands there or on the
timeline, and never changes; the same campaign gives the same bytes. Numbers are not news. Standard: RFC 4287.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from standwith.languages import PartialDate
from standwith.site.count import stamp
from standwith.site.edition import Edition
from standwith.site.events import chronicle
from standwith.site.labels import DEMAND_STATES


@dataclass(frozen=True)
class Entry:
    """One piece of news: its place on the campaign page, its day, its words, and where it stands if not there."""

    place: str
    day: date
    title: str
    text: str
    page: str = ""


def write(edition: Edition, site_url: str) -> bytes:
    """Return the feed of the edition, newest entry first."""
    address, view = f"{site_url}/{edition.path}", edition.view
    entries = sorted(_entries(edition), key=lambda entry: (entry.day, entry.place), reverse=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(edition.code)}>',
        f"<title>{escape(str(view.title))}</title>",
        f"<subtitle>{escape(str(view.headline))}</subtitle>",
        f"<id>{escape(address)}</id>",
        f"<link href={quoteattr(address)}/>",
        f'<link rel="self" href={quoteattr(address + "feed.xml")}/>',
        f"<author><name>{escape(edition.campaign.owner.name)}</name></author>",
        f"<updated>{stamp(entries[0].day)}</updated>",
        *(_write_entry(entry, address) for entry in entries),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entries(edition: Edition) -> Iterator[Entry]:
    view, spoken = edition.view, edition.voice
    yield Entry("main", edition.campaign.opened.first_day(), str(view.headline), str(view.summary or view.title))
    told = chronicle(edition.campaign)
    for event in map(view.event, told.events):
        day, source = event.date.first_day(), _said_by(event.source)
        yield Entry(event.id, day, str(event.title), source, told.places[event.id])
    for demand in view.demands:
        if demand.date:
            state = spoken.gettext(DEMAND_STATES[demand.state])
            yield Entry(
                f"demand-{demand.id}", demand.date.first_day(), f"{demand.text} ({state})", _said_by(demand.source)
            )
    for version in edition.numbers.versions[1:]:
        title = spoken.gettext("The statement has a new version")
        yield Entry(f"version-{version.number}", _day(version.published), title, version.note)


def _write_entry(entry: Entry, address: str) -> str:
    name, place = f"{address}#{entry.place}", f"{address}{entry.page}#{entry.place}"
    return (
        f"<entry><title>{escape(entry.title)}</title><id>{escape(name)}</id><link href={quoteattr(place)}/>"
        f"<updated>{stamp(entry.day)}</updated><summary>{escape(entry.text)}</summary></entry>"
    )


def _said_by(source: object) -> str:
    return str(getattr(source, "publisher", ""))


def _day(when: PartialDate | date) -> date:
    return when.first_day() if isinstance(when, PartialDate) else when

"""What happened, day by day; who stands with it, country by country; and on which sources all of it rests."""

from collections.abc import Iterator

from standwith.campaigns.model import Event
from standwith.campaigns.strings import event_keys
from standwith.dossier import told
from standwith.dossier.telling import Telling
from standwith.organisations import Organisation
from standwith.site.labels import SCOPES
from standwith.site.roll import Chapter, call_roll


def tell_timeline(telling: Telling) -> told.Chapter | None:
    """The events by date; those of one day in the campaign's order. None where there are none."""
    keyed = zip(telling.campaign.timeline, event_keys(telling.campaign), strict=True)
    events = tuple(_event(telling, event, key) for event, key in sorted(keyed, key=lambda pair: pair[0].date))
    if not events:
        return None
    return told.Chapter(kind="timeline", heading=telling.voice.gettext("What happened"), events=events)


def tell_organisations(telling: Telling) -> told.Chapter | None:
    """Those that put their names to the statement, by scope and country; None where there are none."""
    voice, roll = telling.voice, call_roll(telling.campaign.organisations, telling.voice)
    if not roll:
        return None
    return told.Chapter(
        kind="organisations",
        heading=voice.gettext("Organisations"),
        groups=tuple(
            told.Group(
                heading=voice.gettext(SCOPES[chapter.scope]),
                count=voice.number(chapter.count),
                places=tuple(_places(telling, chapter)),
            )
            for chapter in roll
        ),
    )


def tell_sources(telling: Telling) -> told.Chapter | None:
    """Every source in the campaign's order, with the digest of the copy that is kept; None where there are none."""
    if not telling.campaign.sources:
        return None
    return told.Chapter(
        kind="sources",
        heading=telling.voice.gettext("Sources"),
        lead=telling.voice.gettext(
            "Everything this campaign says rests on these texts. "
            "We keep a copy of each; its checksum shows that the copy has not changed."
        ),
        sources=tuple(telling.sources.values()),
    )


def _event(telling: Telling, event: Event, key: str) -> told.Event:
    when = telling.voice.date(event.date)
    return told.Event(
        date=f"{when} – {telling.voice.date(event.end)}" if event.end else when,
        title=telling.say(f"{key}:title"),
        place=_place(telling, event, key),
        notes=telling.notes.cite([event.source]),
    )


def _place(telling: Telling, event: Event, key: str) -> told.Said | None:
    if event.place:
        return telling.say(f"{key}:place", marked=False)
    return told.Said(text=telling.voice.country(event.country)) if event.country else None


def _places(telling: Telling, chapter: Chapter) -> Iterator[told.Place]:
    for name, organisations in chapter.countries:
        names = tuple(telling.name(_written(one)) for one in organisations)
        yield told.Place(name=name or telling.voice.gettext("International"), organisations=names)


def _written(one: Organisation) -> str:
    return f"{one.name} ({one.acronym})" if one.acronym else one.name

"""The rows of each table, as the JSON files and the CSV files both carry them.

Invariant: what may not be shown of a person is not in a row (see `standwith.site.persons.reduce`); people and
facts stand in the order of the campaign folder, events in that of time. Writes no file.
"""

from collections.abc import Iterator

from standwith.campaigns.model import Campaign, Source
from standwith.languages import PartialDate
from standwith.site.data.bodies import bodies_of, body_id, id_of
from standwith.site.data.rows import (
    DemandRow,
    EventRow,
    FactRow,
    OrganisationRow,
    PersonRow,
    SourceRow,
    StatusRow,
)
from standwith.site.data.shown import Shown, show_people
from standwith.site.data.words import Words
from standwith.site.events import chronicle
from standwith.site.figures import plain_figure


def list_facts(campaign: Campaign, words: Words) -> Iterator[FactRow]:
    """The facts, each with the one that took its place."""
    later = {fact.supersedes: fact.id for fact in campaign.facts if fact.supersedes}
    for fact in campaign.facts:
        key = f"fact:{fact.id}"
        keys = {"what": f"{key}:what"} | ({"disputed": f"{key}:disputed"} if fact.disputed else {})
        current, older = words.translated(keys)
        yield FactRow(
            id=fact.id,
            what=words.said(f"{key}:what"),
            figure=plain_figure(fact, words.voice),
            low=fact.low,
            high=fact.high,
            unit=fact.unit,
            wording=fact.wording,
            as_of=str(fact.as_of),
            confidence=fact.confidence or None,
            disputed=words.said(f"{key}:disputed") if fact.disputed else None,
            source=fact.source,
            group=fact.group or None,
            series=fact.series or None,
            supersedes=fact.supersedes or None,
            superseded_by=later.get(fact.id),
            translations=current,
            older_translations=older,
        )


def list_people(campaign: Campaign, words: Words, site_url: str) -> Iterator[PersonRow]:
    """The people who may be shown, as far as they may."""
    home = f"{site_url}/{words.voice.code}/{campaign.id}/"
    for shown in show_people(campaign):
        person = shown.person
        keys = {name: f"{shown.key}:{name}" for name in ("role", "organisation") if getattr(person, name)}
        if person.shown == "full name":
            keys["name"] = f"{shown.key}:name"
        current, older = words.translated(keys)
        yield PersonRow(
            id=shown.called,
            name=person.name,
            shown="full name" if person.shown == "full name" else "initials",
            role=words.said(keys["role"]) if person.role else None,
            organisation=words.said(keys["organisation"]) if person.organisation else None,
            born=person.born,
            birthday=person.birthday or None,
            hearing=written(person.hearing),
            photo=f"{site_url}/{shown.portrait}" if shown.portrait else None,
            page=f"{home}people/{shown.called}/",
            sources=person.sources,
            history=tuple(_list_history(shown, words)),
            translations=current,
            older_translations=older,
        )


def _list_history(shown: Shown, words: Words) -> Iterator[StatusRow]:
    for place, change in enumerate(shown.person.history, start=1):
        keys = {"detail": f"{shown.key}:detail-{place}"} if change.detail else {}
        current, older = words.translated(keys)
        yield StatusRow(
            date=str(change.date),
            status=change.status,
            detail=words.said(keys["detail"]) if change.detail else None,
            source=change.source,
            translations=current,
            older_translations=older,
        )


def list_events(campaign: Campaign, words: Words) -> Iterator[EventRow]:
    """The timeline in the order of time; an id is the anchor that the pages use for the event."""
    for dated in chronicle(campaign).events:
        event, key = dated.event, dated.key
        keys = {"title": f"{key}:title"} | ({"place": f"{key}:place"} if event.place else {})
        current, older = words.translated(keys)
        yield EventRow(
            id=dated.anchor,
            date=str(event.date),
            end=written(event.end),
            kind=event.kind,
            title=words.said(keys["title"]),
            place=words.said(keys["place"]) if event.place else None,
            country=event.country or None,
            source=event.source,
            translations=current,
            older_translations=older,
        )


def list_organisations(campaign: Campaign) -> Iterator[OrganisationRow]:
    """The organisations; names and acronyms stay as their owners write them."""
    bodies = bodies_of(campaign)
    for body in campaign.organisations:
        yield OrganisationRow(
            id=body_id(body.name, body.country),
            name=body.name,
            acronym=body.acronym or None,
            scope=body.scope,
            sector=body.sector or None,
            country=body.country or None,
            parent=body.parent or None,
            parent_id=id_of(bodies.parent_of(body)),
            url=body.url or None,
            endorses=body.endorses,
        )


def list_demands(campaign: Campaign, words: Words) -> Iterator[DemandRow]:
    """The demands, and how far each is met."""
    for demand in campaign.demands:
        keys = {"text": f"demand:{demand.id}", "addressee": f"demand:{demand.id}:addressee"}
        current, older = words.translated(keys)
        yield DemandRow(
            id=demand.id,
            text=words.said(keys["text"]),
            addressee=words.said(keys["addressee"]),
            state=demand.state,
            state_date=written(demand.state_date),
            state_source=demand.state_source or None,
            sources=demand.sources,
            translations=current,
            older_translations=older,
        )


def list_sources(campaign: Campaign) -> Iterator[SourceRow]:
    """All sources of the campaign."""
    return map(show_source, campaign.sources)


def show_source(source: Source) -> SourceRow:
    """One source; where its copy lies is the campaign's own business."""
    return SourceRow(
        id=source.id,
        publisher=source.publisher,
        title=source.title,
        date=written(source.date),
        url=source.url or None,
        language=source.language or None,
        sha256=source.sha256 or None,
    )


def written(when: PartialDate | None) -> str | None:
    """The date as far as it is known."""
    return str(when) if when else None

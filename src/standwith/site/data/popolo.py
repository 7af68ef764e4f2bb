"""The record in the shapes of Popolo, which tools for parliaments and civil society read: who belongs where, and when.

People, organisations and memberships come from the tables; the events are the timeline and the next hearings, with who
stands before the court as attendee. What Popolo has no term for, such as changes of status, is in people.json under the
same ids. Of a birth only the year is told.
Invariant: nothing stands here that people.json, organisations.json and timeline.json do not say. Standard: the Popolo
data specification; ids are addresses of nothing, but unique within the file.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from standwith.campaigns.model import Campaign, Source
from standwith.site.data.bodies import Bodies, body_id
from standwith.site.data.rows import EventRow, PersonRow
from standwith.site.data.words import Words

ENDS = ("killed", "died")
Shape = dict[str, Any]


class Popolo:
    """One campaign in Popolo's shapes; `rows` of people and events are those of the JSON files."""

    def __init__(
        self, campaign: Campaign, words: Words, people: list[PersonRow], events: list[EventRow], site_url: str
    ) -> None:
        self._campaign, self._words, self._people, self._events = campaign, words, people, events
        self._home = f"{site_url}/{words.voice.code}/{campaign.id}/"
        self._sources: Mapping[str, Source] = {source.id: source for source in campaign.sources}
        self._bodies = Bodies(campaign)

    def write(self, head: Mapping[str, Any]) -> bytes:
        """Return popolo.json; `head` becomes its `meta`."""
        told = {
            "meta": dict(head),
            "persons": list(map(self._person, self._people)),
            "organizations": [*self._organizations(), *self._named_by_people()],
            "memberships": list(self._memberships()),
            "events": [*map(self._event, self._events), *self._hearings()],
        }
        return msgspec.json.encode(told) + b"\n"

    def _person(self, row: PersonRow) -> Shape:
        death = next((change.date for change in reversed(row.history) if change.status in ENDS), None)
        names = [
            {"name": said["name"], "note": code}
            for code, said in row.translations.items()
            if said.get("name", row.name) != row.name
        ]
        return _given(
            id=row.id,
            name=row.name,
            other_names=names,
            birth_date=f"{row.born:04}" if row.born else None,
            death_date=death,
            image=row.photo,
            summary=row.role,
            links=[{"url": row.page, "note": self._campaign.title}],
            sources=self._cite((*row.sources, *(change.source for change in row.history))),
        )

    def _organizations(self) -> Iterator[Shape]:
        for name, body in zip(self._bodies.ids, self._campaign.organisations, strict=True):
            yield _given(
                id=name,
                name=body.name,
                other_names=[{"name": body.acronym, "note": "acronym"}] if body.acronym else [],
                classification=body.scope,
                parent_id=self._bodies.parent_of(body),
                area=self._area(body.country),
                links=[{"url": body.url}] if body.url else [],
            )

    def _named_by_people(self) -> Iterator[Shape]:
        """The organisations that only a person's row names."""
        texts = dict.fromkeys(row.organisation for row in self._people if row.organisation)
        for text in texts:
            if not self._bodies.find(text, self._campaign.country):
                yield {"id": body_id(text, ""), "name": text}

    def _memberships(self) -> Iterator[Shape]:
        for row in self._people:
            if row.organisation:
                found = self._bodies.find(row.organisation, self._campaign.country)
                yield _given(
                    id=f"membership-{row.id}",
                    person_id=row.id,
                    organization_id=found or body_id(row.organisation, ""),
                    role=row.role,
                )

    def _event(self, row: EventRow) -> Shape:
        country = self._words.voice.country(row.country) if row.country else None
        return _given(
            id=row.id,
            name=row.title,
            classification=row.kind,
            start_date=row.date,
            end_date=row.end,
            location=row.place or country,
            sources=self._cite((row.source,)),
        )

    def _hearings(self) -> Iterator[Shape]:
        for row in self._people:
            if row.hearing:
                attendee = {"id": row.id, "name": row.name}
                name = f"hearing-{row.id}"
                yield {"id": name, "classification": "hearing", "start_date": row.hearing, "attendees": [attendee]}

    def _area(self, country: str) -> Shape | None:
        if not country:
            return None
        return {"name": self._words.voice.country(country), "identifier": country, "classification": "country"}

    def _cite(self, names: Iterable[str]) -> list[Shape]:
        """Popolo wants an address for each source: its own, else that of its page here."""
        found = (self._sources[name] for name in dict.fromkeys(names) if name in self._sources)
        return [
            {
                "url": source.url or f"{self._home}sources/{source.id}/",
                "note": f"{source.publisher}: {source.title}",
            }
            for source in found
        ]


def _given(**terms: object) -> Shape:
    """The terms that have a value."""
    return {term: value for term, value in terms.items() if value not in (None, "", [])}

"""The record in the shapes of Popolo, which tools for parliaments and civil society read: who belongs where, and when.

popolo.json holds the people, the organisations that they belong to, their memberships, and as events the timeline and
the next hearings, with who stands before the court as attendee; popolo-organisations.json holds all organisations. What
Popolo has no term for, such as changes of status, is in people.json under the same ids. Of a birth only the year is
told.
Invariant: nothing stands here that people.json, organisations.json and timeline.json do not say; every id that is named
is there. Standard: the Popolo data specification, JSON serialisation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from standwith.campaigns.model import Campaign
from standwith.languages import Voice
from standwith.organisations import Organisation
from standwith.site.data.bodies import Bodies, bodies_of, body_id, id_of
from standwith.site.data.rows import EventRow, PersonRow
from standwith.site.data.words import Words

ENDS = ("killed", "died")
Shape = dict[str, Any]


class Popolo:
    """The people of one campaign; `people` and `events` are the rows of the JSON files."""

    def __init__(
        self,
        campaign: Campaign,
        words: Words,
        people: Sequence[PersonRow],
        events: Sequence[EventRow],
        site_url: str,
    ) -> None:
        self._campaign, self._voice, self._people, self._events = campaign, words.voice, people, events
        self._home = f"{site_url}/{words.voice.code}/{campaign.id}/"
        self._bodies = bodies_of(campaign)

    def write(self, head: Mapping[str, Any]) -> bytes:
        """Return popolo.json; `head` becomes its `meta`."""
        told = {
            "meta": head,
            "persons": list(map(self._person, self._people)),
            "organizations": list(self._organizations()),
            "memberships": list(self._memberships()),
            "events": [*map(self._event, self._events), *self._hearings()],
        }
        return msgspec.json.encode(told) + b"\n"

    def _person(self, row: PersonRow) -> Shape:
        death = next((change.date for change in reversed(row.history) if change.status in ENDS), None)
        names = {said["name"]: code for code, said in row.translations.items() if "name" in said}
        return _given(
            id=row.id,
            name=row.name,
            other_names=[{"name": name, "note": code} for name, code in names.items() if name != row.name],
            birth_date=f"{row.born:04}" if row.born else None,
            death_date=death,
            image=row.photo,
            summary=row.role,
            links=[{"url": row.page, "note": self._campaign.title}],
            sources=self._cite((*row.sources, *(change.source for change in row.history))),
        )

    @cached_property
    def _meant(self) -> Mapping[str, Organisation | None]:
        """What people's rows call an organisation -> the one that is meant, None where it stands in no table."""
        texts = dict.fromkeys(row.organisation for row in self._people if row.organisation)
        return {text: self._bodies.find(text, self._campaign.country) for text in texts}

    def _organizations(self) -> Iterator[Shape]:
        """Those that people belong to, with all above them, and those that only a person's row names."""
        wanted = dict.fromkeys(filter(None, self._meant.values()))
        for body in (walked := list(wanted)):  # grows on the way
            above = self._bodies.parent_of(body)
            if above and above not in wanted:
                wanted[above] = None
                walked.append(above)
        for body in wanted:
            yield _organization(body, self._bodies, self._voice)
        for text, found in self._meant.items():
            if not found:
                yield {"id": body_id(text, ""), "name": text}

    def _memberships(self) -> Iterator[Shape]:
        for row in self._people:
            if row.organisation:
                yield _given(
                    id=f"membership-{row.id}",
                    person_id=row.id,
                    organization_id=id_of(self._meant[row.organisation]) or body_id(row.organisation, ""),
                    role=row.role,
                )

    def _event(self, row: EventRow) -> Shape:
        return _given(
            id=row.id,
            name=row.title,
            classification=row.kind,
            start_date=row.date,
            end_date=row.end,
            location=row.place or (self._voice.country(row.country) if row.country else None),
            sources=self._cite((row.source,)),
        )

    def _hearings(self) -> Iterator[Shape]:
        for row in self._people:
            if row.hearing:
                name, attendee = f"hearing-{row.id}", {"id": row.id, "name": row.name}
                yield {"id": name, "classification": "hearing", "start_date": row.hearing, "attendees": [attendee]}

    def _cite(self, names: Iterable[str]) -> list[Mapping[str, str]]:
        return [self._links[name] for name in dict.fromkeys(names) if name in self._links]

    @cached_property
    def _links(self) -> Mapping[str, Mapping[str, str]]:
        """Popolo wants an address for each source: its own, else that of its page here."""
        return {
            source.id: {
                "url": source.url or f"{self._home}sources/{source.id}/",
                "note": f"{source.publisher}: {source.title}",
            }
            for source in self._campaign.sources
        }


def write_organizations(campaign: Campaign, voice: Voice, head: Mapping[str, Any]) -> bytes:
    """Return popolo-organisations.json: all organisations of the campaign."""
    bodies = bodies_of(campaign)
    told = {"meta": head, "organizations": [_organization(body, bodies, voice) for body in campaign.organisations]}
    return msgspec.json.encode(told) + b"\n"


def _organization(body: Organisation, bodies: Bodies, voice: Voice) -> Shape:
    country = body.country
    area = {"name": voice.country(country), "identifier": country, "classification": "country"} if country else None
    return _given(
        id=id_of(body),
        name=body.name,
        other_names=[{"name": body.acronym, "note": "acronym"}] if body.acronym else [],
        classification=body.scope,
        parent_id=id_of(bodies.parent_of(body)),
        area=area,
        links=[{"url": body.url}] if body.url else [],
    )


def _given(**terms: object) -> Shape:
    """The terms that have a value."""
    return {term: value for term, value in terms.items() if value}

"""A campaign as far as two people approved it: what is published of a folder, and kept as its copy.

Invariant: of a person nothing is left but what `people.settle` lets through, in no table, no catalogue and no picture;
whoever may not be shown leaves a row without a name, so that the others keep their numbers. A translation stands only
beside the very words that were approved. Settling what is settled changes nothing. Pure; knows no tables.
What a campaign says of somebody elsewhere, in its statement or its timeline, stays: `standwith people withdraw` shows
where that is.
"""

import re
from collections.abc import Iterable, Mapping, Set

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.campaigns.strings import strings
from standwith.languages.catalogue import Catalogue, Entry
from standwith.people import Person, is_withdrawn, settle


def settle_people(campaign: Campaign, approved: Mapping[str, Person]) -> Campaign:
    """The campaign with its people as `approved` (by id) lets them be shown."""
    if not campaign.people:
        return campaign
    ids = {person.id for person in campaign.people}
    people = tuple(
        _shown(person, approved.get(person.id)) or _nameless(number, person, ids)
        for number, person in enumerate(campaign.people, start=1)
    )
    refused = _refused_portraits(campaign.people, approved, people)
    settled = replace(
        campaign,
        people=tuple(_without(person, refused) for person in people),
        media=tuple(picture for picture in campaign.media if picture.file not in refused),
    )
    words = {string.key: string.text for string in strings(settled)}
    translations = {code: _settle_words(words, found) for code, found in campaign.translations.items()}
    return replace(settled, translations=translations)


def _shown(current: Person, approved: Person | None) -> Person | None:
    settled = settle(current, approved)
    return replace(settled, review=None) if settled is not None and settled.shown != "none" else None


def _refused_portraits(
    rows: Iterable[Person], approved: Mapping[str, Person], people: Iterable[Person]
) -> frozenset[str]:
    """The pictures that show, or showed when two people decided, somebody who is not to be seen on them now."""
    return frozenset(
        one.photo
        for row, settled in zip(rows, people, strict=True)
        for one in (row, approved.get(row.id))
        if one and one.photo and one.photo != settled.photo
    )


def _without(person: Person, pictures: Set[str]) -> Person:
    return replace(person, photo="", photo_consent="") if person.photo in pictures else person


def _nameless(number: int, current: Person, ids: Set[str]) -> Person:
    """A row that says nothing but whether somebody withdrew, under an id that nobody else has."""
    what, consent = ("withdrawn", "withdrawn") if is_withdrawn(current) else ("not-shown", "withheld")
    name = current.id if re.fullmatch(rf"{what}-\d+(-x)*", current.id) else f"{what}-{number}"
    while name in ids and name != current.id:
        name += "-x"
    return Person(id=name, shown="none", consent=consent, risk="high")


def _settle_words(words: Mapping[str, str], catalogue: Catalogue) -> Catalogue:
    return replace(catalogue, entries=tuple(filter(None, (_settle_entry(words, entry) for entry in catalogue.entries))))


def _settle_entry(words: Mapping[str, str], entry: Entry) -> Entry | None:
    """The translation as it may stay: none of a picture or a person that is not shown, nor of words not approved."""
    if entry.context.startswith("media:"):
        return entry if entry.context in words else None
    if not entry.context.startswith("person:"):
        return entry
    if words.get(entry.context) != entry.source or entry.fuzzy or entry.obsolete:
        return None
    return replace(entry, previous="", comments=())

"""The pages about people: the register, cut into pages, and a page for everybody on it.

Invariant: nobody stands here who may not be shown, and no page is made again for somebody who is not on it. What is
counted to the day is counted only for those who are inside, so only their pages change every day.

    people/          the register, "still inside" first; then people/2/ and so on
    people/amina/    somebody shown with the full name, by the id
    people/nr-3/     anybody else, by the number of their row: an id is made of a name, and so is its digest for whoever
                     tries a list of names
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from standwith.campaigns.model import Campaign, Source
from standwith.campaigns.recall import recall
from standwith.languages import PartialDate
from standwith.site.digests import digest
from standwith.site.edition import Edition
from standwith.site.ingredients import Ingredients
from standwith.site.labels import FREE, INSIDE
from standwith.site.paging import Cut, cut_by_weight
from standwith.site.persons import Entry, PersonView, Register, is_to_come, register
from standwith.site.pictures import Hung, portraits
from standwith.site.planned import Sheet

LIST = "people/"
ON_A_PAGE = 40
LONG = 150  # letters; whoever takes more of them counts for two people of a page, or three
ON_THE_FRONT = 3  # people that the page of a campaign shows; of all others it says where they stand

Sources = Mapping[str, Source]
Photos = Mapping[str, Hung]


def plan_people(edition: Edition) -> Iterator[Sheet]:
    """The register and everybody on it; nothing where a campaign speaks of nobody."""
    if not edition.campaign.people:
        return
    everybody = register(edition.campaign)
    made_from = _made_from(edition.campaign, edition.made_of, edition.today)
    everyone = sorted(everybody.counts.items()), everybody.hidden, everybody.withdrawn
    for piece in cut_by_weight(LIST, everybody.entries, list(map(_weigh, everybody.entries)), ON_A_PAGE):
        yield Sheet(
            place=piece.place,
            template="people.html",
            made_from=(
                *(piece.number, piece.of, everyone if piece.number == 1 else _counts(everybody, piece)),
                [made_from[entry.called] for entry in piece.rows],
            ),
            tell=partial(_tell_list, edition, everybody, piece),
            listed=piece.number == 1,
        )
    for entry in everybody.entries:
        yield Sheet(
            place=entry.place,
            template="person.html",
            made_from=made_from[entry.called],
            tell=partial(_tell_person, edition, entry),
        )


def tell_front(edition: Edition) -> dict[str, Any]:
    """What the page of the campaign says of its people."""
    everybody = register(edition.campaign)
    foremost = (_lay_out(edition, entry) for entry in everybody.foremost(ON_THE_FRONT))
    return {"people": list(foremost), "people_count": len(everybody.entries), "inside": everybody.counts[INSIDE]}


def _counts(everybody: Register, piece: Cut[Entry]) -> dict[str, int]:
    """How many stand under the headings that begin on this page; later pages do not say it again, and so stay."""
    begun = (everybody.beginnings.get(entry.called) for entry in piece.rows)
    return {heading: everybody.counts[heading] for heading in begun if heading}


def _weigh(entry: Entry) -> int:
    person = entry.person
    return 1 + len(person.name + person.role + person.organisation) // LONG


@recall
def _made_from(campaign: Campaign, made_of: Ingredients, today: date) -> Mapping[str, str]:
    """What the page of each person is made from, by what they are called; worked out once for all languages."""
    sources, photos = {source.id: source for source in campaign.sources}, portraits(campaign)
    entries = register(campaign).entries
    return {entry.called: _one_made_from(entry, made_of, today, sources, photos) for entry in entries}


def _one_made_from(entry: Entry, made_of: Ingredients, today: date, sources: Sources, photos: Photos) -> str:
    person, photo = entry.person, photos.get(entry.person.photo)
    named = [sources[name] for name in _sources_of(entry) if name in sources]
    day = str(today) if entry.heading == INSIDE else is_to_come(person.hearing, today)
    return digest(entry.called, person, made_of.words(entry.key), named, day, photo.path if photo else "")


def _sources_of(entry: Entry) -> dict[str, None]:
    """The ids of all sources that speak of a person, each once."""
    return dict.fromkeys((*entry.person.sources, *(change.source for change in entry.person.history)))


def _lay_out(edition: Edition, entry: Entry) -> PersonView:
    return PersonView(entry, edition.view, edition.today)


def _tell_list(edition: Edition, everybody: Register, piece: Cut[Entry]) -> dict[str, Any]:
    spoken = edition.voice
    page = [spoken.gettext("Page {k} of {n}", k=piece.number, n=piece.of)] if piece.number > 1 else []
    groups = groupby(piece.rows, key=lambda entry: entry.heading)
    return {
        "title": " · ".join([spoken.gettext("People"), *page]),
        "piece": piece,
        "groups": [(heading, [_lay_out(edition, entry) for entry in entries]) for heading, entries in groups],
        "counts": _counts(everybody, piece),
        "everybody": everybody,
        "inside": everybody.counts[INSIDE],
        "free": everybody.counts[FREE],
        "counting": any(entry.heading == INSIDE for entry in piece.rows),
        "today": edition.today,
    }


def _tell_person(edition: Edition, entry: Entry) -> dict[str, Any]:
    person, spoken, one = entry.person, edition.voice, _lay_out(edition, entry)
    photo = portraits(edition.campaign).get(person.photo)
    known = (edition.view.source(name) for name in _sources_of(entry))
    return {
        "title": str(one.name),
        "one": one,
        "born": spoken.date(PartialDate(person.born)) if person.born else "",
        "birthday": spoken.day_of_year(*map(int, person.birthday.split("-"))) if person.birthday else "",
        "photo": edition.view.picture(photo) if photo else None,
        "sources": [source for source in known if source],
        "today": edition.today,
    }

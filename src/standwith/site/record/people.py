"""The pages about people: the register, cut into pages, and a page for everybody on it.

Invariant: nobody stands here who may not be shown, and no page is made again for somebody who is not on it. What is
counted to the day is counted only for those who are inside, so only their pages change every day.

    people/          the register, "still inside" first; then people/2/ and so on
    people/amina/    somebody shown with the full name, by the id
    people/nr-3/     anybody else, by the number of their row: an id is made of a name, and so is its digest for whoever
                     tries a list of names
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from standwith.campaigns.model import Source
from standwith.languages import PartialDate
from standwith.site.edition import Edition
from standwith.site.labels import FREE, INSIDE
from standwith.site.paging import Cut, cut
from standwith.site.persons import Entry, PersonView, Register, is_to_come, register
from standwith.site.pictures import portraits
from standwith.site.planned import Sheet

LIST = "people/"
ON_A_PAGE = 40
ON_THE_FRONT = 6  # people that the page of a campaign shows; of all others it says where they stand

Sources = Mapping[str, Source]


def plan_people(edition: Edition) -> Iterator[Sheet]:
    """The register and everybody on it; nothing where a campaign speaks of nobody."""
    if not edition.campaign.people:
        return
    everybody, sources = register(edition.campaign), {source.id: source for source in edition.campaign.sources}
    for piece in cut(LIST, everybody.entries, ON_A_PAGE):
        yield Sheet(
            place=piece.place,
            template="people.html",
            made_from=_list_made_from(edition, everybody, piece, sources),
            tell=partial(_tell_list, edition, everybody, piece),
            listed=piece.number == 1,
        )
    for entry in everybody.entries:
        yield Sheet(
            place=entry.place,
            template="person.html",
            made_from=_made_from(edition, entry, sources),
            tell=partial(_tell_person, edition, entry),
        )


def tell_front(edition: Edition) -> dict[str, Any]:
    """What the page of the campaign says of its people."""
    everybody = register(edition.campaign)
    foremost = (_lay_out(edition, entry) for entry in everybody.foremost(ON_THE_FRONT))
    return {"people": list(foremost), "people_count": len(everybody.entries)}


def _list_made_from(edition: Edition, everybody: Register, piece: Cut[Entry], sources: Sources) -> object:
    rows = [_made_from(edition, entry, sources) for entry in piece.rows]
    counts = sorted(everybody.counts.items()), everybody.hidden, everybody.withdrawn
    return piece.number, piece.of, counts, rows


def _made_from(edition: Edition, entry: Entry, sources: Sources) -> object:
    person, today = entry.person, edition.today
    named = [sources[name] for name in _sources_of(entry) if name in sources]
    day = str(today) if entry.heading == INSIDE else is_to_come(person.hearing, today)
    photo = portraits(edition.campaign).get(person.photo)
    return entry.called, person, edition.made_of.words(entry.key), named, day, photo.path if photo else ""


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
        "counts": everybody.counts,
        "everybody": everybody,
        "inside": everybody.counts[INSIDE],
        "free": everybody.counts[FREE],
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

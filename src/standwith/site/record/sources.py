"""The pages of sources: the list of all that the campaign rests on, and a page for each text with what rests on it.

Invariant: of people only those stand here who may be shown, by the name that may be shown. A source's page is made
again when it changes, or what rests on it, and not for another's sake.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from standwith.campaigns.model import Campaign, Demand, Source
from standwith.campaigns.recall import recall
from standwith.facts import Fact
from standwith.site.edition import Edition
from standwith.site.events import Dated, chronicle
from standwith.site.matters import arrange
from standwith.site.paging import Cut, cut, cut_by_weight
from standwith.site.persons import Entry, PersonView, register
from standwith.site.planned import Sheet

LIST = "sources/"
ON_A_PAGE = 50
ROOM, AROUND = 5000, 70


@dataclass
class Resting:
    """What rests on one source, given by its id, each sort in the order of its own page."""

    source: str
    facts: list[Fact] = field(default_factory=list)
    people: list[Entry] = field(default_factory=list)
    events: list[Dated] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)

    @cached_property
    def pages(self) -> Sequence[Cut["Rest"]]:
        """All of it, in the pages of the source."""
        rows: list[Rest] = [*self.demands, *self.facts, *self.people, *self.events]
        return cut_by_weight(f"{LIST}{self.source}/", rows, [AROUND + len(_text_of(row)) for row in rows], ROOM)


Rest = Fact | Entry | Dated | Demand


def plan_sources(edition: Edition) -> Iterator[Sheet]:
    """The list, and the page of each source."""
    sources, resting = edition.campaign.sources, rest(edition.campaign)
    for piece in cut(LIST, sources, ON_A_PAGE):
        yield Sheet(
            place=piece.place,
            template="sources.html",
            made_from=(piece.number, piece.of, piece.rows),
            tell=partial(_tell_list, edition, piece),
            listed=piece.number == 1,
        )
    for source in sources:
        for part in resting[source.id].pages:
            yield Sheet(
                place=part.place,
                template="source.html",
                made_from=_made_from(edition, source, part),
                tell=partial(_tell_source, edition, source, part),
            )


class _Found(dict[str, Resting]):
    def __missing__(self, source: str) -> Resting:
        return self.setdefault(source, Resting(source))


@recall
def rest(campaign: Campaign) -> Mapping[str, Resting]:
    """By id of a source, what rests on it."""
    found = _Found()
    for fact in campaign.facts:
        found[fact.source].facts.append(fact)
    for dated in chronicle(campaign).events:
        found[dated.event.source].events.append(dated)
    for demand in campaign.demands:
        for name in dict.fromkeys((*demand.sources, demand.state_source)):
            found[name].demands.append(demand)
    for entry in register(campaign).entries:
        said = (change.source for change in entry.person.history)
        for name in dict.fromkeys((*entry.person.sources, *said)):
            found[name].people.append(entry)
    return found


def _text_of(row: Rest) -> str:
    if isinstance(row, Fact):
        return row.what
    if isinstance(row, Demand):
        return row.text
    return row.event.title if isinstance(row, Dated) else row.person.name


def _made_from(edition: Edition, source: Source, part: Cut[Rest]) -> object:
    """Facts and demands are in the frame already; where they stand follows from the facts, too."""
    told = chronicle(edition.campaign).places
    events = [
        (row.anchor, row.event, edition.made_of.words(row.key), told[row.anchor])
        for row in part.rows
        if isinstance(row, Dated)
    ]
    people = [
        (row.called, row.person.name, row.person.shown, edition.made_of.words(row.key))
        for row in part.rows
        if isinstance(row, Entry)
    ]
    rest = [row.id for row in part.rows if isinstance(row, Fact | Demand)]
    return source, part.number, part.of, rest, events, people


def _tell_list(edition: Edition, piece: Cut[Source]) -> dict[str, Any]:
    return {"title": _titled(edition, edition.voice.gettext("Sources"), piece), "piece": piece}


def _tell_source(edition: Edition, source: Source, part: Cut[Rest]) -> dict[str, Any]:
    view, campaign = edition.view, edition.campaign
    places, told = arrange(campaign).places, chronicle(campaign).places
    rows = part.rows
    return {
        "title": _titled(edition, source.title, part),
        "source": source,
        "piece": part,
        "demands": [view.demand(row) for row in rows if isinstance(row, Demand)],
        "facts": [(view.fact(row), places[row.id]) for row in rows if isinstance(row, Fact)],
        "people": [PersonView(row, view, edition.today) for row in rows if isinstance(row, Entry)],
        "events": [(view.event(row), told[row.anchor]) for row in rows if isinstance(row, Dated)],
    }


def _titled(edition: Edition, title: str, piece: Cut[Any]) -> str:
    if piece.number == 1:
        return title
    return f"{title} · {edition.voice.gettext('Page {k} of {n}', k=piece.number, n=piece.of)}"

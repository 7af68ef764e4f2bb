"""What is new about a campaign: its beginning, events, figures, what happened to people, demands, versions of the text.

Invariant: an item is dated by what it tells of, keeps its name while it tells of the same, and tells of nobody who may
not be shown; its words are laid out only when they are asked for. Numbers of signatures are not news. Writes no file.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from heapq import nlargest
from typing import NamedTuple

from standwith.facts import Fact
from standwith.languages import PartialDate
from standwith.people import Status
from standwith.site.data.shown import Shown, show_people
from standwith.site.edition import Edition
from standwith.site.events import Dated, chronicle
from standwith.site.figures import plain_figure
from standwith.site.labels import DEMAND_STATES, STATUSES
from standwith.site.matters import arrange
from standwith.site.numbers import VersionCount
from standwith.site.view import DemandView


class Item(NamedTuple):
    """One piece of news: its day, its name in the feed, where it stands under the edition, and its title and text."""

    day: date
    name: str
    address: str
    tell: Callable[[], tuple[str, str]]


class News:
    """The news of one edition: at least the newest `most` items of each kind, in no order."""

    def __init__(self, edition: Edition, most: int) -> None:
        self._most = most
        self._edition, self._campaign = edition, edition.campaign
        self._view, self._voice = edition.view, edition.voice
        self._publishers = {source.id: source.publisher for source in edition.campaign.sources}

    def items(self) -> Iterator[Item]:
        """Everything that is news; two items never have one name."""
        kinds = (self._beginning, self._events, self._facts, self._people, self._demands, self._versions)
        return iter({item.name: item for kind in kinds for item in kind()}.values())

    def _beginning(self) -> Iterator[Item]:
        view = self._view
        yield Item(
            self._campaign.opened.first_day(),
            "main",
            "#main",
            lambda: (str(view.headline), str(view.summary or view.title)),
        )

    def _events(self) -> Iterator[Item]:
        told = chronicle(self._campaign)
        for dated in nlargest(self._most, told.events, key=lambda one: one.event.date.first_day()):
            address = f"{told.places[dated.anchor]}#{dated.anchor}"
            yield Item(dated.event.date.first_day(), dated.anchor, address, partial(self._tell_event, dated))

    def _tell_event(self, dated: Dated) -> tuple[str, str]:
        return self._view.plain(f"{dated.key}:title").text, self._publishers.get(dated.event.source, "")

    def _facts(self) -> Iterator[Item]:
        places = arrange(self._campaign).places
        for fact in nlargest(self._most, self._campaign.facts, key=lambda one: one.as_of.first_day()):
            address = f"{places[fact.id]}#fact-{fact.id}"
            yield Item(fact.as_of.first_day(), f"fact/{fact.id}", address, partial(self._tell_fact, fact))

    def _tell_fact(self, fact: Fact) -> tuple[str, str]:
        what = self._view.plain(f"fact:{fact.id}:what").text
        publisher = self._publishers.get(fact.source, "")
        if fact.disputed:
            disputed = self._view.plain(f"fact:{fact.id}:disputed").text
            publisher = f"{publisher}. {self._voice.gettext('Disputed: {text}', text=disputed)}"
        return f"{plain_figure(fact, self._voice)} · {what}", publisher

    def _people(self) -> Iterator[Item]:
        changes = (
            (shown, change, place)
            for shown in show_people(self._campaign)
            for place, change in enumerate(shown.person.history, start=1)
        )
        for shown, change, place in nlargest(self._most, changes, key=lambda one: one[1].date.first_day()):
            name = f"person/{shown.called}/{change.date}/{change.status.replace(' ', '-')}"
            tell = partial(self._tell_change, shown, change, place)
            yield Item(change.date.first_day(), name, f"people/{shown.called}/", tell)

    def _tell_change(self, shown: Shown, change: Status, place: int) -> tuple[str, str]:
        named = shown.person.shown == "full name"
        name = self._view.plain(f"{shown.key}:name").text if named else shown.person.name
        detail = self._view.plain(f"{shown.key}:detail-{place}").text if change.detail else ""
        publisher = self._publishers.get(change.source, "")
        return f"{name} · {self._voice.gettext(STATUSES[change.status])}", " · ".join(filter(None, (detail, publisher)))

    def _demands(self) -> Iterator[Item]:
        for demand in self._view.demands:
            if demand.date:
                name = f"demand-{demand.id}"
                yield Item(demand.date.first_day(), name, f"#{name}", partial(self._tell_demand, demand))

    def _tell_demand(self, demand: DemandView) -> tuple[str, str]:
        state = self._voice.gettext(DEMAND_STATES[demand.state])
        return f"{demand.text} ({state})", demand.source.publisher if demand.source else ""

    def _versions(self) -> Iterator[Item]:
        for version in self._edition.numbers.versions[1:]:
            name = f"version-{version.number}"
            yield Item(_day(version.published), name, "#versions", partial(self._tell_version, version))

    def _tell_version(self, version: VersionCount) -> tuple[str, str]:
        return self._voice.gettext("The statement has a new version"), version.note


def _day(when: PartialDate | date) -> date:
    return when.first_day() if isinstance(when, PartialDate) else when

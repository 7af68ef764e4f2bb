"""The events of a campaign in the order of time: what each is called in an address, and on which page it stands.

Invariant: every event stands on exactly one page of the timeline, under an anchor made of its date. Pure; lays out
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from standwith.campaigns.model import Campaign, Event
from standwith.campaigns.recall import recall_of
from standwith.campaigns.strings import event_keys
from standwith.site.paging import Cut, cut_by_weight

LIST = "timeline/"
ON_THE_FRONT = 5  # events that the page of a campaign shows
ROOM = 7000  # what a page holds: letters of its texts and what stands around them
AROUND = 75


@dataclass(frozen=True)
class Dated:
    """An event, how the keys of its texts begin, and its place in the order of time, from 1."""

    event: Event
    key: str
    number: int

    @property
    def anchor(self) -> str:
        return self.key.replace(":", "-").replace(".", "-")


@dataclass(frozen=True)
class Chronicle:
    """All events in the order of time, and cut into pages."""

    events: tuple[Dated, ...]

    @cached_property
    def pages(self) -> tuple[Cut[Dated], ...]:
        return cut_by_weight(LIST, self.events, [_weigh(one.event) for one in self.events], ROOM)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """By anchor, the page that an event stands on: "timeline/2/"."""
        return {one.anchor: page.place for page in self.pages for one in page.rows}

    @property
    def latest(self) -> tuple[Dated, ...]:
        """The last ones, in the order of time."""
        return self.events[-ON_THE_FRONT:]


@recall_of("timeline")
def chronicle(campaign: Campaign) -> Chronicle:
    """The events of the campaign, in order."""
    keyed = sorted(zip(campaign.timeline, event_keys(campaign), strict=True), key=lambda pair: pair[0].date)
    return Chronicle(tuple(Dated(event, key, number) for number, (event, key) in enumerate(keyed, 1)))


def _weigh(event: Event) -> int:
    return AROUND + len(event.title) + len(event.place)

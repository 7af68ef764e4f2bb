"""The facts of a campaign, matter by matter: what stands side by side, what was said before, on which page each stands.

A matter is one fact, or those of one group (several sources), or a series (the same figure at other dates), or what
these have in common. Invariant: every fact has exactly one place. One that another fact supersedes stands under that
one as history; of a series the latest stands large, all of it in a table. A page holds as many matters as go into the
weight of a page; only a series that is too long for one goes on on the next. Pure; lays out nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall_of
from standwith.facts import Fact
from standwith.languages.placeholders import placeholders
from standwith.site.paging import Cut, cut_by_weight

LIST = "facts/"
ON_THE_FRONT = 6  # matters that the page of a campaign shows
ROOM = 6500  # what a page holds: letters of its texts and what stands around them, so that it stays within its budget
AROUND, AROUND_A_ROW = 60, 38
WEIGHT_OF_A_PLOT = 1200


@dataclass(frozen=True)
class Matter:
    """Facts that stand side by side, and the series that they are the latest of, each in the order of time."""

    facts: tuple[Fact, ...]
    series: tuple[tuple[Fact, ...], ...] = ()


@dataclass(frozen=True)
class Part:
    """A matter as far as it stands on one page: `rows` of each of its series; only the first part shows the facts."""

    matter: Matter
    rows: tuple[tuple[Fact, ...], ...]
    weight: int
    first: bool


@dataclass(frozen=True)
class Arrangement:
    """All matters, in the folder's order; by id, what was said before a fact, and where it stands: "facts/2/"."""

    matters: tuple[Matter, ...]
    before: Mapping[str, tuple[Fact, ...]]
    pages: tuple[Cut[Part], ...]
    places: Mapping[str, str]
    front: tuple[Matter, ...]

    @cached_property
    def on_front(self) -> frozenset[str]:
        """The ids of the facts that the page of the campaign shows."""
        return frozenset(fact.id for matter in self.front for fact in matter.facts)

    @cached_property
    def sources(self) -> Mapping[str, tuple[str, ...]]:
        """By page, the ids of the sources that its facts have."""
        return {
            piece.place: tuple(
                dict.fromkeys(fact.source for part in piece.rows for fact in standing(part, self.before))
            )
            for piece in self.pages
        }

    @property
    def count(self) -> int:
        """How many facts stand today, without those that others supersede."""
        return len(self.places) - sum(map(len, self.before.values()))


@recall_of("facts", "title", "headline", "summary", "statement", "demands")
def arrange(campaign: Campaign) -> Arrangement:
    """The facts of the campaign, arranged."""
    before = _trace(campaign.facts)
    replaced = {old.id for olds in before.values() for old in olds}
    matters = tuple(_gather([fact for fact in campaign.facts if fact.id not in replaced]))
    parts = [part for matter in matters for part in _split(matter, before)]
    pages = cut_by_weight(LIST, parts, [part.weight for part in parts], ROOM)
    places = {fact.id: piece.place for piece in pages for part in piece.rows for fact in standing(part, before)}
    cited = _cited(campaign)
    light = (matter for matter in matters if len(matter.facts) <= ON_THE_FRONT)
    front = sorted(light, key=lambda matter: cited.isdisjoint(_ids(matter, before)))[:ON_THE_FRONT]
    return Arrangement(matters, before, pages, places, tuple(front))


def standing(part: Part, before: Mapping[str, tuple[Fact, ...]]) -> Iterator[Fact]:
    """Every fact that a part of a page shows, each once."""
    shown = {fact.id: fact for fact in part.matter.facts} if part.first else {}
    large = {fact.id for fact in part.matter.facts}
    shown |= {fact.id: fact for rows in part.rows for fact in rows if part.first or fact.id not in large}
    for fact in shown.values():
        yield fact
        yield from before.get(fact.id, ())


def _trace(facts: Sequence[Fact]) -> dict[str, tuple[Fact, ...]]:
    """By id of a fact that stands today: those that it superseded, the last one first; a circle supersedes nothing."""
    known = {fact.id: fact for fact in facts}
    newer: dict[str, str] = {}
    for fact in facts:
        if fact.supersedes in known:
            newer.setdefault(fact.supersedes, fact.id)
    older: dict[str, list[tuple[int, Fact]]] = {}
    for fact in facts:
        steps, last = 0, fact.id
        while last in newer and steps <= len(newer):
            steps, last = steps + 1, newer[last]
        if 0 < steps <= len(newer):
            older.setdefault(last, []).append((steps, fact))
    return {last: tuple(fact for _, fact in sorted(olds, key=lambda pair: pair[0])) for last, olds in older.items()}


def _gather(facts: Sequence[Fact]) -> Iterator[Matter]:
    """Facts that share a group or a series, directly or by way of others, are one matter."""
    bundle_of: dict[tuple[str, str], list[Fact]] = {}
    bundles: dict[int, list[Fact]] = {}
    for fact in facts:
        keys = [key for key in (("group", fact.group), ("series", fact.series)) if key[1]]
        joined = list({id(bundle_of[key]): bundle_of[key] for key in keys if key in bundle_of}.values())
        bundle = joined[0] if joined else []
        for other in joined[1:]:
            bundle += bundles.pop(id(other))
            bundle_of |= {key: bundle for key, found in bundle_of.items() if found is other}
        bundle.append(fact)
        bundles[id(bundle)] = bundle
        bundle_of |= dict.fromkeys(keys, bundle)
    return map(_matter, bundles.values())


def _matter(facts: Sequence[Fact]) -> Matter:
    """Of a series, those of its latest date stand large, and it is drawn where it has more than one."""
    named: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.series:
            named.setdefault(fact.series, []).append(fact)
    series = [tuple(sorted(ones, key=lambda fact: fact.as_of)) for ones in named.values() if len(ones) > 1]
    earlier = {fact.id for ones in series for fact in ones if fact.as_of < ones[-1].as_of}
    return Matter(tuple(fact for fact in facts if fact.id not in earlier), tuple(series))


def _split(matter: Matter, before: Mapping[str, tuple[Fact, ...]]) -> Iterator[Part]:
    """The matter in parts, each of which goes onto one page."""
    empty: list[list[Fact]] = [[] for _ in matter.series]
    rows, first = [list(row) for row in empty], True
    weight = sum(_weigh(fact, AROUND, before) for fact in matter.facts) + WEIGHT_OF_A_PLOT * len(matter.series)
    for number, series in enumerate(matter.series):
        for fact in series:
            more = _weigh(fact, AROUND_A_ROW, before)
            if weight + more > ROOM and any(rows):
                yield Part(matter, tuple(map(tuple, rows)), weight, first)
                rows, weight, first = [list(row) for row in empty], 0, False
            rows[number].append(fact)
            weight += more
    yield Part(matter, tuple(map(tuple, rows)), weight, first)


def _weigh(fact: Fact, around: int, before: Mapping[str, tuple[Fact, ...]]) -> int:
    own = around + len(fact.what) + len(fact.disputed)
    return own + sum(around + len(old.what) + len(old.disputed) for old in before.get(fact.id, ()))


def _ids(matter: Matter, before: Mapping[str, tuple[Fact, ...]]) -> set[str]:
    ours = {fact.id for fact in chain(matter.facts, *matter.series)}
    return ours | {old.id for own in ours for old in before.get(own, ())}


def _cited(campaign: Campaign) -> set[str]:
    """The ids of the facts that the texts of the campaign put in."""
    texts = (campaign.title, campaign.headline, campaign.summary, *campaign.statement)
    asked = (demand.text for demand in campaign.demands)
    names = chain.from_iterable(placeholders(text) for text in (*texts, *asked))
    return {name.removeprefix("fact:") for name in names if name.startswith("fact:")}

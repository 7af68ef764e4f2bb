"""The roll of organisations: by scope, then by country, in the order of the reader's language.

Invariant: every organisation that put its name to the statement stands exactly once on the roll. It chooses no words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from standwith.languages import Voice
from standwith.organisations import SCOPES, Organisation

Countries = tuple[tuple[str, tuple[Organisation, ...]], ...]
"""The name of each country, and its organisations."""


@dataclass(frozen=True)
class Chapter:
    """One scope of the roll; its countries are put in order when a page first asks for them."""

    scope: str
    members: tuple[Organisation, ...]
    voice: Voice

    @property
    def count(self) -> int:
        return len(self.members)

    @cached_property
    def countries(self) -> Countries:
        by_country: dict[str, list[Organisation]] = {}
        for member in self.members:
            by_country.setdefault(self.voice.country(member.country) if member.country else "", []).append(member)
        named = sorted(by_country.items(), key=lambda pair: (not pair[0], self.voice.order(pair[0])))
        return tuple((name, tuple(sorted(ones, key=lambda one: self.voice.order(one.name)))) for name, ones in named)


@dataclass(frozen=True)
class Part:
    """What a page shows of a chapter; `count` is that of the whole."""

    scope: str
    countries: Countries
    count: int


def call_roll(organisations: Iterable[Organisation], voice: Voice) -> tuple[Chapter, ...]:
    """Return the chapters that are not empty, in the order of `SCOPES`."""
    endorsing = [organisation for organisation in organisations if organisation.endorses]
    chapters = (Chapter(scope, tuple(one for one in endorsing if one.scope == scope), voice) for scope in SCOPES)
    return tuple(chapter for chapter in chapters if chapter.count)


def part_of(roll: Sequence[Chapter], start: int, stop: int) -> tuple[Part, ...]:
    """Return the part of the roll from place `start` to before `stop`; a chapter keeps its whole count."""
    found = []
    place = 0
    for chapter in roll:
        countries = []
        for name, organisations in chapter.countries:
            shown = organisations[max(0, start - place) : max(0, stop - place)]
            place += len(organisations)
            if shown:
                countries.append((name, shown))
        if countries:
            found.append(Part(chapter.scope, tuple(countries), chapter.count))
    return tuple(found)


def countries_of(roll: Sequence[Chapter]) -> int:
    """Return how many countries the roll names."""
    return len({member.country for chapter in roll for member in chapter.members if member.country})


def size_of(roll: Sequence[Chapter]) -> int:
    """Return how many organisations stand on the roll."""
    return sum(chapter.count for chapter in roll)

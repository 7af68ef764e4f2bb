"""The roll of organisations: by scope, then by country, in the order of the reader's language.

Invariant: every organisation that put its name to the statement stands exactly once on the roll. It chooses no words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standwith.languages import Voice
from standwith.organisations import SCOPES, Organisation


@dataclass(frozen=True)
class Chapter:
    """One scope of the roll: (name of the country, its organisations), and how many organisations in all."""

    scope: str
    countries: tuple[tuple[str, tuple[Organisation, ...]], ...]
    count: int


def call_roll(organisations: Iterable[Organisation], voice: Voice) -> tuple[Chapter, ...]:
    """Return the chapters that are not empty, in the order of `SCOPES`."""
    endorsing = [organisation for organisation in organisations if organisation.endorses]
    chapters = (_chapter(scope, [one for one in endorsing if one.scope == scope], voice) for scope in SCOPES)
    return tuple(chapter for chapter in chapters if chapter.count)


def part_of(roll: Sequence[Chapter], start: int, stop: int) -> tuple[Chapter, ...]:
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
            found.append(Chapter(chapter.scope, tuple(countries), chapter.count))
    return tuple(found)


def countries_of(roll: Sequence[Chapter]) -> int:
    """Return how many countries the roll names."""
    return len({name for chapter in roll for name, _ in chapter.countries if name})


def size_of(roll: Sequence[Chapter]) -> int:
    """Return how many organisations stand on the roll."""
    return sum(chapter.count for chapter in roll)


def _chapter(scope: str, members: Sequence[Organisation], voice: Voice) -> Chapter:
    by_country: dict[str, list[Organisation]] = {}
    for member in members:
        by_country.setdefault(voice.country(member.country) if member.country else "", []).append(member)
    named = sorted(by_country.items(), key=lambda pair: (not pair[0], voice.order(pair[0])))
    countries = tuple((name, tuple(sorted(ones, key=lambda one: voice.order(one.name)))) for name, ones in named)
    return Chapter(scope, countries, len(members))

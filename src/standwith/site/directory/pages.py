"""The pages of the directory in one language.

    ""                      the world: map, countries, search
    "fr/", "fr/2/" …        the organisations of a country, by scope and name
    "international/" …      those without a country
    "cub-it/", …            an organisation that has others below it: its tree, what it was called, its domains

Invariant: what a page shows beyond the interface's words is in `made_from`; nothing is sorted or laid out before the
page is made. Places are the same in every language.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

from standwith.languages import Voice, language
from standwith.languages.sorting import SortKey
from standwith.organisations import SCOPES, Listing
from standwith.site.directory.roster import INTERNATIONAL, Roster
from standwith.site.directory.worldmap import draw, world
from standwith.site.edition import Edition
from standwith.site.paging import Cut, cut
from standwith.site.planned import Sheet
from standwith.site.view import Said

ROWS = 80  # organisations on a page: with names as long as they may be, it stays in the budget
WHOLE = 60  # a tree with more below is shown one floor at a time


class Entry(NamedTuple):
    """An organisation on a page: with its address if it has a page, and the campaigns it stands with."""

    listing: Listing
    address: str
    campaigns: list[tuple[str, Said]]
    below: int
    children: "tuple[Entry, ...]" = ()


def plan_directory(roster: Roster, voice: Voice, stories: Sequence[Edition]) -> Iterator[Sheet]:
    """All pages of the directory in the voice's language; none if nobody is in it.

    `stories` are the campaigns, each in the language in which this language's readers find it.
    """
    if roster.listings:
        yield from Pages(roster, voice, stories).plan()


class Pages:
    """The directory as one language shows it."""

    def __init__(self, roster: Roster, voice: Voice, stories: Sequence[Edition]) -> None:
        self.roster, self.voice = roster, voice
        self.stories = {story.id: story for story in stories}
        self.root = f"/{voice.code}/organisations/"

    def plan(self) -> Iterator[Sheet]:
        """The world, the countries, the federations."""
        yield Sheet("", "directory.html", self.roster.digest, self._tell_world, listed=True)
        for country in self.roster.countries:
            yield from self._plan_country(country)
        for name in self.roster.tree.children:
            yield from self._plan_federation(self.roster.tree.by_id[name])

    def _plan_country(self, country: str) -> Iterator[Sheet]:
        made_from = self.roster.digests[country], self._told
        for piece in cut(place_of(country), range(len(self.roster.countries[country])), ROWS):
            tell = partial(self._tell_country, country, piece)
            yield Sheet(piece.place, "directory-country.html", made_from, tell, listed=piece.number == 1)

    def _plan_federation(self, listing: Listing) -> Iterator[Sheet]:
        made_from = self.roster.digest, listing.id, self._told
        for piece in cut(f"{listing.id}/", range(len(self.roster.tree.children[listing.id])), ROWS):
            tell = partial(self._tell_federation, listing, piece)
            yield Sheet(piece.place, "directory-organisation.html", made_from, tell, listed=piece.number == 1)

    @cached_property
    def _told(self) -> list[tuple[str, str, str]]:
        """What the titles of the campaigns are made from."""
        return [(name, story.code, story.made_of.frame) for name, story in sorted(self.stories.items())]

    def _titles_of(self, listing: Listing) -> list[tuple[str, Said]]:
        found = [self.stories[name] for name in self.roster.stands.get(listing.id, ()) if name in self.stories]
        return [(f"/{story.path}", story.view.title) for story in found]

    def _tell_world(self) -> dict[str, Any]:
        standing, known = self.roster.standing, world()
        return {
            "title": self.voice.gettext("Organisations"),
            "roster": self.roster,
            "standing": self._lands({code: count for code, count in standing.items() if code}),
            "others": self._lands(
                {code: len(all_) for code, all_ in self.roster.countries.items() if self._idle(code)}
            ),
            "abroad": len(self.roster.countries.get("", ())),
            "root": self.root,
            "map": draw({code for code in standing if code}),
            "box": f"0 0 {known.width} {known.height}",
            "script": True,
        }

    def _idle(self, country: str) -> bool:
        return bool(country) and country not in self.roster.standing

    def _lands(self, counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
        """(place, name, count) of each country, in the order of the language."""
        named = ((self.voice.country(code), code) for code in counts)
        return [(place_of(code), name, counts[code]) for name, code in sorted(named, key=self._by_name)]

    def _by_name(self, pair: tuple[str, str]) -> SortKey:
        return self.voice.order(pair[0])

    def _tell_country(self, country: str, piece: Cut[int]) -> dict[str, Any]:
        rows = self._in_order(country)[piece.rows[0] : piece.rows[-1] + 1] if piece.rows else []
        scopes = {scope: [self.entry(one) for one in rows if one.scope == scope] for scope in SCOPES}
        return {
            "title": self.voice.country(country) if country else self.voice.gettext("International"),
            "size": len(self.roster.countries[country]),
            "scopes": {scope: entries for scope, entries in scopes.items() if entries},
            "piece": piece,
            "root": self.root,
        }

    def _in_order(self, country: str) -> list[Listing]:
        if country not in self._sorted:
            self._sorted[country] = sorted(self.roster.countries[country], key=self._place)
        return self._sorted[country]

    @cached_property
    def _sorted(self) -> dict[str, list[Listing]]:
        return {}

    def _place(self, listing: Listing) -> tuple[int, SortKey]:
        return SCOPES.index(listing.scope), self.voice.order(listing.name)

    def _tell_federation(self, listing: Listing, piece: Cut[int]) -> dict[str, Any]:
        tree = self.roster.tree
        whole = tree.below(listing.id) <= WHOLE
        below = sorted(tree.children[listing.id], key=lambda one: self.voice.order(one.name))
        rows = [below[row] for row in piece.rows]
        above = list(tree.above(listing))
        return {
            "title": listing.name,
            "one": self.entry(listing),
            "above": [self.entry(other) for other in reversed(above)],
            "affiliates": [self.entry(child, deep=whole) for child in rows],
            "languages": [(code, language(code).name) for code in listing.languages],
            "piece": piece,
            "root": self.root,
            "country_place": place_of(listing.country),
        }

    def entry(self, listing: Listing, *, deep: bool = False) -> Entry:
        """The organisation as a page shows it; `deep` with all that are below it."""
        children = self.roster.tree.children.get(listing.id, ())
        return Entry(
            listing,
            f"{self.root}{listing.id}/" if children else "",
            self._titles_of(listing),
            self.roster.tree.below(listing.id) if children else 0,
            tuple(self.entry(child, deep=True) for child in children) if deep else (),
        )


def place_of(country: str) -> str:
    """Return where the page of a country lies under the directory's; "" stands for those without a country."""
    return f"{country.lower() or INTERNATIONAL}/"

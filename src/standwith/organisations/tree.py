"""Who belongs to whom: the affiliates of a federation, the members of a network, and all above one of them.

Invariant: the tree is read from `parent` alone; who has a parent that is not there, or stands above itself,
is a root, so a walk always ends. Checks tell of both before.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from standwith.organisations.listing import Listing


class Tree:
    """The listings of a directory by their parents."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self.by_id: Mapping[str, Listing] = {listing.id: listing for listing in listings}
        self.in_circles = self._find_circles()

    @cached_property
    def children(self) -> Mapping[str, tuple[Listing, ...]]:
        """Id -> those directly below it, in the order of the directory; nobody stands here who has none."""
        found: dict[str, list[Listing]] = {}
        for listing in self.by_id.values():
            if self.parent_of(listing) is not None:
                found.setdefault(listing.parent, []).append(listing)
        return {name: tuple(below) for name, below in found.items()}

    def parent_of(self, listing: Listing) -> Listing | None:
        """The organisation directly above."""
        return None if listing.id in self.in_circles else self.by_id.get(listing.parent)

    def above(self, listing: Listing) -> Iterator[Listing]:
        """All above, the nearest first."""
        parent = self.parent_of(listing)
        while parent is not None:
            yield parent
            parent = self.parent_of(parent)

    def below(self, name: str) -> int:
        """How many stand below, at any depth."""
        found = [child.id for child in self.children.get(name, ())]
        for each in found:  # grows while it is walked
            found += [child.id for child in self.children.get(each, ())]
        return len(found)

    def are_kin(self, one: Listing, other: Listing) -> bool:
        """Whether both belong to the same federation, or one to the other."""
        return self._root(one) == self._root(other)

    def _root(self, listing: Listing) -> str:
        return [listing.id, *(above.id for above in self.above(listing))][-1]

    def _find_circles(self) -> set[str]:
        """Those from whom going up leads back to themselves; each is walked through once."""
        found: set[str] = set()
        known: set[str] = set()
        for start in self.by_id:
            way: dict[str, int] = {}
            name = start
            while name in self.by_id and name not in known and name not in way:
                way[name] = len(way)
                name = self.by_id[name].parent
            if name in way:
                found.update(each for each, place in way.items() if place >= way[name])
            known.update(way)
        return found

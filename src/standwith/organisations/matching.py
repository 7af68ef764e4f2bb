"""Whether a row of a campaign means an organisation of the directory.

The rule: the same country, and the same name or former name; else the same country and the same acronym, where one
organisation alone has it. Capitals, marks and punctuation do not count.
Invariant: a row that could mean two organisations means neither. It compares texts only and knows no page.
"""

from collections.abc import Iterable

from standwith.organisations.folding import words_of
from standwith.organisations.listing import Listing
from standwith.organisations.organisation import Organisation

Key = tuple[str, str]


class Register:
    """The listings by what they are called; organisations are looked up in it."""

    def __init__(self, listings: Iterable[Listing]) -> None:
        self._exact: dict[Key, str] = {}
        self._names: dict[Key, set[str]] = {}
        self._acronyms: dict[Key, set[str]] = {}
        self._waiting: list[Listing] = []
        for listing in listings:
            self.add(listing)

    def add(self, listing: Listing) -> None:
        """Let the listing be found."""
        self._exact.setdefault((listing.country, listing.name), listing.id)
        self._waiting.append(listing)

    def find(self, organisation: Organisation) -> str:
        """Return the id of the listing that is meant, "" if none is."""
        exact = self._exact.get((organisation.country, organisation.name))
        if exact is not None:
            return exact
        self._fold()
        if not self._names:
            return ""
        found = self._names.get(_key(organisation.country, organisation.name))
        if not found and organisation.acronym:
            found = self._acronyms.get(_key(organisation.country, organisation.acronym))
        return next(iter(found)) if found and len(found) == 1 else ""

    def _fold(self) -> None:
        """Fold the names of those that were added since; most rows are written as the directory writes them."""
        for listing in self._waiting:
            for name in (listing.name, *listing.former):
                self._names.setdefault(_key(listing.country, name), set()).add(listing.id)
            if listing.acronym:
                self._acronyms.setdefault(_key(listing.country, listing.acronym), set()).add(listing.id)
        self._waiting.clear()


def _key(country: str, name: str) -> Key:
    return country, " ".join(words_of(name)) or name

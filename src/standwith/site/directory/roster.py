"""Who is in the directory: the listings of its folder, joined with the organisations of the published campaigns.

A campaign's row that means a listing (`standwith.organisations.matching`) adds that the organisation stands with the
campaign; any other becomes a listing itself, so that without a folder the pages come from the campaigns alone.
Invariant: every organisation of every campaign is in the roster, once; ids are unique. It knows no language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from standwith.campaigns.directory import Directory
from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall_by
from standwith.organisations import Listing, Organisation, Register, Tree, words_of
from standwith.site.digests import digest

INTERNATIONAL = "international"

Called = tuple[str, str]
"""(country, name): what is unique in a campaign."""


@dataclass(frozen=True)
class Roster:
    """All listings; `stands` says with which campaigns (ids), `meant` which listing a campaign's row means."""

    listings: Sequence[Listing] = ()
    stands: Mapping[str, Sequence[str]] = field(default_factory=dict)
    meant: Mapping[str, Mapping[Called, str]] = field(default_factory=dict)
    keeper: str = ""

    @cached_property
    def tree(self) -> Tree:
        """Who belongs to whom."""
        return Tree(self.listings)

    @cached_property
    def countries(self) -> Mapping[str, Sequence[Listing]]:
        """Country code -> its organisations; "" are those without a country."""
        found: dict[str, list[Listing]] = {}
        for listing in self.listings:
            found.setdefault(listing.country, []).append(listing)
        return found

    @cached_property
    def standing(self) -> Mapping[str, int]:
        """Country code -> how many of its organisations stand with a campaign; no country stands here with none."""
        counts = {
            country: sum(listing.id in self.stands for listing in listings)
            for country, listings in self.countries.items()
        }
        return {country: count for country, count in counts.items() if count}

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Country code -> the digest of all that its pages show of it."""
        return {
            country: digest([(one, self.stands.get(one.id, ()), one.id in self.tree.children) for one in listings])
            for country, listings in self.countries.items()
        }

    @cached_property
    def digest(self) -> str:
        """The digest of everything."""
        return digest(sorted(self.digests.items()), self.keeper)

    @cached_property
    def federations(self) -> Mapping[str, Mapping[Called, str]]:
        """Campaign id -> those of its rows that mean an organisation with a page of its own, and its id."""
        pages = self.tree.children
        return {
            campaign: {called: name for called, name in rows.items() if name in pages}
            for campaign, rows in self.meant.items()
        }


def _names(campaigns: Sequence[Campaign], directory: Directory | None) -> tuple[object, ...]:
    return (directory, *(part for campaign in campaigns for part in (campaign.id, campaign.organisations)))


@recall_by(_names)
def gather(campaigns: Sequence[Campaign], directory: Directory | None) -> Roster:
    """Return the roster of this directory, if there is one, and of these campaigns."""
    book = _Book(directory.organisations if directory else ())
    for campaign in campaigns:
        book.enter(campaign)
    keeper = directory.owner.name if directory else ""
    return Roster(tuple(book.listings.values()), book.stands, book.meant, keeper)


class _Book:
    """The roster while it is written."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self.listings = {listing.id: listing for listing in listings}
        self.register = Register(listings)
        self.stands: dict[str, list[str]] = {}
        self.meant: dict[str, dict[Called, str]] = {}

    def enter(self, campaign: Campaign) -> None:
        """Enter the rows of one campaign."""
        fresh: list[tuple[Listing, Organisation]] = []
        meant = self.meant[campaign.id] = {}
        for row in campaign.organisations:
            name = self.register.find(row)
            if not name:
                listing = self._list(row)
                name = listing.id
                fresh.append((listing, row))
            meant[row.country, row.name] = name
            if row.endorses:
                self.stands.setdefault(name, []).append(campaign.id)
        self._hang(fresh, campaign, meant)

    def _list(self, row: Organisation) -> Listing:
        """A new listing of this row, under an id that its acronym or name gives."""
        listing = Listing(
            id=self._free_id(row),
            name=row.name,
            acronym=row.acronym,
            scope=row.scope,
            sector=row.sector,
            country=row.country,
            url=row.url,
        )
        self.listings[listing.id] = listing
        return listing

    def _free_id(self, row: Organisation) -> str:
        latin = [word for word in words_of(row.acronym) or words_of(row.name) if word.isascii()]
        short = "-".join(latin)[:50].strip("-") or "organisation"
        start = name = f"{short}-{row.country.lower() or INTERNATIONAL}"
        number = 1
        while name in self.listings:
            number += 1
            name = f"{start}-{number}"
        return name

    def _hang(
        self, fresh: Sequence[tuple[Listing, Organisation]], campaign: Campaign, meant: Mapping[Called, str]
    ) -> None:
        """Let those that were new belong to whom their campaign says; later campaigns find them."""
        called: dict[str, str] = {}
        for row in campaign.organisations:
            for word in (row.name, row.acronym):
                called.setdefault(word, meant[row.country, row.name])
        for listing, row in fresh:
            if row.parent:
                self.listings[listing.id] = replace(listing, parent=called.get(row.parent, ""))
            self.register.add(listing)

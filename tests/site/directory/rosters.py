"""Invented directories and campaigns for the tests of the directory's pages."""

from msgspec.structs import replace

from standwith.campaigns.directory import Directory
from standwith.campaigns.directory.shapes import Keeper
from standwith.campaigns.model import Campaign
from standwith.organisations import Listing, Organisation
from standwith.site.directory import Roster, gather

WORDS = ["union", "national", "sindicato", "general", "metal", "rail", "health", "education", "sea", "service"]
WORDS += ["public", "workers"]


def listing(name: str, **more: object) -> Listing:
    """A listing of Germany with this name, which gives its id."""
    given: dict[str, object] = {"id": name.lower().replace(" ", "-"), "scope": "network", "country": "DE", **more}
    return Listing(name=name, **given)  # type: ignore[arg-type]


def directory(*listings: Listing) -> Directory:
    """A directory that somebody keeps."""
    return Directory(title="Unions", source_language="en", owner=Keeper(name="Example <Desk>"), organisations=listings)


def standing(campaign: Campaign, *organisations: Organisation) -> Campaign:
    """The campaign with these organisations."""
    return replace(campaign, organisations=organisations)


def organisation(name: str, **more: object) -> Organisation:
    """An organisation of Germany that endorses."""
    given: dict[str, object] = {"scope": "network", "country": "DE", "endorses": True, **more}
    return Organisation(name=name, **given)  # type: ignore[arg-type]


def many(count: int) -> Roster:
    """A roster of so many, with words that many names have and a rare one each."""
    listings = [
        listing(f"{WORDS[n % 12]} {WORDS[n * 7 % 11]} Gıda{n} of Łódź", id=f"o-{n}", acronym=f"ÄB{n}")
        for n in range(count)
    ]
    return gather((), directory(*listings))

"""What was counted, as the pages show it.

Invariant: confirmed signatures only; a country is named only in a group of `SMALLEST_GROUP` or more, so that nobody can
be picked out of a small one. It counts nothing itself: the deeds do.
"""

from datetime import UTC, date, datetime

from msgspec import Struct

from standwith.languages import PartialDate

SMALLEST_GROUP = 20
START = datetime(1970, 1, 1, tzinfo=UTC)


class VersionCount(Struct, frozen=True, kw_only=True):
    """How many people signed one version of the statement; `note` says what changed, in the campaign's own words."""

    number: int
    published: PartialDate | date
    note: str
    count: int


class Numbers(Struct, frozen=True, kw_only=True):
    """The counts of one campaign at `as_of` (aware, UTC); `by_country` is (ISO code, people), largest first."""

    confirmed: int = 0
    countries: int = 0
    by_country: tuple[tuple[str, int], ...] = ()
    versions: tuple[VersionCount, ...] = ()
    as_of: datetime = START


def shown_countries(numbers: Numbers) -> tuple[tuple[str, int], ...]:
    """Return the countries that may be named, largest first, whoever counted them."""
    large = (pair for pair in numbers.by_country if pair[1] >= SMALLEST_GROUP)
    return tuple(sorted(large, key=lambda pair: (-pair[1], pair[0])))


def marks_around(confirmed: int) -> tuple[int, int]:
    """Return the last round number passed and the next one (10, 20, 50, 100, ...); (0, 10) before the first."""
    low, high, power = 0, 10, 10
    while high <= confirmed:
        low = high
        lead = high // power
        high, power = (high * 2, power) if lead == 1 else (power * 5, power) if lead == 2 else (power * 10, power * 10)
    return low, high

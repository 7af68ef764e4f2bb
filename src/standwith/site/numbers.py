"""What was counted, as the pages show it.

Invariant: confirmed signatures only, as the signed ledger has them; a country is named only in a group of
`SMALLEST_GROUP` or more, so that nobody can be picked out of a small one. It counts nothing itself: the ledger and the
deeds do.
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


class AuditShown(Struct, frozen=True, kw_only=True):
    """One audit: of the signatures among the first `upto` leaves, `n` were drawn and opened, `invalid` were not valid.

    `bound95` and `bound99` say which part of all (0 to 1) is not valid at most, with that certainty. `addendum` is the
    SHA-256 of the report, in hexadecimal; it lies beside the ledger under that name.
    """

    campaign: str
    upto: int
    n: int
    invalid: int
    bound95: float
    bound99: float
    date: date
    addendum: str = ""


class Numbers(Struct, frozen=True, kw_only=True):
    """The counts of one campaign at `as_of` (aware, UTC); `by_country` is (ISO code, people), largest first.

    Of the ledger: `size` leaves of all campaigns together, cosigned by `cosigned` of `witnesses`; `removed` is (reason,
    signatures) and with `withdrawn` already out of `confirmed`. `waiting` have confirmed and wait for the next batch;
    no number for a guarded campaign. Custodians looked for duplicates up to leaf `sifted`, showed their shares on
    `rehearsed`, and audited as in `audits`, the oldest first. `paused`: no signatures are taken for a while.
    """

    confirmed: int = 0
    countries: int = 0
    by_country: tuple[tuple[str, int], ...] = ()
    versions: tuple[VersionCount, ...] = ()
    as_of: datetime = START
    size: int = 0
    cosigned: int = 0
    witnesses: int = 0
    waiting: int = 0
    withdrawn: int = 0
    removed: tuple[tuple[int, int], ...] = ()
    sifted: int = 0
    rehearsed: date | None = None
    audits: tuple[AuditShown, ...] = ()
    paused: bool = False

    @property
    def signatures(self) -> int:
        """How many ever entered the ledger, those that left the number again included."""
        return self.confirmed + self.withdrawn + sum(count for _, count in self.removed)


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

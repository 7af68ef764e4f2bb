"""Questions about supporters: how the number breaks down, who waits for the ledger, and what is kept.

The number itself is none of these: the ledger says it (ledger.rows.published).
Invariant: `numbers` adds up a few hundred tally rows, whatever the number of signatures; `recount` counts the
signatures themselves and must say the same. A country is named only from SMALLEST_GROUP people on. Changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from standwith.supporters.models import Pending, Signature, Tally, TextVersion
from standwith.supporters.records import committed_tags, delete_records, epoch_key, replace_records, sealed_records
from standwith.supporters.rules import SMALLEST_GROUP

__all__ = [  # what is asked of records stands in records.py
    "committed_tags",
    "delete_records",
    "epoch_key",
    "replace_records",
    "sealed_records",
]


@dataclass(frozen=True)
class VersionNumber:
    """How many signed one version; `published` is the day on which its first text appeared."""

    number: int
    note: str
    published: date
    count: int


@dataclass(frozen=True)
class CampaignNumbers:
    """What of a campaign is in the ledger: people, countries, (country, people) largest first, versions in order."""

    confirmed: int
    countries: int
    by_country: tuple[tuple[str, int], ...]
    by_version: tuple[VersionNumber, ...]


Counts = Mapping[tuple[int, str, str], int]
"""People by (version number, language, country)."""


def numbers(campaign: str) -> CampaignNumbers:
    """The numbers of a campaign; two queries."""
    countries: Counter[str] = Counter()
    versions: Counter[int] = Counter()
    rows = Tally.objects.filter(text__campaign=campaign, number__gt=0)
    for version, country, number in rows.values_list("text__number", "country", "number"):
        versions[version] += number
        if country:
            countries[country] += number
    large = sorted(((c, n) for c, n in countries.items() if n >= SMALLEST_GROUP), key=lambda pair: (-pair[1], pair[0]))
    return CampaignNumbers(sum(versions.values()), len(countries), tuple(large), _by_version(campaign, versions))


def tallied(campaign: str) -> Counts:
    """The tallies of a campaign, zeros left out."""
    rows = Tally.objects.filter(text__campaign=campaign, number__gt=0)
    return _sum(rows.values_list("text__number", "text__language", "country", "number"))


def recount(campaign: str) -> Counts:
    """Its signatures in the ledger counted one by one; equal to `tallied`, or something is broken."""
    rows = Signature.objects.filter(text__campaign=campaign, index__isnull=False).values(
        "text__number", "text__language", "country"
    )
    return _sum(rows.annotate(n=Count("pk")).values_list("text__number", "text__language", "country", "n"))


def waiting(campaign: str) -> int:
    """How many signatures of an open campaign wait for their place in the ledger."""
    rows = Signature.objects.filter(index__isnull=True, confirmed__isnull=False)
    return rows.filter(text__campaign=campaign).count()


def is_signed(campaign: str) -> bool:
    """Whether somebody signed this campaign, or waits to confirm."""
    return any(table.objects.filter(text__campaign=campaign).exists() for table in (Signature, Pending))


def known_campaign(campaign: str) -> bool:
    """Whether a text of this campaign was ever registered."""
    return TextVersion.objects.filter(campaign=campaign).exists()


def _by_version(campaign: str, counts: Counter[int]) -> tuple[VersionNumber, ...]:
    """Every version, signed or not yet; where several texts make a version, the first one's day and note."""
    found: dict[int, VersionNumber] = {}
    for text in TextVersion.objects.filter(campaign=campaign, number__gt=0).order_by("published", "pk"):
        count = counts[text.number]
        found.setdefault(text.number, VersionNumber(text.number, text.note, text.published.date(), count))
    return tuple(found[number] for number in sorted(found))


def _sum(rows: Iterable[tuple[int, str, str, int]]) -> Counts:
    counts: Counter[tuple[int, str, str]] = Counter()
    for number, language, country, n in rows:
        counts[number, language, country] += n
    return counts

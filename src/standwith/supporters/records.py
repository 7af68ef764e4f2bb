"""The sealed records of the signatures in the ledger: read for custodians, sealed anew, destroyed.

Invariant: a record is known by the index of its leaf, whose commitment says what it must hold; it is never opened here.
Reading pages through the table without holding a lock; what is withdrawn meanwhile is not there. A destroyed record
leaves its signature in the number, and its supporter able to take it back. `replace_records` and `delete_records` are
one transaction each, during which the clerk waits.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import NoEpoch
from standwith.supporters.models import Guarded, Signature

PAGE = 1000
REPLACE = 'UPDATE supporters_signature SET record = %s WHERE "index" = %s AND record <> %s'


def sealed_records(campaign: str, indexes: Collection[int] | None = None) -> Iterator[tuple[int, bytes]]:
    """(index, sealed record) of every signature of a campaign, or of those of `indexes` that stand; by index."""
    kept = Signature.objects.filter(text__campaign=campaign).exclude(record=b"")
    for index, record in _read(kept, "record", indexes=indexes):
        yield index, bytes(record)


@transaction.atomic
def replace_records(records: Iterable[tuple[int, bytes]]) -> int:
    """Put these sealed records, by index, in the place of the old ones; those withdrawn meanwhile stay gone."""
    replaced, left = 0, iter(records)
    while page := [(record, index, b"") for index, record in islice(left, PAGE)]:
        with connection.cursor() as cursor:
            cursor.executemany(REPLACE, page)
            replaced += cursor.rowcount
    return replaced


@transaction.atomic
def delete_records(campaign: str) -> int:
    """Destroy the sealed records of a campaign that are in the ledger, and its tags; return how many there were."""
    rows = Signature.objects.filter(text__campaign=campaign, index__isnull=False)
    destroyed = rows.exclude(record=b"").count()
    rows.update(record=b"", epoch=None, address=None, person=None)
    return destroyed


def committed_tags(campaign: str) -> Iterator[tuple[int, str, str]]:
    """(index, epoch, tag of the person) in hex of every signature that has them, by index: equal for one person."""
    tagged = Signature.objects.filter(text__campaign=campaign, person__isnull=False)
    for index, epoch, person in _read(tagged, "epoch", "person"):
        yield index, bytes(epoch).hex(), bytes(person).hex()


def epoch_key(campaign: str, epochs: Epochs) -> str:
    """The line of the living key of an open campaign, for auditors to work out its tags anew; raises NoEpoch."""
    if Guarded.objects.filter(campaign=campaign).exists():
        raise NoEpoch(f"{campaign} is guarded: the keys that tell who signed twice never leave the clerk's memory.")
    key = epochs.living(campaign)
    if key is None:
        raise NoEpoch(f"{campaign} has no key that tells who signed twice: nobody signed, or it is over.")
    return str(key)


def _read(
    signatures: QuerySet[Signature], *columns: str, indexes: Collection[int] | None = None
) -> Iterator[tuple[Any, ...]]:
    """The index and these columns of signatures in the ledger, by index, page by page.

    First all the indexes, then page after page by these alone: asked for a campaign's next page, SQLite would go
    through the whole campaign for each.
    """
    theirs = signatures.filter(index__isnull=False).order_by("index").values_list("index", flat=True)
    wanted = None if indexes is None else set(indexes)
    places = [index for index in theirs if wanted is None or index in wanted]
    rows = Signature.objects.order_by("index").values_list("index", *columns)
    for start in range(0, len(places), PAGE):
        yield from (row for row in rows.filter(index__in=places[start : start + PAGE]) if all(row[1:]))

"""What every campaign's leaves add up to, and how long its roll is, kept as rows that pages read.

Invariant: they speak of the size of Lock and are written in the transaction that sets it. Nothing rests on them: all
can be worked out from the leaves again, and is when a log is opened.
"""

from collections.abc import Mapping

from standwith.ledger.count import Count
from standwith.ledger.models import Number

Kept = tuple[Count, int]
"""A campaign's count, and the bytes of its roll that belong to it; 0 if the roll has to be made anew."""


def read_numbers() -> dict[bytes, Kept]:
    """What is kept, by campaign tag."""
    return {bytes(row.campaign): (_count(row), row.roll) for row in Number.objects.all()}


def write_numbers(numbers: Mapping[bytes, Kept]) -> None:
    """Keep these, over those of the same campaigns."""
    rows = [
        Number(
            campaign=tag,
            signatures=count.signatures,
            withdrawn=count.withdrawn,
            voided={str(reason): number for reason, number in count.voided.items()},
            roll=length,
        )
        for tag, (count, length) in numbers.items()
    ]
    changing = ["signatures", "withdrawn", "voided", "roll"]
    Number.objects.bulk_create(rows, update_conflicts=True, unique_fields=["campaign"], update_fields=changing)


def _count(row: Number) -> Count:
    return Count(row.signatures, row.withdrawn, {int(reason): number for reason, number in row.voided.items()})

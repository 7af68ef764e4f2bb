"""The tallies: signatures in the ledger by text and country, changed by however many at once.

Invariant: a tally never falls below zero; two queries, whatever the number of signatures.
"""

from collections.abc import Mapping

from standwith.supporters.models import Tally


def change_tallies(changes: Mapping[tuple[int, str], int]) -> None:
    """Add these numbers, by (text, country), to the tallies; inside the caller's transaction."""
    changes = {key: change for key, change in changes.items() if change}
    if not changes:
        return
    rows = Tally.objects.select_for_update().filter(text__in={text for text, _ in changes})
    numbers = {(row.text_id, row.country): row.number for row in rows}
    Tally.objects.bulk_create(
        (
            Tally(text_id=text, country=country, number=max(0, numbers.get((text, country), 0) + change))
            for (text, country), change in changes.items()
        ),
        update_conflicts=True,
        unique_fields=["text", "country"],
        update_fields=["number"],
    )

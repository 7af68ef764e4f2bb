"""Entering: confirmed signatures are given their places in the ledger.

Life of a batch: what was queued (withdrawals, removals, statements) goes first, in its order; then the signatures of
open campaigns, in the order of their confirmation; then, where at least 16 wait or the first has waited for an hour,
those of all guarded campaigns, shuffled, their rows written anew in that order. One transaction gives the leaves their
indexes and writes these beside the signatures: after a kill both are there or neither, and what waited still waits.
Invariant: a signature has exactly one leaf, in the order of their indexes; a country is in a leaf only if 20 of the
same campaign and country enter together. Nothing is public yet: ledger/log.py signs and publishes what was appended.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from standwith.ledger.leaf import NOWHERE, campaign_tag, make_signature
from standwith.ledger.rows import append, origin, take_queued
from standwith.supporters.models import Cursor, TextVersion
from standwith.supporters.rows import Entering, Rewritten, give_indexes, read_entering, read_guarded, write_anew
from standwith.supporters.rules import batch_is_due, shown_countries
from standwith.supporters.tallies import change_tallies

AT_ONCE = 5000  # of each kind in one call
shuffle: Callable[[list[Any]], None] = secrets.SystemRandom().shuffle


@transaction.atomic
def enter(now: datetime, *, flush: bool = False) -> int:
    """Append what waits for the ledger and may enter it now; return how many leaves. `flush`: wait for no others."""
    queued, opened = take_queued(), read_entering(AT_ONCE)
    guarded = _take_guarded(now, flush)
    entering = [*opened, *(rewritten.entering for rewritten in guarded)]
    leaves = [*queued, *_leaves(entering)]
    if leaves:
        first = append(leaves) + len(queued)
        give_indexes(enumerate(opened, first))
        write_anew(list(enumerate(guarded, first + len(opened))))
        change_tallies(Counter((signature.text, signature.country) for signature in entering))
    return len(leaves)


def _take_guarded(now: datetime, flush: bool) -> list[Rewritten]:
    """The signatures of guarded campaigns that enter now, shuffled; notes since when they wait if they don't."""
    waiting = read_guarded(AT_ONCE)
    since = Cursor.objects.values_list("guarded_since", flat=True).first()
    enters = flush or batch_is_due(len(waiting), since, now)
    begins = None if enters or not waiting else since or now
    if begins != since:
        Cursor.objects.update_or_create(pk=1, defaults={"guarded_since": begins})
    if not enters:
        return []
    shuffle(waiting)
    return waiting


def _leaves(signatures: Sequence[Entering]) -> list[bytes]:
    campaigns = _campaigns({signature.text for signature in signatures})
    shown = shown_countries((campaigns[signature.text], signature.country) for signature in signatures)
    tags = {campaign: campaign_tag(origin(), campaign) for campaign in set(campaigns.values())}
    leaves = []
    for signature in signatures:
        campaign, country = campaigns[signature.text], signature.country
        named = country if (campaign, country) in shown else NOWHERE
        leaves.append(make_signature(tags[campaign], signature.code, signature.commitment, signature.withdrawal, named))
    return leaves


def _campaigns(texts: set[int]) -> Mapping[int, str]:
    return dict(TextVersion.objects.filter(pk__in=texts).values_list("pk", "campaign")) if texts else {}

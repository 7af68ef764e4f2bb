"""Decisions about a whole campaign: it was published, it takes no signatures for a while, it takes them again.

Invariant: one Decision each; a campaign is paused if the last of its decisions to pause or to resume says so. Does not
publish and does not write the manifest.
"""

from datetime import datetime

from django.db import transaction

from standwith.decisions.errors import Settled
from standwith.decisions.models import Decision, Verb
from standwith.decisions.names import check_name


def record_publication(campaign: str, *, by: str, digest: str, now: datetime) -> None:
    """Keep who published which version of a folder; raises NoName."""
    Decision.objects.create(campaign=campaign, verb=Verb.PUBLISH, by=check_name(by), at=now, digest=digest)


@transaction.atomic
def pause(campaign: str, *, by: str, now: datetime) -> None:
    """Let a campaign take no signatures until it is resumed; raises DecisionRefused."""
    name = check_name(by)
    if is_paused(campaign):
        raise Settled(f"{campaign} is paused already.")
    Decision.objects.create(campaign=campaign, verb=Verb.PAUSE, by=name, at=now)


@transaction.atomic
def resume(campaign: str, *, by: str, now: datetime) -> None:
    """Let a paused campaign take signatures again; raises DecisionRefused."""
    name = check_name(by)
    if not is_paused(campaign):
        raise Settled(f"{campaign} is not paused.")
    Decision.objects.create(campaign=campaign, verb=Verb.RESUME, by=name, at=now)


def is_paused(campaign: str) -> bool:
    """Whether somebody paused the campaign and nobody resumed it."""
    turns = Decision.objects.filter(campaign=campaign, verb__in=(Verb.PAUSE, Verb.RESUME))
    return turns.order_by("pk").values_list("verb", flat=True).last() == Verb.PAUSE

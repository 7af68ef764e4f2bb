"""Holding back: one person is enough to hide somebody at once, and two are needed to show them again.

Invariant: whoever is held back has no approved version, and what was approved is forgotten; so letting go shows
nobody by itself. One transaction, one Decision. Does not publish.
"""

from datetime import datetime

from django.db import transaction

from standwith.decisions.errors import Held, NotKnown, Settled
from standwith.decisions.models import Decision, Reason, Standing, Verb
from standwith.decisions.names import check_name


@transaction.atomic
def hold_back(campaign: str, person: str, *, by: str, reason: Reason, now: datetime) -> None:
    """Let nothing of a person be shown until somebody lets go; raises DecisionRefused."""
    name, standing = check_name(by), _find(campaign, person)
    if standing.held:
        raise Held(f"{person} is held back already, by {standing.held_by} ({standing.held}).")
    Standing.objects.filter(pk=standing.pk).update(
        accepted=None,
        accepted_by="",
        accepted_at=None,
        approved=None,
        first="",
        second="",
        approved_at=None,
        held=reason,
        held_by=name,
    )
    Decision.objects.create(campaign=campaign, person=person, verb=Verb.HOLD, by=name, at=now, reason=reason)


@transaction.atomic
def let_go(campaign: str, person: str, *, by: str, now: datetime) -> None:
    """Let two people decide again about somebody who was held back; raises DecisionRefused."""
    name, standing = check_name(by), _find(campaign, person)
    if not standing.held:
        raise Settled(f"{person} is not held back.")
    standing.delete()
    Decision.objects.create(campaign=campaign, person=person, verb=Verb.RELEASE, by=name, at=now)


def _find(campaign: str, person: str) -> Standing:
    standing = Standing.objects.select_for_update().filter(campaign=campaign, person=person).first()
    if standing is None:
        raise NotKnown(f"Nobody has accepted {person} in {campaign} yet, so nothing of them is shown.")
    return standing

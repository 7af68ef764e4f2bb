"""Withdrawing: somebody does not want to be spoken of any more, and our tables forget who that was.

Invariant: one transaction; after it no row of ours holds the id, the name, or anything by which a guess could be
checked. What stays says that somebody decided something about somebody, who and when: numbers and dates. The row that
held the rest is overwritten (secure_delete). Does not touch the campaign folder, and does not publish.
"""

from datetime import datetime

from django.db import transaction

from standwith.decisions.models import Decision, Standing, Verb
from standwith.decisions.names import check_name


@transaction.atomic
def withdraw(campaign: str, person: str, *, by: str, now: datetime) -> int:
    """Forget a person; return how many earlier decisions lost their name. Raises NoName."""
    name = check_name(by)
    Standing.objects.filter(campaign=campaign, person=person).delete()
    forgotten = Decision.objects.filter(campaign=campaign, person=person).update(person="", digest="", reason="")
    Decision.objects.create(campaign=campaign, verb=Verb.WITHDRAW, by=name, at=now)
    return forgotten

"""Closing: after a campaign's last day nobody is taken any more, and two days later it is over for good.

1. When the last day is over and everything that was sent on it was read, the campaign is *closed*: signatures that
   still come are dropped. Confirmations and withdrawals go on; neither needs the duplicate key.
2. When nothing of it waits any more, and it has been closed for 48 hours, what still waits for the ledger enters it, a
   leaf says which day was its last, and the duplicate key of an open campaign is destroyed. So long a last day that was
   mistyped can be corrected. With the key dies the meaning of every tag that was made with it.
3. From then on a campaign that somebody signed opens no more: nobody could tell who signs twice, and the ledger has
   said that it is over.

Invariant: the Closing row says for good that the key was destroyed on purpose, and is written before the key goes; a
key that a kill left behind is destroyed at the next call. Does not know when a campaign ends: whoever publishes it
does. The tags of signatures stay, and mean nothing; mail quotas go with their key (expire.py).
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from standwith.ledger.addendum import write_addendum
from standwith.ledger.leaf import Kind, campaign_tag, make_statement
from standwith.ledger.rows import origin, queue
from standwith.supporters.enter import enter
from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import CampaignOver
from standwith.supporters.models import Closing, Cursor, Pending, Signature
from standwith.supporters.rules import LIFE

TAKEN_LATE = timedelta(hours=1)
"""How long after the last day an act that was sent in time may still come into the journal: minutes, and clocks err."""
REGRET = LIFE


def close(campaign: str, ended: datetime, epochs: Epochs, now: datetime) -> bool:
    """Do what is due for a campaign that took signatures until `ended`; return whether it was ended for good now."""
    closing = Closing.objects.filter(campaign=campaign).first() or _close(campaign, ended, now)
    if closing is None or not _is_due(closing, now):
        return False
    ends = closing.destroyed is None
    if ends:
        _end(closing, ended, now)
    return epochs.destroy(campaign) or ends


def reopen(campaign: str, *, signed: bool) -> None:
    """Let a campaign take signatures again, if it was closed; raises CampaignOver when nobody could tell duplicates."""
    closing = Closing.objects.filter(campaign=campaign).first()
    if closing is None:
        return
    if closing.destroyed and signed:
        raise CampaignOver(
            f"{campaign} is over: the key that tells who signed twice was destroyed on {closing.destroyed.date()}. "
            "Leave its last day as it was, or begin a new campaign with another id."
        )
    closing.delete()


def key_was_destroyed(campaign: str) -> bool:
    """Whether the duplicate key of this campaign was destroyed on purpose."""
    return Closing.objects.filter(campaign=campaign, destroyed__isnull=False).exists()


def _close(campaign: str, ended: datetime, now: datetime) -> Closing | None:
    read_until = Cursor.objects.values_list("caught_up", flat=True).first()
    if read_until is None or read_until < ended + TAKEN_LATE:
        return None
    return Closing.objects.create(campaign=campaign, since=now)


def _is_due(closing: Closing, now: datetime) -> bool:
    waits = Pending.objects.filter(text__campaign=closing.campaign).exists()
    return closing.destroyed is not None or (now >= closing.since + REGRET and not waits)


@transaction.atomic
def _end(closing: Closing, ended: datetime, now: datetime) -> None:
    closing.destroyed = now
    closing.save()
    while enter(now, flush=_hides_waiting(closing.campaign)):
        pass
    if Signature.objects.filter(text__campaign=closing.campaign).exists():
        _state(closing.campaign, (ended - timedelta(microseconds=1)).date())


def _hides_waiting(campaign: str) -> bool:
    """Whether signatures of this guarded campaign wait: only for them those of others enter in a batch too small."""
    return Signature.objects.filter(text__campaign=campaign, index__isnull=True, confirmed__isnull=True).exists()


def _state(campaign: str, last_day: date) -> None:
    said = write_addendum({"campaign": campaign, "closed": last_day})
    queue(make_statement(Kind.CLOSE, campaign_tag(origin(), campaign), said), said)

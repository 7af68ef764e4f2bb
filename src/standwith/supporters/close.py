"""Closing: after a campaign's last day nobody is taken any more, and two days later its duplicate key is destroyed.

1. When the last day is over and everything that was sent on it was read, the campaign is *closed*: signatures that
   still come are dropped. Confirmations and withdrawals go on; neither needs the duplicate key.
2. When nothing of it waits any more, and it has been closed for 48 hours, the key is destroyed. So long a last day that
   was mistyped can be corrected. With the key dies the meaning of every tag that was made with it.
3. A campaign whose key was destroyed opens again only if nobody ever signed it: nobody could tell who signs twice.

Invariant: the Closing row says for good that the key was destroyed on purpose, and is written before the key goes; a
key that a kill or a restored backup left behind is destroyed at the next call. A key that is missing without such a
row was lost, and stays a lost key. Does not know when a campaign ends: whoever publishes it does.
Mail quotas know no campaign, so they go when the last key of the installation does; until then they are tags that
nobody can work out again, with a number and a moment. The address tags of signatures stay, and mean as little.
"""

from datetime import datetime, timedelta

from django.db import transaction

from standwith.supporters.errors import CampaignOver
from standwith.supporters.keys import Keyring
from standwith.supporters.models import Closing, Cursor, MailQuota, Pending
from standwith.supporters.rules import LIFE

TAKEN_LATE = timedelta(hours=1)
"""How long after the last day an act that was sent in time may still come into the journal: minutes, and clocks err."""
REGRET = LIFE


def close(campaign: str, ended: datetime, keys: Keyring, now: datetime) -> bool:
    """Do what is due for a campaign that took signatures until `ended`; return whether its key was destroyed now."""
    closing = Closing.objects.filter(campaign=campaign).first() or _close(campaign, ended, now)
    if closing is None or not keys.has_tag_key(campaign) or not _key_is_due(closing, now):
        return False
    _note_destruction(closing, keys, now)
    keys.destroy_tag_key(campaign)
    return True


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


def _key_is_due(closing: Closing, now: datetime) -> bool:
    waits = Pending.objects.filter(text__campaign=closing.campaign).exists()
    return closing.destroyed is not None or (now >= closing.since + REGRET and not waits)


@transaction.atomic
def _note_destruction(closing: Closing, keys: Keyring, now: datetime) -> None:
    closing.destroyed = closing.destroyed or now
    closing.save()
    if keys.tagged_campaigns() == [closing.campaign]:
        MailQuota.objects.all().delete()

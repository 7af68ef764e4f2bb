"""Blocking: addresses that asked never to be written to, in no campaign of this installation.

Invariant: what is kept is a tag, not the address. Acts of theirs that wait are forgotten and letters recalled; what
they confirmed earlier stays theirs to withdraw. The form gives them the same answer as everyone.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from standwith.mail.send import recall
from standwith.supporters.errors import NotAnAddress
from standwith.supporters.keys import Keyring
from standwith.supporters.models import Block, Pending
from standwith.supporters.rules import canonical_address


@transaction.atomic
def block(addresses: Iterable[str], keys: Keyring, now: datetime) -> tuple[int, list[int]]:
    """Block these addresses; return how many, and the places (from 1) of those that are no addresses."""
    blocked, refused = [], []
    for place, address in enumerate(addresses, 1):
        try:
            blocked.append(canonical_address(address))
        except NotAnAddress:
            refused.append(place)
    rows = [Block(address=keys.block_tag(address), since=now.date()) for address in blocked]
    Block.objects.bulk_create(rows, ignore_conflicts=True)
    for campaign in keys.tagged_campaigns():
        waiting = Pending.objects.filter(address__in=[keys.address_tag(campaign, address) for address in blocked])
        recall([bytes(link) for link in waiting.values_list("link", flat=True)])
        waiting.delete()
    return len(blocked), refused

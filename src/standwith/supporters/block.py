"""Blocking: addresses that asked never to be written to, in no campaign of this installation.

Invariant: what is kept is a tag, not the address. Nothing that waits can be found by it, for no key on this machine
tells whose it is; so the question is asked where an address is known: when an act is received, and when a letter is
written. What somebody confirmed earlier stays theirs to withdraw. The form gives them the same answer as everyone.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from standwith.supporters.errors import NotAnAddress
from standwith.supporters.keys import Keyring
from standwith.supporters.models import Block
from standwith.supporters.rules import canonical_address

IS_BLOCKED = "SELECT 1 FROM supporters_block WHERE address = %s"


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
    return len(blocked), refused


def is_blocked(keys: Keyring, address: str) -> bool:
    """Whether this canonical address asked never to be written to."""
    with connection.cursor() as cursor:  # asked for every letter, and a question through the model costs most of one
        cursor.execute(IS_BLOCKED, (keys.block_tag(address),))
        return cursor.fetchone() is not None

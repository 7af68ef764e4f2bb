"""Confirming: a waiting act becomes a signature, and its contact is gone.

It counts from the moment at which it is in the ledger: enter.py.
Invariant: idempotent. A link or code used again finds nothing that waits and changes nothing; so does one that was
withdrawn, or is too old. Of two acts of one person in one epoch one counts; of three names at one address two. What the
leaf needs, commitment and code among it, goes along; no leaf can be withdrawn with what withdraws another.
"""

from standwith.journal.acts import ConfirmationAct
from standwith.supporters.rules import NAMES_PER_ADDRESS
from standwith.supporters.worksheet import Worksheet


def confirm(act: ConfirmationAct, sheet: Worksheet) -> bool:
    """Make the act that this confirmation is about a signature; return whether there is one more."""
    pending = sheet.pending(act.hash)
    if pending is None or not sheet.belongs(pending, act.campaign):
        return False
    address, person = pending.address, pending.person
    counts = (
        not sheet.has_signed(person)
        and sheet.names_at(address) < NAMES_PER_ADDRESS
        and sheet.signed(pending.withdrawal) is None
    )
    if counts:
        sheet.count(pending)
    full = sheet.names_at(address) >= NAMES_PER_ADDRESS
    for other in sheet.waiting(address):
        if full or other.person == person:
            sheet.drop(other)
    return counts

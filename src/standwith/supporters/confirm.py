"""Confirming: a waiting act becomes a signature, is counted, and its contact is gone.

Invariant: idempotent. A link or code used again finds nothing that waits and changes nothing; so does one that was
withdrawn, or is too old. Of two acts of one person one counts; of three names at one address two.
"""

from standwith.journal.acts import ConfirmationAct
from standwith.supporters.rules import NAMES_PER_ADDRESS
from standwith.supporters.worksheet import Worksheet


def confirm(act: ConfirmationAct, sheet: Worksheet) -> bool:
    """Count the act that this confirmation is about; return whether the number rose."""
    pending = sheet.pending(act.hash)
    if pending is None or not sheet.belongs(pending, act.campaign):
        return False
    address, person = pending.address, pending.withdrawal
    counts = sheet.signature(person) is None and sheet.names_at(address) < NAMES_PER_ADDRESS
    if counts:
        sheet.count(pending)
    full = sheet.names_at(address) >= NAMES_PER_ADDRESS
    for other in sheet.waiting(address):
        if full or other.withdrawal == person:
            sheet.drop(other)
    return counts

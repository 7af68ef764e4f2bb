"""Confirming: a waiting act becomes a signature, is counted, and its contact is gone.

Invariant: idempotent. A link or code used again finds nothing that waits and changes nothing; so does one that was
withdrawn, or is too old. Of two acts of one person one counts; of three names at one address two.
"""

from datetime import datetime

from standwith.journal.acts import ConfirmationAct
from standwith.supporters.models import Pending, Signature
from standwith.supporters.rules import NAMES_PER_ADDRESS
from standwith.supporters.worksheet import Worksheet


def confirm(act: ConfirmationAct, sheet: Worksheet, now: datetime) -> bool:
    """Count the act that this confirmation is about; return whether the number rose."""
    pending = sheet.pending(act.hash)
    if pending is None or not sheet.belongs(pending, act.campaign):
        return False
    address, person = bytes(pending.address), bytes(pending.withdrawal)
    counts = sheet.signature(person) is None and sheet.names_at(address) < NAMES_PER_ADDRESS
    if counts:
        sheet.count(_signature(pending, now))
    full = sheet.names_at(address) >= NAMES_PER_ADDRESS
    for other in sheet.waiting(address):
        if full or bytes(other.withdrawal) == person:
            sheet.drop(other)
    return counts


def _signature(pending: Pending, now: datetime) -> Signature:
    return Signature(
        text_id=pending.text_id,
        country=pending.country,
        record=pending.record,
        address=pending.address,
        withdrawal=pending.withdrawal,
        confirmed=now.date(),
    )

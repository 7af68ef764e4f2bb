"""Withdrawing: a signature leaves the number and its sealed record is deleted; an act that still waits is forgotten.

Invariant: idempotent; the number falls once, and never below zero. Who withdrew may sign again.
"""

from standwith.journal.acts import WithdrawalAct
from standwith.supporters.worksheet import Worksheet


def withdraw(act: WithdrawalAct, sheet: Worksheet) -> bool:
    """Take back whatever this person did in this campaign; return whether the number fell."""
    for pending in sheet.of_person(act.hash):
        if sheet.belongs(pending, act.campaign):
            sheet.drop(pending)
    signature = sheet.signature(act.hash)
    if signature is None or not sheet.belongs(signature, act.campaign):
        return False
    sheet.uncount(signature)
    return True

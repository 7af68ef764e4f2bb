"""Withdrawing: a signature leaves the number and its sealed record is deleted; an act that still waits is forgotten.

A signature that is in the ledger already stays there as a leaf; another leaf says that it was taken back, and shows w,
which its supporter alone had.
Invariant: idempotent; the number falls once, and never below zero. Who withdrew may sign again.
"""

from standwith.journal.acts import WithdrawalAct
from standwith.ledger.leaf import withdraw_hash
from standwith.supporters.worksheet import Worksheet


def withdraw(act: WithdrawalAct, sheet: Worksheet) -> bool:
    """Take back what can be taken back with this w in this campaign; return whether a signature fell."""
    withdrawal = withdraw_hash(act.w)
    for pending in sheet.withdrawing(withdrawal):
        if sheet.belongs(pending, act.campaign):
            sheet.drop(pending)
    signed = sheet.signed(withdrawal)
    if signed is None or not sheet.belongs(signed, act.campaign):
        return False
    sheet.uncount(signed, act.w)
    return True

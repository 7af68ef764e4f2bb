"""Confirming and withdrawing: from a link or a code of a mail to the act that the journal keeps.

Invariant: an act is made only of a token that this server made for this campaign; a confirmation holds the token's
hash, not the token. Nothing is looked up: an unknown signature, one confirmed twice and one withdrawn look alike from
here.
"""

from datetime import datetime
from typing import NamedTuple

from standwith.intake.manifest import Sheet
from standwith.journal.acts import ConfirmationAct, WithdrawalAct, encode
from standwith.sealing.tokens import (
    check_confirmation_code,
    check_confirmation_token,
    check_withdrawal_token,
    middle_of,
    token_hash,
)


class Confirmation(NamedTuple):
    """The act in its bytes, and the recognition code that the link carried; none on guarded campaigns."""

    act: bytes
    code: bytes | None


def confirm_by_link(token: str, sheet: Sheet, link_key: bytes, *, now: datetime) -> Confirmation:
    """The confirmation that a link stands for; raises TokenDamaged, TokenExpired."""
    accepted = check_confirmation_token(link_key, sheet.campaign, token, now)
    act = encode(ConfirmationAct(sheet.campaign, sheet.language, token_hash(accepted), "link"))
    return Confirmation(act, None if sheet.guarded else middle_of(accepted))


def confirm_by_code(code: str, sheet: Sheet, link_key: bytes) -> bytes:
    """The confirmation that a typed code stands for; raises TokenDamaged. If it is too old, the clerk knows."""
    accepted = check_confirmation_code(link_key, sheet.campaign, code)
    return encode(ConfirmationAct(sheet.campaign, sheet.language, token_hash(accepted), "code"))


def withdraw(token: str, sheet: Sheet, link_key: bytes) -> bytes:
    """The withdrawal that a link stands for; raises TokenDamaged."""
    return encode(WithdrawalAct(sheet.campaign, check_withdrawal_token(link_key, sheet.campaign, token)))

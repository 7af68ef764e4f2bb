"""Receiving a signature act: who it is from, what becomes of it, and the letter that asks to confirm.

In two steps, for the first needs no table and takes most of the time: `recognise` opens the contact and works out the
tags; `receive` decides by rules.judge and puts the act and its letter on the worksheet.
Invariant: the sealed record is passed on untouched; name and address leave memory only boxed or as tags. Whatever is
decided, the person at the form has had the same answer.
"""

from datetime import datetime
from typing import NamedTuple

from standwith.journal.acts import SignatureAct
from standwith.languages.countries import COUNTRIES
from standwith.mail.spool import Promise
from standwith.sealing.errors import SealError, WrongKey
from standwith.sealing.tokens import Token, make_confirmation_code, make_confirmation_token
from standwith.sealing.unlock import open_contact
from standwith.supporters.errors import NotAnAddress
from standwith.supporters.invitation import Invitation, seal_invitation
from standwith.supporters.keys import Keyring
from standwith.supporters.letters import CONFIRMATION, STREAM
from standwith.supporters.models import Pending, TextVersion
from standwith.supporters.rows import Asked
from standwith.supporters.rules import (
    LIFE,
    LINK_LIFE,
    Quota,
    Verdict,
    canonical_name,
    deliverable_address,
    judge,
    mailbox,
    next_slot,
    reminder_at,
)
from standwith.supporters.versions import give_number
from standwith.supporters.worksheet import Worksheet


class Signer(NamedTuple):
    """Who an act is from: where to write to, and the tags that find the same mailbox and the same person again."""

    deliverable: str
    address: bytes
    block: bytes
    withdrawal: Token


def recognise(act: SignatureAct, keys: Keyring) -> Signer | None:
    """Who this is from; None when no form of ours sent it, or nobody can be written to. May raise ValueError.

    Raises WrongKey when the clerk's key that it was sealed to is not there any more, and KeysMissing when the
    campaign's duplicate key is not there: the campaign is unknown or over, or the key was lost.
    The intake has checked all this. The clerk looks again, for whoever takes the intake over could write anything.
    """
    if act.country not in COUNTRIES:
        return None
    try:
        contact = open_contact(act.contact, keys.secrets)
        deliverable = deliverable_address(contact.address)
    except WrongKey:
        raise
    except (SealError, NotAnAddress):
        return None
    address = mailbox(deliverable)
    tag = keys.address_tag(act.campaign, address)
    withdrawal = keys.withdrawal_token(act.campaign, address, canonical_name(contact.name))
    return Signer(deliverable, tag, keys.block_tag(address), withdrawal)


def receive(act: SignatureAct, signer: Signer | None, sheet: Worksheet, keys: Keyring, now: datetime) -> Verdict:
    """Decide about an act and put what follows on the worksheet."""
    if act.campaign in sheet.closed:
        return Verdict.CLOSED
    if signer is None:
        return Verdict.UNREADABLE
    text = sheet.texts.get((act.campaign, act.text))
    if text is None:
        return Verdict.UNKNOWN_TEXT
    slot = next_slot(sheet.quotas.get(signer.address, Quota()), now)
    person = signer.withdrawal.hash
    verdict = judge(
        blocked=signer.block in sheet.blocked,
        signed=sheet.signature(person) is not None,
        names_signed=sheet.names_at(signer.address),
        waiting=any(pending.withdrawal == person for pending in sheet.waiting(signer.address)),
        slot=slot,
        now=now,
    )
    if verdict is Verdict.ASKED and slot is not None:
        _ask(act, signer, give_number(text), sheet, keys, slot, now)
    return verdict


def _ask(
    act: SignatureAct, signer: Signer, text: TextVersion, sheet: Worksheet, keys: Keyring, due: datetime, now: datetime
) -> None:
    link = make_confirmation_token(keys.link_key, act.campaign, now + LINK_LIFE)
    code = make_confirmation_code(keys.link_key, act.campaign)
    tokens = link.text, code.text, signer.withdrawal.text
    invitation = Invitation(act.campaign, act.language, signer.deliverable, *tokens)
    asked = Asked(
        text=text.pk,
        country=act.country,
        record=act.record,
        envelope=seal_invitation(invitation, keys.current_spool_key),
        key=keys.current,
        address=signer.address,
        withdrawal=signer.withdrawal.hash,
        link=link.hash,
        code=code.hash,
        expires=now + LIFE,
        remind=reminder_at(due, now + LIFE),
    )
    sheet.keep(asked, promise(asked, CONFIRMATION, due))


def promise(act: Asked | Pending, kind: str, due: datetime) -> Promise:
    """A letter of this kind about a waiting act."""
    return Promise(STREAM, kind, bytes(act.link), bytes(act.address), act.key, bytes(act.envelope), due)

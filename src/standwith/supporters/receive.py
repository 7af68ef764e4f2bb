"""Receiving a signature act: who it is from, what becomes of it, and the letter that asks to confirm.

In two steps, for the first needs no table and takes most of the time: `recognise` opens the contact and works out the
tags; `receive` decides by rules.judge and puts the act and its letter on the worksheet.
Who signs again before confirming gets the withdrawal token of the first letter in the second, too: whichever they keep,
its link works. A guarded campaign's letters hold none (letters.py), and its acts keep no country.
Invariant: the sealed record is passed on untouched; name and address leave memory only boxed or as tags. Whatever is
decided, the person at the form has had the same answer.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec

from standwith.journal.acts import SignatureAct
from standwith.languages.countries import COUNTRIES
from standwith.ledger.leaf import withdraw_hash
from standwith.mail.spool import Promise
from standwith.sealing.codes import write_code
from standwith.sealing.errors import SealError, WrongKey
from standwith.sealing.tokens import Token, make_confirmation_code, make_confirmation_token, make_withdrawal_token
from standwith.sealing.unlock import open_contact
from standwith.supporters.epochs import Epochs, Tags
from standwith.supporters.errors import NotAnAddress
from standwith.supporters.invitation import Invitation, open_invitation, seal_invitation
from standwith.supporters.keys import Keyring
from standwith.supporters.letters import CONFIRMATION, STREAM
from standwith.supporters.models import Pending
from standwith.supporters.profiles import Profile
from standwith.supporters.rows import Asked
from standwith.supporters.rules import (
    LIFE,
    LINK_LIFE,
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
    """Who an act is from: where to write to, what finds the same mailbox and person again, and what withdraws."""

    deliverable: str
    tags: Tags
    block: bytes
    w: bytes
    guarded: bool


class Withdrawing(NamedTuple):
    """How a signature can be taken back: the hash that its leaf will show, and the token for the letter."""

    hash: bytes
    token: str


def recognise(act: SignatureAct, profile: Profile, keys: Keyring, epochs: Epochs, now: datetime) -> Signer | None:
    """Who this is from; None when no form of ours sent it, or nobody can be written to. May raise ValueError.

    Raises WrongKey when the clerk's key that it was sealed to is not there any more. The intake has checked all this.
    The clerk looks again, for whoever takes the intake over could write anything. An act without a country was sent
    from a form that promised what goes with a guarded campaign.
    """
    guarded = profile.guarded or not act.country
    if not guarded and act.country not in COUNTRIES:
        return None
    try:
        contact = open_contact(act.contact, keys.secrets)
        deliverable = deliverable_address(contact.address)
    except WrongKey:
        raise
    except (SealError, NotAnAddress):
        return None
    address = mailbox(deliverable)
    tags = epochs.tags(act.campaign, address, canonical_name(contact.name), guarded=guarded, now=now)
    return Signer(deliverable, tags, keys.block_tag(address), contact.w, guarded)


def receive(act: SignatureAct, signer: Signer | None, sheet: Worksheet, keys: Keyring, now: datetime) -> Verdict:
    """Decide about an act and put what follows on the worksheet."""
    profile, text = sheet.profiles.get(act.campaign), sheet.texts.get((act.campaign, act.text))
    if profile is not None and profile.closed:
        return Verdict.CLOSED
    if profile is None or text is None:
        return Verdict.UNKNOWN_TEXT
    if signer is None:
        return Verdict.UNREADABLE
    slot = next_slot(sheet.quota(signer.tags), now)
    verdict = judge(
        blocked=signer.block in sheet.blocked,
        signed=sheet.has_signed(signer.tags.person),
        names_signed=sheet.names_at(signer.tags.address),
        waiting=any(waiting.person == signer.tags.person for waiting in sheet.waiting(signer.tags.address)),
        slot=slot,
        now=now,
    )
    if verdict is Verdict.ASKED and slot is not None:
        _ask(act, signer, give_number(text).pk, sheet, keys, slot, now)
    return verdict


def _ask(
    act: SignatureAct, signer: Signer, text: int, sheet: Worksheet, keys: Keyring, due: datetime, now: datetime
) -> None:
    withdrawing = _withdrawing(act, signer, sheet, keys)
    middle = None if signer.guarded else act.code
    link = make_confirmation_token(keys.link_key, act.campaign, now + LINK_LIFE, middle)
    code = make_confirmation_code(keys.link_key, act.campaign)
    asked = Asked(
        text=text,
        country="" if signer.guarded else act.country,
        record=act.record,
        envelope=seal_invitation(_invite(act, signer, link, code, withdrawing), keys.current_spool_key),
        key=keys.current,
        epoch=signer.tags.epoch,
        address=signer.tags.address,
        person=signer.tags.person,
        quota=signer.tags.quota,
        code=act.code,
        commitment=act.commitment,
        withdrawal=withdrawing.hash,
        link=link.hash,
        typed=code.hash,
        expires=now + LIFE,
        remind=reminder_at(due, now + LIFE),
    )
    sheet.keep(asked, promise(asked, CONFIRMATION, due), signer.tags)


def promise(act: Asked | Pending, kind: str, due: datetime) -> Promise:
    """A letter of this kind about a waiting act."""
    return Promise(STREAM, kind, bytes(act.link), bytes(act.quota), act.key, bytes(act.envelope), due)


def _invite(act: SignatureAct, signer: Signer, link: Token, code: Token, withdrawing: Withdrawing) -> Invitation:
    return Invitation(
        campaign=act.campaign,
        language=act.language,
        address=signer.deliverable,
        link=link.text,
        code=code.text,
        withdrawal=withdrawing.token,
        recognition="" if signer.guarded else write_code(act.code),
        profile="guarded" if signer.guarded else "open",
    )


def _withdrawing(act: SignatureAct, signer: Signer, sheet: Worksheet, keys: Keyring) -> Withdrawing:
    own = withdraw_hash(signer.w)
    if signer.guarded:
        return Withdrawing(own, "")
    for earlier in sheet.waiting(signer.tags.address):
        if earlier.person == signer.tags.person and (token := _token_of(earlier.link, keys)):
            return Withdrawing(earlier.withdrawal, token)
    return Withdrawing(own, make_withdrawal_token(keys.link_key, act.campaign, signer.w).text)


def _token_of(link: bytes, keys: Keyring) -> str:
    """The withdrawal token in the letters about a waiting act; empty where they can no longer be written."""
    pending = Pending.objects.filter(link=link).values_list("envelope", "key").first()
    spool_key = keys.spool_key(pending[1]) if pending else None
    if pending is None or spool_key is None:
        return ""
    try:
        return open_invitation(bytes(pending[0]), spool_key).withdrawal
    except (SealError, msgspec.MsgspecError):
        return ""

"""The letters to people who signed: the invitation to confirm, and one reminder.

Invariant: a letter holds nothing that was typed into the form but the address it goes to; its subject says nothing
about anybody. It is in the signer's language, or in the campaign's source language if that one was closed since. All it
needs is in the invitation and the letterhead of the campaign.
Does not send, nor decide who gets one. The words are interface strings: English here, the others in catalogues.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from standwith.languages.voice import Voice, voice
from standwith.mail.compose import Block, Code, Letter, Link, Quote, Text
from standwith.mail.send import Parcel, Writer
from standwith.sealing.errors import SealError
from standwith.sealing.tokens import check_confirmation_token
from standwith.supporters.invitation import Invitation, open_invitation
from standwith.supporters.keys import Keyring
from standwith.supporters.rules import TIME_TO_ANSWER

STREAM = "confirmations"
CONFIRMATION, REMINDER = "confirmation", "reminder"


class Letterhead(NamedTuple):
    """A campaign in one language: its title, what it says in one sentence, who runs it, and where the site is."""

    language: str
    title: str
    headline: str
    owner: str
    site_url: str


Letterheads = Mapping[tuple[str, str], Letterhead]
"""By (campaign, language of the signer); a language that was closed has the letterhead of the source language."""


class _Edition(msgspec.Struct):
    title: str
    owner: str
    headline: str = ""


class _Text(msgspec.Struct):
    language: str


class _Campaign(msgspec.Struct):
    languages: dict[str, _Edition]
    texts: dict[str, _Text] = {}
    source: str = ""


class _Manifest(msgspec.Struct):
    site_url: str
    campaigns: dict[str, _Campaign]


def read_letterheads(manifest: bytes) -> Letterheads:
    """The letterheads in a manifest (JSON as campaigns/manifest.py compiles it); raises msgspec.MsgspecError."""
    read = msgspec.json.decode(manifest, type=_Manifest)
    heads: dict[tuple[str, str], Letterhead] = {}
    for name, campaign in read.campaigns.items():
        for code, edition in campaign.languages.items():
            heads[name, code] = Letterhead(code, edition.title, edition.headline, edition.owner, read.site_url)
        standing_in = heads.get((name, campaign.source or next(iter(campaign.languages), "")))
        if standing_in:
            for text in campaign.texts.values():
                heads.setdefault((name, text.language), standing_in)
    return heads


def make_writer(keys: Keyring, letterheads: Letterheads, now: datetime) -> Writer:
    """A writer for the mail engine, for letters that leave about `now`.

    It writes nothing for a campaign that is no longer published, nor with a link that is dead or leaves less than
    TIME_TO_ANSWER, as after an outage.
    """

    def write(parcel: Parcel) -> Letter | None:
        spool_key = keys.spool_key(parcel.key)
        if spool_key is None:
            return None
        try:
            invitation = open_invitation(parcel.sealed, spool_key)
            check_confirmation_token(keys.link_key, invitation.campaign, invitation.link, now + TIME_TO_ANSWER)
        except SealError:
            return None
        head = letterheads.get((invitation.campaign, invitation.language))
        return write_letter(parcel.kind, invitation, head) if head else None

    return write


def write_letter(kind: str, invitation: Invitation, head: Letterhead) -> Letter:
    """The letter of this kind: CONFIRMATION or REMINDER."""
    speaker = voice(head.language)
    subject, opening = _remind(speaker, head) if kind == REMINDER else _ask(speaker, head)
    greeting = Text(speaker.gettext("Hello,"))
    blocks = (greeting, *opening, *_ways(speaker, invitation, head), *_rights(speaker, invitation, head))
    return Letter(invitation.address, subject, speaker.code, speaker.dir, blocks)


def _ask(voice: Voice, head: Letterhead) -> tuple[str, tuple[Block, ...]]:
    signed = Text(voice.gettext("Somebody, probably you, signed “{title}” with this e-mail address.", title=head.title))
    counts = Text(voice.gettext("The signature counts as soon as you confirm it."))
    return voice.gettext("Please confirm your signature"), (signed, *_said(head), counts)


def _remind(voice: Voice, head: Letterhead) -> tuple[str, tuple[Block, ...]]:
    signed = Text(
        voice.gettext("A day ago somebody, probably you, signed “{title}” with this e-mail address.", title=head.title)
    )
    counts = Text(voice.gettext("The signature is not confirmed yet, so it doesn't count. This is our only reminder."))
    return voice.gettext("A reminder: please confirm your signature"), (signed, *_said(head), counts)


def _said(head: Letterhead) -> tuple[Block, ...]:
    return (Quote(head.headline),) if head.headline else ()


def _ways(voice: Voice, invitation: Invitation, head: Letterhead) -> tuple[Block, ...]:
    act = f"{head.site_url}/act/{head.language}/{invitation.campaign}"
    page = f"{head.site_url}/{head.language}/{invitation.campaign}/check-your-mail/"
    type_it = voice.gettext("If you would rather not open links, go to {page} yourself and type this code:", page=page)
    return (
        Link(voice.gettext("To confirm, open this page and press the button:"), f"{act}/confirm/{invitation.link}"),
        Text(type_it),
        Code(invitation.code),
    )


def _rights(voice: Voice, invitation: Invitation, head: Letterhead) -> tuple[Block, ...]:
    withdraw = f"{head.site_url}/act/{head.language}/{invitation.campaign}/withdraw/{invitation.withdrawal}"
    not_you = voice.gettext(
        "If this wasn't you, do nothing. 48 hours after the form was sent, all of it is forgotten, your address too."
    )
    take_back = voice.gettext(
        "You may take your signature back at any time. Keep this mail for that: once you have confirmed, we "
        "can no longer read your address, so we cannot send you the link again."
    )
    return (
        Text(not_you),
        Link(take_back, withdraw),
        Text(voice.gettext("This campaign is run by {owner}.", owner=head.owner)),
        Text(voice.gettext("This mail was written by a machine, and nobody reads the answers to it.")),
    )

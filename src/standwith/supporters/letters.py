"""The letters to people who signed: the invitation to confirm, and one reminder.

Invariant: a letter holds nothing that was typed into the form but the address it goes to; its subject says nothing
about anybody. It is in the signer's language, or in the campaign's source language if that one was closed since. The
letter of a guarded campaign is neutral: nothing in it, its links included, tells what is to be confirmed. Nobody who
asked never to be written to gets a letter. All it needs is in the invitation and the letterhead of the campaign.
Does not send, nor decide who else gets one. The words are interface strings: English here, the others in catalogues.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from standwith.languages.voice import Voice, voice
from standwith.mail.compose import Block, Code, Letter, Link, Quote, Text
from standwith.mail.send import Parcel, Writer
from standwith.sealing.errors import SealError
from standwith.sealing.tokens import check_confirmation_token
from standwith.supporters.errors import NotAnAddress
from standwith.supporters.invitation import Invitation, open_invitation
from standwith.supporters.keys import Keyring
from standwith.supporters.rules import TIME_TO_ANSWER, canonical_address

STREAM = "confirmations"
CONFIRMATION, REMINDER = "confirmation", "reminder"


class Letterhead(NamedTuple):
    """A campaign in one language: its title, what it says in one sentence, who runs it, and where the site is.

    Of a guarded campaign's letterhead a letter uses only the language and the site.
    """

    language: str
    title: str
    headline: str
    owner: str
    site_url: str
    guarded: bool


Letterheads = Mapping[tuple[str, str], Letterhead]
"""By (campaign, language of the signer); a language that was closed has the letterhead of the source language."""


class _Edition(msgspec.Struct):
    title: str
    owner: str
    headline: str = ""


class _Text(msgspec.Struct):
    language: str


class _Campaign(msgspec.Struct):
    profile: Literal["open", "guarded"]
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
        guarded = campaign.profile == "guarded"
        for code, edition in campaign.languages.items():
            said = edition.title, edition.headline, edition.owner
            heads[name, code] = Letterhead(code, *said, read.site_url, guarded)
        standing_in = heads.get((name, campaign.source or next(iter(campaign.languages), "")))
        if standing_in:
            for text in campaign.texts.values():
                heads.setdefault((name, text.language), standing_in)
    return heads


def make_writer(keys: Keyring, letterheads: Letterheads, now: datetime, blocked: Callable[[str], bool]) -> Writer:
    """A writer for the mail engine, for letters that leave about `now`.

    It writes nothing for a campaign that is no longer published, nor with a link that is dead or leaves less than
    TIME_TO_ANSWER, as after an outage, nor to an address that is `blocked`, asked in its canonical form.
    """

    def write(parcel: Parcel) -> Letter | None:
        spool_key = keys.spool_key(parcel.key)
        if spool_key is None:
            return None
        try:
            invitation = open_invitation(parcel.sealed, spool_key)
            check_confirmation_token(keys.link_key, invitation.campaign, invitation.link, now + TIME_TO_ANSWER)
            unwanted = blocked(canonical_address(invitation.address))
        except (SealError, NotAnAddress):
            return None
        head = letterheads.get((invitation.campaign, invitation.language))
        return write_letter(parcel.kind, invitation, head) if head and not unwanted else None

    return write


def write_letter(kind: str, invitation: Invitation, head: Letterhead) -> Letter:
    """The letter of this kind: CONFIRMATION or REMINDER."""
    speaker = voice(head.language)
    greeting = Text(speaker.gettext("Hello,"))
    if head.guarded or invitation.profile == "guarded":
        subject, opening = _neutral_opening(kind, speaker)
        blocks = (greeting, opening, *_neutral_ways(speaker, invitation, head), *_neutral_rights(speaker))
    else:
        subject, said = _remind(speaker, head) if kind == REMINDER else _ask(speaker, head)
        blocks = (greeting, *said, *_ways(speaker, invitation, head), *_rights(speaker, invitation, head))
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
    link = f"{head.site_url}/act/{head.language}/{invitation.campaign}/confirm/{invitation.link}"
    page = f"{head.site_url}/{head.language}/{invitation.campaign}/check-your-mail/"
    return _link_or_code(voice, link, page, invitation.code)


def _link_or_code(voice: Voice, link: str, page: str, code: str) -> tuple[Block, ...]:
    type_it = voice.gettext("If you would rather not open links, go to {page} yourself and type this code:", page=page)
    return Link(voice.gettext("To confirm, open this page and press the button:"), link), Text(type_it), Code(code)


def _rights(voice: Voice, invitation: Invitation, head: Letterhead) -> tuple[Block, ...]:
    withdraw = f"{head.site_url}/act/{head.language}/{invitation.campaign}/withdraw/{invitation.withdrawal}"
    verify = f"{head.site_url}/{head.language}/verify/"
    find_it = voice.gettext(
        "Once confirmed, your signature stands in a public ledger, without your name, under this longer code. At "
        "{page} you can check with it, at any time, that it is counted:",
        page=verify,
    )
    take_back = voice.gettext(
        "You may take your signature back at any time. Keep this mail for that: once you have confirmed, we "
        "can no longer read your address, so we cannot send you the link again."
    )
    return (
        Text(_not_you(voice)),
        Text(find_it),
        Code(invitation.recognition),
        Link(take_back, withdraw),
        Text(voice.gettext("This campaign is run by {owner}.", owner=head.owner)),
        Text(_machine(voice)),
    )


def _neutral_opening(kind: str, voice: Voice) -> tuple[str, Block]:
    if kind == REMINDER:
        left = voice.gettext(
            "A day ago somebody, probably you, left a message on our site with this e-mail address. It is not "
            "confirmed yet. This is our only reminder."
        )
        return voice.gettext("A reminder: please confirm your message"), Text(left)
    left = voice.gettext("Somebody, probably you, left a message on our site with this e-mail address.")
    return voice.gettext("Please confirm your message"), Text(left)


def _neutral_ways(voice: Voice, invitation: Invitation, head: Letterhead) -> tuple[Block, ...]:
    page = f"{head.site_url}/act/{head.language}/-/confirm"
    return _link_or_code(voice, f"{page}/{invitation.link}", page, invitation.code)


def _neutral_rights(voice: Voice) -> tuple[Block, ...]:
    delete = voice.gettext("Once you have confirmed, you don't need this mail any more. You can delete it.")
    return Text(_not_you(voice)), Text(delete), Text(_machine(voice))


def _not_you(voice: Voice) -> str:
    return voice.gettext(
        "If this wasn't you, do nothing. 48 hours after the form was sent, all of it is forgotten, your address too."
    )


def _machine(voice: Voice) -> str:
    return voice.gettext("This mail was written by a machine, and nobody reads the answers to it.")

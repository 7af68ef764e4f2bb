"""The manifest: what the intake knows of campaigns, compiled to JSON by campaigns/manifest.py. Example:

    {"version": 2, "campaigns": {"stand-with-belarus": {"open": true, "closes": "2027-03-01", "accent": "#a81f1f",
      "profile": "open", "custodians": ["standwith-custodian-1 …", "age1…", …], "needed": 2, "source": "en",
      "texts": {"2c26…": {"language": "en", "version": 1}},
      "languages": {"en": {"title": "Stand with Belarus", "owner": "…", "affiliate": "", "text": "2c26…"}}}}}

and its sheets: what one campaign puts on the table in one language, ready to be signed.
Invariant: a manifest is read whole or refused (IntakeRefused); every sheet's own text is among the texts known. A
language that has a known text but is published no more (closed) still has a sheet, that of the source language: links
in mails and pages left open stay good. Fields that the intake doesn't need are left alone. It reads no file:
durable.watched does.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

import msgspec

from standwith import look
from standwith.intake.errors import IntakeRefused
from standwith.languages import Voice, voice
from standwith.sealing.envelope import RECORD, write_head
from standwith.sealing.errors import KeyRefused
from standwith.sealing.recipients import Recipient, parse_recipient

Slug = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9-]*$", max_length=100)]
LanguageCode = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]+$", max_length=35)]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class KnownText(msgspec.Struct, frozen=True):
    """A text version that may be signed."""

    language: LanguageCode
    version: int


class Edition(msgspec.Struct, frozen=True):
    """A campaign in one language; `text` is the digest of its current text."""

    title: str
    text: Digest
    owner: str
    affiliate: str = ""


class Campaign(msgspec.Struct, frozen=True):
    """A campaign as the intake needs it; `closes` is its last day or "". `paused` takes no signatures for a while.

    `custodians` are the lines of their public keys, of which `needed` together open a record. `source` is the language
    that stands in for closed ones; a manifest that doesn't say means the first.
    """

    open: bool
    accent: str
    profile: Literal["open", "guarded"]
    custodians: list[str]
    needed: int
    texts: dict[Digest, KnownText]
    languages: dict[LanguageCode, Edition]
    closes: Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = ""
    source: str = ""
    paused: bool = False


class Manifest(msgspec.Struct, frozen=True):
    """All campaigns that people can act on."""

    version: Literal[2]
    campaigns: dict[Slug, Campaign]


@dataclass(frozen=True)
class Sheet:
    """One campaign in one language, as it lies on the table. `editions` are the languages it has, in order.

    `needed` of the `custodians` together can open what is signed here.
    `language` is that of its pages; `signed_in` that of the page which the person signed on: another one, if it was
    closed meanwhile.
    """

    campaign: str
    language: str
    signed_in: str
    open: bool
    closes: str
    accent: str
    title: str
    form: look.SignForm
    texts: frozenset[str]
    custodians: tuple[Recipient, ...]
    needed: int
    editions: tuple[str, ...]
    paused: bool = False

    @property
    def guarded(self) -> bool:
        """Whether supporters may be punished for taking part."""
        return self.form.guarded

    @cached_property
    def voice(self) -> Voice:
        """The voice that the sheet's pages speak with."""
        return voice(self.language)

    @cached_property
    def consents(self) -> tuple[tuple[str, str], ...]:
        """Each box of the form with the SHA-256 of the exact sentence beside it, in the language of `signed_in`."""
        boxes = look.consents(voice(self.signed_in), self.form)
        return tuple((box.kind, hashlib.sha256(box.text.encode()).hexdigest()) for box in boxes)

    def takes_signatures(self, today: date) -> bool:
        """Whether one can sign today; the last day still counts."""
        return self.open and (not self.closes or today.isoformat() <= self.closes)

    def page(self, name: str = "") -> str:
        """Address of one of the campaign's public pages in this language."""
        return f"/{self.language}/{self.campaign}/{name}/" if name else f"/{self.language}/{self.campaign}/"


Sheets = Mapping[tuple[str, str], Sheet]
_decode = msgspec.json.Decoder(Manifest).decode


def read_manifest(data: bytes) -> Sheets:
    """The sheets by (language, campaign); raises IntakeRefused with a sentence."""
    try:
        manifest = _decode(data)
    except msgspec.MsgspecError as error:
        raise IntakeRefused(f"The manifest is not usable: {error}. Publish the campaigns again.") from None
    sheets: dict[tuple[str, str], Sheet] = {}
    for name, campaign in manifest.campaigns.items():
        custodians = _custodians(name, campaign)
        for code, edition in campaign.languages.items():
            if edition.text not in campaign.texts:
                raise IntakeRefused(f"The manifest lacks the text of {name} in {code}. Publish the campaign again.")
            sheets[code, name] = _lay_out(name, campaign, code, edition, custodians)
        standing_in = sheets.get((_source(name, campaign), name))
        if standing_in is not None:
            sheets.update({(code, name): replace(standing_in, signed_in=code) for code in _closed(campaign)})
    return sheets


def _source(name: str, campaign: Campaign) -> str:
    if campaign.source and campaign.source not in campaign.languages:
        raise IntakeRefused(f"The manifest lacks the source language of {name}. Publish the campaign again.")
    return campaign.source or next(iter(campaign.languages), "")


def _closed(campaign: Campaign) -> set[str]:
    """The languages that people were once shown, and are no more."""
    return {text.language for text in campaign.texts.values()} - campaign.languages.keys()


def _custodians(name: str, campaign: Campaign) -> tuple[Recipient, ...]:
    """Raises IntakeRefused for what nobody could seal to, so that it is noticed before somebody signs."""
    try:
        custodians = tuple(map(parse_recipient, campaign.custodians))
        write_head(RECORD, name, [custodian.id for custodian in custodians], campaign.needed)
    except KeyRefused as error:
        raise IntakeRefused(f"The custodians' keys of {name} are not usable. {error}") from None
    return custodians


def _lay_out(name: str, campaign: Campaign, code: str, edition: Edition, custodians: tuple[Recipient, ...]) -> Sheet:
    guarded = campaign.profile == "guarded"
    return Sheet(
        campaign=name,
        language=code,
        signed_in=code,
        open=campaign.open,
        closes=campaign.closes,
        accent=campaign.accent,
        title=edition.title,
        form=look.SignForm(name, edition.text, edition.owner, edition.affiliate, guarded),
        texts=frozenset(campaign.texts),
        custodians=custodians,
        needed=campaign.needed,
        editions=tuple(campaign.languages),
        paused=campaign.paused,
    )

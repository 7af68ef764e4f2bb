"""The manifest: what the intake must know of campaigns to take a signature, compiled to one JSON file. Example:

    {"version": 2, "site_url": "https://example.org", "campaigns": {"stand-with-belarus": {
      "open": true, "closes": "", "accent": "#a81f1f", "profile": "open",
      "custodians": ["standwith-custodian-1 …", "age1…", …], "needed": 2, "source": "en",
      "texts": {"2c26…": {"language": "en", "version": 1}},
      "languages": {"en": {"title": "…", "headline": "…", "owner": "…", "affiliate": "", "text": "2c26…"}}}}}

Invariant: holds published languages only, and the text of each is among the texts known; older texts stay known, so
that a form opened before a publication can still be sent. `source` is one of the languages: it stands in for those
that are published no more, where a mail or an open page still asks for one. The same campaigns give the same bytes.
Holds no secret and nothing of a supporter. Does not number texts. The readers are `standwith.intake.manifest` and
`standwith.supporters.letters`.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import date

import msgspec

from standwith.campaigns.model import Campaign
from standwith.campaigns.texts import text_digest
from standwith.campaigns.translations import localise, publishable

KnownText = tuple[str, str, int]
"""(digest, language, version) of a text that somebody may have been shown."""


class TextUnknown(LookupError):
    """A language's current text has no version yet: register it, then compile again."""


class _Text(msgspec.Struct, frozen=True):
    language: str
    version: int


class _Edition(msgspec.Struct, frozen=True):
    title: str
    headline: str
    owner: str
    affiliate: str
    text: str


class _Campaign(msgspec.Struct, frozen=True, omit_defaults=True):
    open: bool
    closes: str
    accent: str
    profile: str
    custodians: tuple[str, ...]
    needed: int
    source: str
    texts: dict[str, _Text]
    languages: dict[str, _Edition]
    paused: bool = False


class _Manifest(msgspec.Struct, frozen=True):
    version: int
    site_url: str
    campaigns: dict[str, _Campaign]


def compile_manifest(
    campaigns: Sequence[Campaign],
    *,
    site_url: str,
    custodians: Mapping[str, Sequence[str]],
    needed: Mapping[str, int],
    known_texts: Mapping[str, Sequence[KnownText]],
    today: date | None = None,
    paused: Set[str] = frozenset(),
) -> bytes:
    """The manifest of these campaigns as JSON.

    By campaign id: `custodians` gives the lines of the custodians' public keys, `needed` how many of them open a record
    together, `known_texts` the registered texts; a campaign without any registered text gets version 1 for all. A
    campaign whose last day is before `today` is closed; those of `paused` take no signatures for a while.
    Raises TextUnknown when texts are registered but a current one is not among them.
    """
    compiled = {
        campaign.id: msgspec.structs.replace(
            _compile(campaign, custodians[campaign.id], needed[campaign.id], known_texts.get(campaign.id, ()), today),
            paused=campaign.id in paused,
        )
        for campaign in sorted(campaigns, key=lambda campaign: campaign.id)
    }
    manifest = msgspec.json.encode(_Manifest(version=2, site_url=site_url, campaigns=compiled))
    return msgspec.json.format(manifest, indent=1) + b"\n"


def _compile(
    campaign: Campaign, custodians: Sequence[str], needed: int, known: Sequence[KnownText], today: date | None
) -> _Campaign:
    editions = {code: _edition(campaign, code) for code in publishable(campaign)}
    known = known or [(edition.text, code, 1) for code, edition in editions.items()]
    texts = {digest: _Text(language, version) for digest, language, version in known}
    for code, edition in editions.items():
        if edition.text not in texts:
            raise TextUnknown(f"The current text of {campaign.id} in “{code}” is not registered.")
    closes = campaign.closes.last_day() if campaign.closes else None
    return _Campaign(
        open=closes is None or today is None or today <= closes,
        closes=closes.isoformat() if closes else "",
        accent=campaign.accent,
        profile=campaign.profile,
        custodians=tuple(custodians),
        needed=needed,
        source=campaign.source_language,
        texts=texts,
        languages=editions,
    )


def _edition(campaign: Campaign, code: str) -> _Edition:
    texts = localise(campaign, code)
    return _Edition(
        title=texts.text("title").text,
        headline=texts.text("headline").text,
        owner=campaign.owner.name,
        affiliate=campaign.affiliate.name if campaign.affiliate else "",
        text=text_digest(campaign, code),
    )

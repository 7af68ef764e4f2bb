"""The campaign as typed, frozen structures: everything that a campaign folder says, and nothing else.

Invariant: `folder.load(folder.dump(campaign)) == campaign`. Every text here may be public. An empty string means "not
given"; dates are partial dates, countries ISO 3166 alpha-2 codes, languages BCP 47 codes. Translations stay whole
catalogues, so that nothing a translator wrote is lost. Does not read files, choose languages or render. The format is
docs/campaign-folder.md.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from standwith.facts import Fact
from standwith.languages import PartialDate
from standwith.languages.catalogue import Catalogue
from standwith.organisations import Organisation
from standwith.people import Person

PROFILES = ("open", "guarded")
DEMAND_STATES = ("open", "partly met", "met")
ACTION_KINDS = ("sign", "write", "endorse", "attend", "share")
ACTION_STATES = ("live", "coming")
EVENT_KINDS = (
    "election",
    "protest",
    "strike",
    "violence",
    "arrests",
    "trial",
    "release",
    "dismissals",
    "law",
    "statement",
    "call",
    "political",
    "negotiation",
    "embassy-action",
    "day-of-action",
    "solidarity",
)


class Owner(Struct, frozen=True, kw_only=True):
    """The organisation that answers for the campaign and for the data of its supporters."""

    name: str
    url: str = ""
    email: str


class Beneficiary(Struct, frozen=True, kw_only=True):
    """Whom the campaign stands with."""

    name: str
    url: str = ""


class Affiliate(Struct, frozen=True, kw_only=True):
    """An organisation whose news a supporter may also ask for, by a consent of its own."""

    name: str
    url: str = ""


class Custodian(Struct, frozen=True, kw_only=True):
    """A person who holds a share of the power to open the sealed records, by their public key (one line of text)."""

    name: str
    key: str


class Demand(Struct, frozen=True, kw_only=True):
    """What is asked, and of whom. A state other than open has a source and a date."""

    id: str
    text: str
    addressee: str
    state: str = "open"
    sources: tuple[str, ...] = ()
    state_source: str = ""
    state_date: PartialDate | None = None


class Action(Struct, frozen=True, kw_only=True):
    """Something the page asks for; one that is "coming" is announced and not yet open."""

    id: str
    kind: str
    title: str
    text: str = ""
    asked_by: str = ""
    source: str = ""
    state: str = "live"


class Event(Struct, frozen=True, kw_only=True):
    """A dated event of the timeline."""

    date: PartialDate
    end: PartialDate | None = None
    kind: str
    title: str
    place: str = ""
    country: str = ""
    source: str


class Target(Struct, frozen=True, kw_only=True):
    """Who a letter goes to; `country` is the one it answers for."""

    name: str
    office: str = ""
    organisation: str = ""
    country: str = ""
    language: str = ""
    email: str = ""
    postal: str = ""
    source: str
    checked_on: PartialDate | None = None


class Source(Struct, frozen=True, kw_only=True):
    """Where something was said, by whom and when; `sha256` is the checksum of the copy that the campaign keeps.

    `file` is that copy, in the folder's sources/; without one the copy is kept elsewhere.
    """

    id: str
    publisher: str
    title: str
    date: PartialDate | None = None
    url: str = ""
    language: str = ""
    sha256: str = ""
    file: str = ""


class Media(Struct, frozen=True, kw_only=True):
    """A picture in media/: its name there, what it shows, who made it, and its bytes."""

    file: str
    alt: str
    credit: str = ""
    data: bytes = b""


class Campaign(Struct, frozen=True, kw_only=True):
    """One campaign folder, loaded and found without an error."""

    id: str
    title: str
    headline: str
    summary: str = ""
    country: str = ""
    source_language: str
    languages: tuple[str, ...]
    opened: PartialDate
    closes: PartialDate | None = None
    profile: str = "open"
    custodians_needed: int | None = None
    accent: str = "#a81f1f"
    owner: Owner
    beneficiary: Beneficiary | None = None
    affiliate: Affiliate | None = None
    custodians: tuple[Custodian, ...] = ()
    demands: tuple[Demand, ...]
    actions: tuple[Action, ...]
    media: tuple[Media, ...] = ()
    statement: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    people: tuple[Person, ...] = ()
    timeline: tuple[Event, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    targets: tuple[Target, ...] = ()
    sources: tuple[Source, ...] = ()
    translations: Mapping[str, Catalogue] = field(default_factory=dict)
    copies: Mapping[str, bytes] = field(default_factory=dict)
    """The kept copies of sources by their name in sources/; each has the sha256 that its source says."""

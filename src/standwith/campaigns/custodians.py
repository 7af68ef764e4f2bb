"""Who can open a campaign's records: the custodians of its folder, or else those of the installation, and how many of
them it takes.

    custodian_keys = ["standwith-custodian-1 5b3f… q83v… Kofi Example", "age1… Amina Example"]     in the settings
    custodians_needed = 2

A custodian in the settings is the line of their public key, and behind it, if you like, who they are.
Invariant: what `custodians_of` returns can be sealed to: keys that parse, all different, `needed` of them at least 1
and at most as many as there are; for a guarded campaign at least 2. Where nothing is said, one custodian is needed of
one, two of two or more. Knows no settings but these two; holds no secret key.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from standwith.campaigns.errors import CampaignError
from standwith.campaigns.model import Campaign, Custodian
from standwith.sealing.age import PUBLIC as AGE
from standwith.sealing.envelope import MOST_CUSTODIANS
from standwith.sealing.errors import KeyRefused
from standwith.sealing.recipients import parse_recipient

GUARDED_NEEDS = 2


class CustodiansRefused(CampaignError):
    """These custodians cannot keep this campaign's records; the sentence says what mends it."""


class Defaults(Protocol):
    """What an installation says of custodians."""

    @property
    def custodian_keys(self) -> Sequence[str]:
        """Lines as `read_custodian` reads them."""

    @property
    def custodians_needed(self) -> int:
        """How many of them open a record together; 0 means the usual rule."""


class Custodians(NamedTuple):
    """All custodians of a campaign, and how many of them open a record together."""

    all: tuple[Custodian, ...]
    needed: int

    @property
    def keys(self) -> list[str]:
        """Their public keys, a line each."""
        return [custodian.key for custodian in self.all]


def usual_number(count: int) -> int:
    """How many of `count` custodians are needed where nobody says: one of one, otherwise two."""
    return min(count, 2)


def read_custodian(line: str) -> Custodian:
    """A custodian in one line: the public key, and perhaps a name. Raises KeyRefused."""
    length = 1 if line.strip().startswith(AGE) else 3
    parts = line.strip().split(" ", length)
    key = " ".join(parts[:length])
    parse_recipient(key)
    return Custodian(name="".join(parts[length:]).strip(), key=key)


def write_custodian(custodian: Custodian) -> str:
    """The line that `read_custodian` reads."""
    return f"{custodian.key} {custodian.name}".strip()


def custodians_of(campaign: Campaign, defaults: Defaults) -> Custodians:
    """The custodians of a campaign; raises CustodiansRefused."""
    if campaign.custodians:
        return choose(campaign.id, campaign.profile, campaign.custodians, campaign.custodians_needed or 0)
    try:
        found = tuple(map(read_custodian, defaults.custodian_keys))
    except KeyRefused as problem:
        raise CustodiansRefused(f"custodian_keys in the settings: {problem}") from None
    return choose(campaign.id, campaign.profile, found, defaults.custodians_needed)


def choose(campaign: str, profile: str, found: Sequence[Custodian], needed: int) -> Custodians:
    """These custodians for a campaign of this profile, `needed` as given or as usual; raises CustodiansRefused."""
    if not found:
        raise CustodiansRefused(
            f"{campaign} has no custodian, so nobody could ever read who signed; make a key with `standwith key FILE` "
            "and put its public line into campaign.toml, or into custodian_keys of the settings."
        )
    chosen = Custodians(tuple(found), needed or usual_number(len(found)))
    if problem := misfit(chosen.keys, chosen.needed):
        raise CustodiansRefused(f"The custodians of {campaign} do not fit together: {problem}")
    if profile == "guarded" and chosen.needed < GUARDED_NEEDS:
        raise CustodiansRefused(
            f"{campaign} is guarded, and one custodian alone could open its records; name at least two, and let two be "
            "needed."
        )
    return chosen


def misfit(keys: Sequence[str], needed: int) -> str:
    """Why these keys and this number cannot go together; "" if they can."""
    if len(set(keys)) < len(keys):
        return "the same key stands there twice; each custodian has a key of their own."
    if len(keys) > MOST_CUSTODIANS:
        return f"there are {len(keys)} custodians; {MOST_CUSTODIANS} are the most."
    if not 1 <= needed <= len(keys):
        return f"{needed} are needed and {len(keys)} are named; custodians_needed says how many of them open a record."
    return ""

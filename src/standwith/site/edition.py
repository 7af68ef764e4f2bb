"""One campaign in one of its languages, with its numbers: what a page of the site is about.

Invariant: an edition exists only for a language that may be published. Its texts are laid out when a page first asks
for them, so an unchanged edition costs nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from msgspec import structs

from standwith.campaigns.model import Campaign
from standwith.campaigns.texts import text_digest
from standwith.campaigns.translations import publishable
from standwith.languages import Voice, voice
from standwith.site.ingredients import Ingredients
from standwith.site.numbers import Numbers
from standwith.site.view import CampaignView

Editions = Mapping[str, Mapping[str, "Edition"]]
"""Campaign id -> language -> edition; the campaign's own order of languages."""

Federations = Mapping[tuple[str, str], str]
"""(country, name) of an organisation of the campaign -> its id, where it has a page in the directory."""


@dataclass(frozen=True)
class Edition:
    """One campaign in one language; `open` says whether signatures are still taken, `today` (UTC) when it is shown."""

    campaign: Campaign
    code: str
    numbers: Numbers
    open: bool
    made_of: Ingredients
    today: date
    federations: Federations = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.campaign.id

    @property
    def path(self) -> str:
        """The directory of the edition under the root of the site."""
        return f"{self.code}/{self.campaign.id}/"

    @property
    def guarded(self) -> bool:
        return self.campaign.profile == "guarded"

    @property
    def voice(self) -> Voice:
        return voice(self.code)

    @cached_property
    def view(self) -> CampaignView:
        """The texts, laid out for the templates."""
        return CampaignView(self.campaign, self.voice, text=text_digest(self.campaign, self.code), open_=self.open)


def editions_of(
    campaigns: Sequence[Campaign],
    numbers: Mapping[str, Numbers],
    today: date,
    federations: Mapping[str, Federations] = MappingProxyType({}),
) -> Editions:
    """Return every campaign in every language it may be published in, sorted by campaign id."""
    return {
        campaign.id: _editions(campaign, numbers.get(campaign.id, Numbers()), today, federations.get(campaign.id, {}))
        for campaign in sorted(campaigns, key=lambda campaign: campaign.id)
    }


def _editions(campaign: Campaign, numbers: Numbers, today: date, federations: Federations) -> Mapping[str, Edition]:
    if not is_open(campaign, today):
        numbers = structs.replace(numbers, paused=False)  # what is over is not paused any more
    made_of, open_ = Ingredients(campaign), is_open(campaign, today) and not numbers.paused
    codes = publishable(campaign)
    return {code: Edition(campaign, code, numbers, open_, made_of, today, federations) for code in codes}


def is_open(campaign: Campaign, today: date) -> bool:
    """Return whether the campaign takes signatures on this day (UTC); its last day counts."""
    return campaign.closes is None or today <= campaign.closes.last_day()

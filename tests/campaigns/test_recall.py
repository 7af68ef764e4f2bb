"""What is remembered is given again for the very same parts only; translations followed the short way are the same."""

import random

import pytest
from msgspec.structs import replace

from standwith.campaigns import recall as remembering
from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall, recall_by, recall_of
from standwith.campaigns.translations import Text, _shown, catalogue_of, localise
from standwith.languages import Catalogue
from tests.campaigns.belarus import CAMPAIGN, translate


def test_the_same_campaign_is_worked_out_once_and_its_equal_again() -> None:
    asked: list[str] = []
    look = recall(lambda campaign, code: asked.append(code) or campaign.title)
    for campaign in (CAMPAIGN, CAMPAIGN, replace(CAMPAIGN)):
        assert look(campaign, "".join(("f", "r"))) == CAMPAIGN.title
    look(CAMPAIGN, "de")
    assert asked == ["fr", "fr", "de"]


def test_a_part_that_stayed_is_not_worked_out_again_and_one_that_changed_is() -> None:
    count = recall_of("facts")(lambda campaign: len(campaign.facts))
    both = recall_of("facts", "title")(lambda campaign: (len(campaign.facts), campaign.title))
    fewer, renamed = replace(CAMPAIGN, facts=CAMPAIGN.facts[1:]), replace(CAMPAIGN, title="Another")
    every = len(CAMPAIGN.facts)
    assert [count(one) for one in (CAMPAIGN, fewer, renamed)] == [every, every - 1, every]
    assert [both(one)[1] for one in (CAMPAIGN, renamed, fewer)] == [CAMPAIGN.title, "Another", CAMPAIGN.title]
    assert both(fewer)[0] == every - 1


def test_what_was_asked_for_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "KEPT", 2)
    asked: list[str] = []
    look = recall_by(lambda text: (text,))(lambda text: asked.append(text))
    for text in "abacab":
        look(text)
    assert "".join(asked) == "abcb"


@pytest.mark.parametrize("seed", range(40))
def test_a_page_shows_what_the_updated_file_would_say(seed: int) -> None:
    campaign = disturb(translate(CAMPAIGN), random.Random(seed))
    shown = {key: text for key, text in localise(campaign, "fr").texts.items() if text.text}
    known = {f"fact:{fact.id}" for fact in campaign.facts}
    entries = catalogue_of(campaign, "fr").live()
    slowly: dict[str, Text] = {entry.context: _shown(entry, "fr", "en", known) for entry in entries}
    assert shown == slowly


def disturb(campaign: Campaign, chance: random.Random) -> Campaign:
    """Blocks in another order, changed texts; entries lost, stale, obsolete."""
    blocks = chance.sample(campaign.statement, len(campaign.statement))
    facts = tuple(
        replace(fact, what=f"{fact.what}, again") if chance.random() < 0.3 else fact for fact in campaign.facts
    )
    entries = []
    for entry in campaign.translations["fr"].entries:
        dice = chance.random()
        if dice > 0.15:
            entries.append(replace(entry, fuzzy=dice < 0.3, obsolete=0.3 < dice < 0.4))
    catalogue = Catalogue(language="fr", entries=tuple(entries))
    return replace(campaign, statement=tuple(blocks), facts=facts, translations={"fr": catalogue})

import json
from datetime import date

import pytest
from msgspec.structs import replace

from standwith.campaigns import translations
from standwith.campaigns.manifest import KnownText, TextUnknown, compile_manifest
from standwith.campaigns.model import Campaign
from standwith.campaigns.texts import text_digest
from standwith.languages import PartialDate
from tests.campaigns.belarus import CAMPAIGN, translate

KEYS = ["standwith-custodian-1 abc def", "age1abc", "age1def"]


@pytest.fixture(autouse=True)
def interface(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interface that is complete in every language."""
    monkeypatch.setattr(translations, "untranslated", lambda code: ())


def compiled(campaign: Campaign, known: list[KnownText] | None = None, today: date | None = None) -> dict:
    data = compile_manifest(
        [campaign],
        site_url="https://example.org",
        custodians={campaign.id: KEYS},
        needed={campaign.id: 2},
        known_texts={campaign.id: known} if known else {},
        today=today,
    )
    return json.loads(data)


def test_the_manifest_says_all_that_the_intake_needs() -> None:
    campaign = translate(CAMPAIGN)
    english, french = (text_digest(campaign, code) for code in ("en", "fr"))
    assert compiled(campaign) == {
        "version": 2,
        "site_url": "https://example.org",
        "campaigns": {
            "belarus": {
                "open": True,
                "closes": "",
                "accent": "#a81f1f",
                "profile": "open",
                "custodians": KEYS,
                "needed": 2,
                "source": "en",
                "texts": {
                    english: {"language": "en", "version": 1},
                    french: {"language": "fr", "version": 1},
                },
                "languages": {
                    "en": {
                        "title": "Stand with Belarus",
                        "headline": "Set them free.",
                        "owner": "Example Union",
                        "affiliate": "Example Affiliate",
                        "text": english,
                    },
                    "fr": {
                        "title": "fr: Stand with Belarus",
                        "headline": "fr: Set them free.",
                        "owner": "Example Union",
                        "affiliate": "Example Affiliate",
                        "text": french,
                    },
                },
            }
        },
    }


def test_the_intake_is_told_that_a_campaign_is_guarded() -> None:
    assert compiled(replace(CAMPAIGN, profile="guarded"))["campaigns"]["belarus"]["profile"] == "guarded"


def test_a_text_of_yesterday_stays_known() -> None:
    now = text_digest(CAMPAIGN, "en")
    texts = compiled(CAMPAIGN, [("0" * 64, "en", 1), (now, "en", 2)])["campaigns"]["belarus"]["texts"]
    assert texts == {"0" * 64: {"language": "en", "version": 1}, now: {"language": "en", "version": 2}}


def test_a_text_that_nobody_registered_is_refused() -> None:
    with pytest.raises(TextUnknown, match="belarus"):
        compiled(CAMPAIGN, [("0" * 64, "en", 1)])


def test_a_campaign_is_open_to_the_end_of_its_last_day() -> None:
    campaign = replace(CAMPAIGN, closes=PartialDate(2020, 12))
    days = (date(2020, 12, 31), date(2021, 1, 1))
    assert [compiled(campaign, today=day)["campaigns"]["belarus"]["open"] for day in days] == [True, False]
    assert compiled(campaign)["campaigns"]["belarus"]["closes"] == "2020-12-31"


def test_a_language_that_is_not_published_cannot_be_signed_in() -> None:
    assert set(compiled(CAMPAIGN)["campaigns"]["belarus"]["languages"]) == {"en"}


def test_the_source_language_is_said_wherever_it_is_listed() -> None:
    campaign = translate(CAMPAIGN)
    said = compiled(replace(campaign, languages=("fr", "en")))["campaigns"]["belarus"]
    assert (said["source"], list(said["languages"])) == ("en", ["fr", "en"])


def test_a_language_that_was_closed_keeps_its_text() -> None:
    french, english = text_digest(translate(CAMPAIGN), "fr"), text_digest(CAMPAIGN, "en")
    said = compiled(CAMPAIGN, [(english, "en", 1), (french, "fr", 1)])["campaigns"]["belarus"]
    assert set(said["languages"]) == {"en"}
    assert said["texts"][french] == {"language": "fr", "version": 1}


def test_the_same_campaigns_give_the_same_bytes() -> None:
    other = replace(CAMPAIGN, id="other")
    both = {"custodians": {"belarus": KEYS, "other": KEYS[:1]}, "needed": {"belarus": 2, "other": 1}}
    arguments = {"site_url": "https://example.org", "known_texts": {}, **both}
    assert compile_manifest([CAMPAIGN, other], **arguments) == compile_manifest([other, CAMPAIGN], **arguments)

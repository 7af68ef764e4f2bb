import pytest
from msgspec.structs import replace

from standwith.campaigns import translations
from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import Text, gate, localise, publishable, strings, update
from standwith.languages import Catalogue
from tests.campaigns.belarus import CAMPAIGN, HOPE, KILLED, WORKERS, translate

REQUIRED = {string.key for string in strings(CAMPAIGN) if string.required}


@pytest.fixture(autouse=True)
def interface(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    """The interface's untranslated messages by language; complete unless a test says otherwise."""
    missing: dict[str, tuple[str, ...]] = {}
    monkeypatch.setattr(translations, "untranslated", lambda code: missing.get(code, ()))
    return missing


def test_a_whole_translation_opens_the_gate() -> None:
    campaign = translate(CAMPAIGN)
    assert publishable(campaign) == ("en", "fr")
    found = gate(campaign, "fr")
    assert (found.live, found.missing, found.stale, found.total, found.words) == (
        True,
        0,
        0,
        len(strings(campaign)),
        "live",
    )


def test_a_language_nobody_has_begun_is_not_published() -> None:
    found = gate(CAMPAIGN, "ar")
    assert (found.live, found.missing, found.words) == (False, found.total, "not begun")
    assert publishable(CAMPAIGN) == ("en",)


@pytest.mark.parametrize("key", sorted(REQUIRED))
def test_each_required_string_alone_closes_the_gate(key: str) -> None:
    campaign = translate(CAMPAIGN, but=lambda candidate: candidate == key)
    assert publishable(campaign) == ("en",)
    assert gate(campaign, "fr").words == "nearly: 1 string"


def test_what_is_not_required_leaves_the_gate_open_and_is_counted() -> None:
    found = gate(translate(CAMPAIGN, but=lambda key: key not in REQUIRED), "fr")
    assert (found.live, found.missing, found.required_missing) == (True, found.total - len(REQUIRED), 0)


def test_an_interface_that_is_not_complete_closes_the_gate(interface: dict[str, tuple[str, ...]]) -> None:
    interface["fr"] = ("Sign the statement", "Country")
    found = gate(translate(CAMPAIGN), "fr")
    assert (found.live, found.interface_missing, found.words) == (False, 2, "interface: 2 strings")


def test_the_words_for_a_language_that_is_far_from_ready() -> None:
    assert gate(translate(CAMPAIGN, but=lambda key: key in REQUIRED), "fr").words == f"missing: {len(REQUIRED)} strings"
    keys = {"statement:1", "title", "demand:strike"}
    assert gate(translate(CAMPAIGN, but=keys.__contains__), "fr").words == "nearly: 3 strings"


def changed(campaign: Campaign, *blocks: str) -> Campaign:
    return replace(campaign, statement=blocks)


def test_a_changed_source_is_stale_before_anyone_updates_the_file() -> None:
    campaign = changed(translate(CAMPAIGN), WORKERS.replace("many", "forty"), KILLED, HOPE)
    assert localise(campaign, "fr").text("statement:1") == Text(f"fr: {WORKERS}", "fr", "stale")
    found = gate(campaign, "fr")
    assert (found.live, found.stale, found.words) == (True, 1, "stale: 1")


def test_updating_the_file_keeps_the_previous_text_and_shows_the_same() -> None:
    campaign = changed(translate(CAMPAIGN), WORKERS.replace("many", "forty"), KILLED, HOPE)
    updated = update(campaign, campaign.translations["fr"])
    entry = next(entry for entry in updated.entries if entry.context == "statement:1")
    assert (entry.fuzzy, entry.previous) == (True, WORKERS)
    assert localise(replace(campaign, translations={"fr": updated}), "fr") == localise(campaign, "fr")
    assert update(campaign, updated) == updated


def test_blocks_follow_their_text_when_one_is_put_between() -> None:
    campaign = changed(translate(CAMPAIGN), WORKERS, "An entirely new thought about wages.", KILLED, HOPE)
    texts = localise(campaign, "fr").statement
    assert [text.state for text in texts] == ["current", "missing", "current", "current"]
    assert texts[1] == Text("An entirely new thought about wages.", "en", "missing")
    assert texts[2].text == f"fr: {KILLED}"


def test_a_translation_that_lost_a_figure_counts_as_missing() -> None:
    campaign = translate(CAMPAIGN)
    entries = tuple(
        replace(entry, target="Deux personnes.") if entry.context == "statement:2" else entry
        for entry in campaign.translations["fr"].entries
    )
    campaign = replace(campaign, translations={"fr": Catalogue(language="fr", entries=entries)})
    assert localise(campaign, "fr").text("statement:2") == Text(KILLED, "en", "missing")
    assert publishable(campaign) == ("en",)


def test_a_stale_translation_that_speaks_of_a_fact_no_longer_there_counts_as_missing() -> None:
    campaign = replace(changed(translate(CAMPAIGN), WORKERS, KILLED.replace("{fact:killed}", "many"), HOPE), facts=())
    assert localise(campaign, "fr").text("statement:2").state == "missing"


def test_the_source_language_shows_itself() -> None:
    texts = localise(CAMPAIGN, "en")
    assert texts.statement == tuple(Text(block, "en", "current") for block in CAMPAIGN.statement)
    assert texts.text("summary") == Text("", "en", "current")
    with pytest.raises(KeyError):
        texts.text("no:such:place")


def test_the_source_language_is_published_even_where_the_list_forgot_it() -> None:
    assert publishable(replace(CAMPAIGN, languages=("fr",))) == ("en",)


def test_translators_are_told_what_a_string_is_for_and_where_it_stands() -> None:
    entry = update(CAMPAIGN, Catalogue(language="fr")).entries[0]
    assert (entry.notes, entry.where) == (("what the campaign is called",), ("campaign.toml",))

import pytest
from msgspec.structs import replace

from standwith.campaigns.strings import slots, strings
from standwith.facts import UNITS, WORDINGS, Figures
from standwith.languages import voice
from standwith.site.figures import plain_figure
from tests.campaigns.belarus import CAMPAIGN


def test_every_string_has_its_key_in_the_order_of_the_folder() -> None:
    assert [string.key for string in strings(CAMPAIGN)] == [
        "title",
        "headline",
        "demand:release",
        "demand:release:addressee",
        "demand:strike",
        "demand:strike:addressee",
        "action:sign:title",
        "action:sign:text",
        "action:letter:title",
        "statement:1",
        "statement:2",
        "statement:3",
        "fact:killed:what",
        "fact:killed:disputed",
        "fact:years:what",
        "person:amina:name",
        "person:amina:role",
        "person:amina:organisation",
        "person:amina:detail-1",
        "person:b:role",
        "event:2020-08-09:title",
        "event:2020-08-09:place",
        "event:2020-08-09.2:title",
    ]


def test_a_name_that_is_not_shown_in_full_is_not_handed_to_translators() -> None:
    texts = " ".join(string.text for string in strings(CAMPAIGN))
    assert "Amina Example" in texts
    assert "Bela Example" not in texts
    assert "Cyril" not in texts
    assert "driver" not in texts


def test_what_signing_needs_is_required_and_the_rest_is_not() -> None:
    required = {string.key for string in strings(CAMPAIGN) if string.required}
    assert required == {
        "title",
        "headline",
        "demand:release",
        "demand:release:addressee",
        "demand:strike",
        "demand:strike:addressee",
        "action:sign:title",
        "action:sign:text",
        "statement:1",
        "statement:2",
        "statement:3",
    }


def test_keys_are_unique_and_empty_texts_are_slots_but_no_strings() -> None:
    keys = [slot.key for slot in slots(CAMPAIGN)]
    assert len(keys) == len(set(keys))
    assert "summary" in keys
    assert "summary" not in {string.key for string in strings(CAMPAIGN)}


def test_a_translator_is_told_what_a_figure_stands_for() -> None:
    notes = {string.key: string.note for string in strings(CAMPAIGN)}
    assert notes["statement:2"] == "{fact:killed} puts in “at least 2”"
    assert notes["fact:years:what"] == "what is counted; the page says “26 years” beside it"
    assert notes["statement:1"] == ""


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("wording", WORDINGS)
def test_the_note_says_exactly_what_the_english_page_puts_in(unit: str, wording: str) -> None:
    takes = WORDINGS[wording].figures
    low, high = {
        Figures.BOTH_EQUAL: (1, 1),
        Figures.RANGE: (1, 70),
        Figures.LOW: (1200, None),
        Figures.HIGH: (None, 80),
        Figures.NONE: (None, None),
    }[takes]
    fact = replace(CAMPAIGN.facts[0], low=low, high=high, unit=unit, wording=wording)
    notes = {string.key: string.note for string in strings(replace(CAMPAIGN, facts=(fact,)))}
    assert notes["statement:2"] == f"{{fact:killed}} puts in “{plain_figure(fact, voice('en'))}”"

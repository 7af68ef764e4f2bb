from standwith.campaigns.strings import slots, strings
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
    assert notes["statement:2"] == "{fact:killed} is “at least 2 people”"
    assert notes["fact:years:what"] == "what is counted: exactly 26 years"
    assert notes["statement:1"] == ""

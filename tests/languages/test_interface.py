"""The interface as it is shipped: every message of the code is there, and said well in every language."""

import pytest

from standwith.languages import INTERFACE, voice
from standwith.languages.extract import extract_interface
from standwith.languages.messages import FOLDER, load_interface, untranslated
from standwith.languages.proofread import proofread

TRANSLATED = [code for code in INTERFACE if code != "en"]


@pytest.fixture(scope="module")
def asked() -> set[tuple[str, str]]:
    return {(message.source, message.plural) for message in extract_interface()}


@pytest.mark.parametrize("code", INTERFACE)
def test_the_catalogue_holds_what_the_code_says(code: str, asked: set[tuple[str, str]]) -> None:
    """If this is red: python -m standwith.languages.extract"""
    assert {(entry.source, entry.plural) for entry in load_interface(code).live()} == asked


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_with_its_placeholders_and_plural_forms(code: str) -> None:
    faults = {entry.source: proofread(entry, code) for entry in load_interface(code).live()}
    assert faults
    assert {source: found for source, found in faults.items() if found} == {}
    assert untranslated(code) == ()
    assert voice(code).fallback is False


@pytest.mark.parametrize("code", INTERFACE)
def test_the_catalogue_is_written_in_the_one_form(code: str) -> None:
    assert load_interface(code).dump() == (FOLDER / f"{code}.po").read_bytes()


@pytest.mark.parametrize("code", TRANSLATED)
def test_messages_of_some_length_are_not_left_in_english(code: str) -> None:
    """A translator who copies the source has translated nothing; short words may be the same in two languages."""
    same = [
        e.source for e in load_interface(code).live() if len(e.source.split()) > 3 and e.source in (e.target, *e.forms)
    ]
    assert same == []

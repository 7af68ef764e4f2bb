import pytest

from standwith.languages import INTERFACE, Language, UnknownLanguage, language
from standwith.languages.tags import spoken_as


def test_a_language_has_its_own_name_and_direction() -> None:
    assert language("ar") == Language("ar", "العربية", "rtl")
    assert language("be") == Language("be", "Беларуская", "ltr")
    assert language("ckb").direction == "rtl"


def test_georgian_keeps_its_small_letters_in_a_menu() -> None:
    assert language("ka").name == "ქართული"


def test_the_thirteen_languages_are_known() -> None:
    assert len({language(code).name for code in INTERFACE}) == len(INTERFACE) == 13


@pytest.mark.parametrize("code", ["", "xx", "english", "pt_BR", "EN", "en-", "../fr", "fr ", "en-XYZZY", "é"])
def test_what_nobody_speaks_is_refused(code: str) -> None:
    with pytest.raises(UnknownLanguage, match="language code"):
        language(code)


def test_a_regional_language_is_served_by_the_language_itself() -> None:
    assert [spoken_as(code) for code in ("pt-BR", "be", "ckb", "sr-Latn")] == ["pt", "be", None, None]

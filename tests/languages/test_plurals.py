import pytest
from babel import Locale

from standwith.languages import INTERFACE
from standwith.languages.plurals import plurals


@pytest.mark.parametrize("code", INTERFACE)
def test_the_forms_part_the_numbers_as_cldr_does(code: str) -> None:
    """Two numbers that CLDR puts into different categories must not share a form."""
    category = Locale(code).plural_form
    forms: dict[int, set[str]] = {}
    for n in range(1001):
        forms.setdefault(plurals(code).choose(n), set()).add(category(n))
    differs = {"pt"}  # CLDR's pt says "0 pessoa", everyone else, gettext included, "0 pessoas"
    assert all(len(categories) == 1 for categories in forms.values()) or code in differs
    assert sorted(forms) == list(range(plurals(code).count))


def test_one_and_many_in_some_languages() -> None:
    def chosen(code: str) -> list[int]:
        return [plurals(code).choose(n) for n in (0, 1, 2, 5, 21, 100, 101)]

    assert chosen("en") == [1, 0, 1, 1, 1, 1, 1]
    assert chosen("fr") == [0, 0, 1, 1, 1, 1, 1]
    assert chosen("ru") == chosen("be") == chosen("uk") == [2, 0, 1, 2, 0, 2, 0]
    assert chosen("pl") == [2, 0, 1, 2, 2, 2, 2]
    assert chosen("ar") == [0, 1, 2, 3, 4, 5, 5]


def test_a_region_counts_like_its_language_and_a_stranger_like_english() -> None:
    assert plurals("fr-CA").header == plurals("fr").header
    assert plurals("ckb").header == "nplurals=2; plural=(n != 1);"

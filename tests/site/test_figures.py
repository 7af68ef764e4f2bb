"""Figures of facts in words: nothing invented, each language its own form."""

import pytest

from standwith.facts import UNITS, WORDINGS, Fact, Figures
from standwith.languages import INTERFACE, PartialDate, voice
from standwith.site.figures import figure, plain_figure

SHAPES = {
    Figures.BOTH_EQUAL: (26, 26),
    Figures.RANGE: (20, 30),
    Figures.LOW: (7000, None),
    Figures.HIGH: (None, 90),
    Figures.NONE: (None, None),
}


def fact(wording: str, unit: str = "people", low: int | None = None, high: int | None = None) -> Fact:
    """A fact about people with this wording."""
    as_of = PartialDate(2020)
    return Fact(id="x", what="x", low=low, high=high, unit=unit, wording=wording, as_of=as_of, source="s")


@pytest.mark.parametrize(
    ("wording", "unit", "low", "high", "said"),
    [
        ("exactly", "people", 42, 42, "42"),
        ("more than", "people", 7000, None, "more than 7,000"),
        ("almost", "people", None, 10_000_000, "almost 10,000,000"),
        ("several thousand", "people", None, None, "several thousand"),
        ("exactly", "percent", 80, 80, "80%"),
        ("exactly", "years", 26, 26, "26 years"),
        ("at least", "years", 1, None, "at least 1 year"),
        ("between", "years", 20, 30, "between 20 and 30 years"),
        ("between", "percent", 20, 30, "between 20% and 30%"),
    ],
)
def test_english(wording: str, unit: str, low: int | None, high: int | None, said: str) -> None:
    assert plain_figure(fact(wording, unit, low, high), voice("en")) == said


def test_the_number_is_what_the_page_makes_large() -> None:
    assert figure(fact("more than", low=7000), voice("en")) == "more than <b>7,000</b>"
    assert figure(fact("thousands"), voice("en")) == "<b>thousands</b>"


@pytest.mark.parametrize("code", INTERFACE)
def test_every_wording_and_unit_is_said_whole_in_every_language(code: str) -> None:
    for wording, (figures, _) in WORDINGS.items():
        low, high = SHAPES[figures]
        for unit in UNITS:
            said = plain_figure(fact(wording, unit, low, high), voice(code))
            assert said, (wording, unit)
            assert "{" not in said, (wording, unit)

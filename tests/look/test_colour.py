"""Accents stay readable on paper and on ink, whatever a campaign chooses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.look.colour import ColourRefused, contrast, ink_on, parse, readable, write

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(write)


def test_contrast_of_black_on_white_is_the_greatest_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS, st.sampled_from(["#f6f3ea", "#22201c"]))
def test_every_accent_becomes_readable(colour: str, ground: str) -> None:
    assert contrast(readable(colour, ground, 5.5), ground) >= 5.5


def test_a_readable_accent_is_left_as_it_is() -> None:
    assert readable("#a81f1f", "#f6f3ea", 5.5) == "#a81f1f"


@given(COLOURS)
def test_ink_on_any_accent_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize("text", ["red", "#fff", "#a81f1g", "a81f1f", "#a81f1f;}", "#a81f1f\n"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ColourRefused):
        parse(text)

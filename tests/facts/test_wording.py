import pytest

from standwith.facts import WORDINGS, Figures, figures_of


@pytest.mark.parametrize(
    ("low", "high", "figures"),
    [
        (None, None, Figures.NONE),
        (0, None, Figures.LOW),
        (None, 0, Figures.HIGH),
        (42, 42, Figures.BOTH_EQUAL),
        (1, 2, Figures.RANGE),
        (2, 1, None),
    ],
)
def test_figures_have_a_shape(low, high, figures):
    assert figures_of(low, high) is figures


@pytest.mark.parametrize(("wording", "description"), WORDINGS.items())
def test_a_phrase_has_a_hole_for_each_figure_and_no_other(wording, description):
    holes = {Figures.NONE: set(), Figures.RANGE: {"{low}", "{high}"}}.get(description.figures, {"{n}"})
    assert {hole for hole in ("{n}", "{low}", "{high}") if hole in description.phrase} == holes


def test_words_alone_take_no_figure():
    assert WORDINGS["several thousand"].figures is Figures.NONE

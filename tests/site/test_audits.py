"""Audits: no bound looks smaller than it is, and the drawing stays inside its frame."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from standwith.languages import voice
from standwith.site.audits import SAMPLES, bound_of, share, view_audits
from tests.site.conftest import AUDIT


@pytest.mark.parametrize(
    ("part", "said"), [(0.05, "5%"), (0.0158, "1.6%"), (0.01501, "1.6%"), (0.3, "30%"), (0.0, "0%"), (0.00001, "0.1%")]
)
def test_a_bound_is_rounded_up(part: float, said: str) -> None:
    assert share(part, voice("en")) == said


def test_a_bound_is_said_in_the_language_of_the_page() -> None:
    assert share(0.0158, voice("de")) == "1,6\xa0%"
    assert "١٫٦" in share(0.0158, voice("ar"))


def test_the_samples_of_the_table_say_what_a_sample_says() -> None:
    for n, bound in SAMPLES:
        assert bound_of(n) == pytest.approx(bound, rel=0.015)


@given(st.integers(1, 100_000), st.floats(0.001, 1))
def test_everything_drawn_is_inside_the_frame(n: int, bound: float) -> None:
    [view] = view_audits([(replace(AUDIT, n=n, bound95=bound), "x")], voice("en"))
    points = [tuple(map(float, pair.split())) for pair in view.curve[1:].split("L")]
    for x, y in (*points, (view.x, view.y)):
        assert 14 <= x <= 98
        assert 4 <= y <= 44
    assert [y for _, y in points] == sorted(y for _, y in points)


def test_the_drawing_says_in_words_what_it_shows() -> None:
    [view] = view_audits([(AUDIT, "Stand with Belarus")], voice("en"))
    assert "298" in view.alt
    assert "1.6%" in view.alt
    assert re.fullmatch(r"M[\d. L]+", view.curve)


def test_the_latest_audit_comes_first() -> None:
    later = replace(AUDIT, date=date(2020, 12, 1))
    assert [view.audit for view in view_audits([(AUDIT, "x"), (later, "x")], voice("en"))] == [later, AUDIT]

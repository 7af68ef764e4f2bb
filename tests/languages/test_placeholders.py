from hypothesis import given
from hypothesis import strategies as st

from standwith.languages.placeholders import extra_placeholders, fill, lost_placeholders, placeholders, stray_braces


def test_lost_and_extra_placeholders_are_told() -> None:
    source, target = "{fact:killed} people, {fact:detained}", "{fact:killed} личностей, {fact:wounded}, {n}"
    assert lost_placeholders(source, target) == ("fact:detained",)
    assert extra_placeholders(source, target) == ("fact:wounded", "n")


def test_order_and_repetition_are_the_translator_s() -> None:
    assert lost_placeholders("{a} and {b}", "{b}, {a}, {a}") == extra_placeholders("{a} and {b}", "{b}, {a}, {a}") == ()


def test_a_value_is_never_read_as_a_placeholder() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "x"}.get) == "{b} x"


def test_nothing_inside_a_value_can_be_reached() -> None:
    texts = ["{a.__class__}", "{a[0]}", "{a!r}", "{0}", "{}", "{A}", "{fact:}", "{ a }"]
    assert [fill(text, lambda name: "value") for text in texts] == texts
    assert all(stray_braces(text) for text in texts)


@given(st.text())
def test_a_text_without_values_stays_as_it_is(text: str) -> None:
    assert fill(text, lambda name: None) == text
    assert sum(placeholders(text).values()) <= text.count("{")

"""Emphasis and links survive being written and read, whatever the text is."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standwith.documents.marking import Span, plain_of, read_spans, tidy, write_spans

letters = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=12)
spans = st.lists(st.builds(Span, letters), min_size=1, max_size=5)


@settings(max_examples=400)
@given(spans)
def test_plain_text_reads_back_as_it_was(found: list[Span]) -> None:
    wanted = tidy(found)
    assert plain_of(tidy(read_spans(write_spans(wanted)))) == plain_of(wanted)


def test_what_is_bold_italic_or_a_link_stays_so() -> None:
    text = "We **stand** with *her* and ***all***: [here](https://example.org/a_(b)) and _there_, 2 * 3 * 4, a_b_c"
    wanted = tidy(read_spans(text))
    assert tidy(read_spans(write_spans(wanted))) == wanted


def test_an_address_that_is_its_own_text_needs_no_link() -> None:
    found = [Span("Write to "), Span("desk@example.org", link="mailto:desk@example.org"), Span(" now", bold=True)]
    assert write_spans(tidy(found)) == "Write to desk@example.org **now**"


@pytest.mark.parametrize("text", ["a * b *c", "[x](y)", "<b>", "\\", "_a_", "`a`", "&amp;", "*", "#StandWith_Amina_x"])
def test_signs_of_markdown_in_plain_text_are_guarded(text: str) -> None:
    assert plain_of(read_spans(write_spans([Span(text)]))) == text


def test_blanks_move_out_of_emphasis_and_what_is_unseen_is_gone() -> None:
    found = tidy([Span("We\u200b "), Span(" stand ", bold=True), Span("with\u00adher\u00a0now, 10\u00a0%")])
    assert write_spans(found) == "We **stand** withher now, 10\u00a0%"
    assert unicodedata.is_normalized("NFC", plain_of(tidy([Span("e\u0301")])))

"""The table of opened records: every cell as it was, and none a formula."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.manuscript.cells import SIGNS, safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=HYPERLINK(1)",
        "+375 29",
        "-1",
        "@SUM(1)",
        "\tx",
        "\rx",
        "\nx",
        " =1+1",
        "\u00a0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "|cmd",
        "%0A=1",
    ],
)
def test_a_formula_is_a_text(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Anna;=cmd|' /C calc'!A0", "Anna;'=cmd|' /C calc'!A0"),
        ("Anna\t+1", "Anna\t'+1"),
        ("Anna; \u00a0-1;@x", "Anna;' \u00a0-1;'@x"),
        ("Anna;＝1", "Anna;'＝1"),
        ('Anna;"=1"', 'Anna;\'"=1"'),
        ("Anna\n=1", "Anna\n'=1"),
        ("Anna;\n=1", "Anna;'\n'=1"),
        ("=1;=1", "'=1;'=1"),
        ("'=1;'=1", "''=1;''=1"),
        ("Anna; Noor;b=c", "Anna; Noor;b=c"),
    ],
)
def test_a_formula_behind_what_may_part_cells_is_a_text(typed, written):
    assert safe_cell(typed) == written


def as_typed(cell):
    """What a cell was before, by the rule that the head of manuscript/cells.py gives."""
    skipped = r"['\"\s\u200b-\u200f\u2060\ufeff]*"
    return re.sub(rf"(\A|(?<=[;\t\r\n]))'(?={skipped}[{re.escape(SIGNS)}]|(?<=\A'){skipped}[\t\r\n])", "", cell)


@given(st.text("=+-@＝'\" ;\t\r\n\u200ba,", max_size=12))
def test_every_cell_can_be_had_back_and_no_part_of_it_is_a_formula(cell):
    written = safe_cell(cell)
    assert as_typed(written) == cell
    assert not any(part.strip('" \u200b')[:1] in set(SIGNS) for part in re.split(r"[;\t\r\n]", written))


def test_no_sign_is_forgotten():
    assert {c for c in map(chr, range(0x20, 0x10000)) if unicodedata.normalize("NFKC", c)[0] in "=+-@|%"} <= set(SIGNS)


@pytest.mark.parametrize("cell", ["", "Amina", "1 = 1", "O'Neill", "a=b", "李", "é", "'quoted'"])
def test_what_is_no_formula_stays(cell):
    assert safe_cell(cell) == cell

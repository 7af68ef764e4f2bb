"""Cells that a spreadsheet might take for a formula, made harmless; for every table that leaves the house.

Such a cell gets an apostrophe in front: where it begins, and behind each semicolon, tab and end of line inside it, for
where a comma stands in decimal numbers a spreadsheet parts cells there. To undo it, take one apostrophe away at each of
these places that has one, followed by nothing but apostrophes, quotation marks and blanks up to one of the SIGNS; what
was typed with an apostrophe got another, so that nothing is lost.
Invariant: no cell is a formula, and every cell can be had back as it was. A number needs no guard.
"""

import re

SIGNS = "=+-@|%" + "⁺₊﬩﹢＋⁻₋﹣－⁼₌﹦＝⩵⩶﹫＠｜﹪％"
"""What formulas begin with, and all that becomes one of them when it is normalised (UAX 15, NFKC)."""
_SKIPPED = r"['\"\s\u200b-\u200f\u2060\ufeff]*"
_BEGINS = re.compile(rf"{_SKIPPED}[\t\r\n{re.escape(SIGNS)}]")
_INSIDE = re.compile(rf"[;\t\r\n]{_SKIPPED}[{re.escape(SIGNS)}]")
_FORMULA = re.compile(rf"\A(?={_BEGINS.pattern})|(?<=[;\t\r\n])(?={_SKIPPED}[{re.escape(SIGNS)}])")
_PLAIN = re.compile(r"\w[^;\t\r\n]*")


def safe_cell(cell: str) -> str:
    """The cell, with an apostrophe wherever a spreadsheet might begin to reckon."""
    if _PLAIN.fullmatch(cell):  # nearly all
        return cell
    return _FORMULA.sub("'", cell) if _BEGINS.match(cell) or _INSIDE.search(cell) else cell

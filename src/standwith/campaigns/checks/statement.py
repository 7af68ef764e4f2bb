"""The statement: its headings, and what does not belong into running text."""

import re
from functools import cache

from babel.dates import get_month_names

from standwith.campaigns.checks.markup import find_unshown
from standwith.campaigns.checks.placeholders import check_placeholders
from standwith.campaigns.draft import Draft
from standwith.campaigns.placeholders import SUSPECT
from standwith.manuscript import Block, Place

FILE = "statement.md"
LONGEST_BLOCK = 2000
_HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r"\n(=+|-+)[ \t]*(?:\n|$)")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>|<!--[\s\S]*?-->|<![A-Z][^<>]*>")
_LINK = re.compile(r"\]\([^)\s]*|<https?://[^>\s]*>|https?://\S+")
_LIST_NUMBER = re.compile(r"^[ \t]*\d{1,9}[.)](?=\s)", re.MULTILINE)
_FIGURE = re.compile(r"(?<![\w\-–.,'’/:#])\d+(?:[.,'’ \u00a0\u202f]\d+)*%?(?![\w-])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def check_statement(draft: Draft) -> None:
    """Notes what a page would show wrongly, and figures that belong into facts.csv."""
    if FILE in draft.unread:
        return
    if not draft.statement:
        draft.report.add("empty-statement", Place(FILE, 1, 1), "The statement is empty.")
    _check_headings(draft)
    for block in draft.statement:
        place = Place(FILE, block.line, 1)
        _check_length(draft, block, place)
        check_placeholders(draft, block.text, place)
        for mark in _HTML.finditer(block.text):
            draft.report.add("raw-html", _within(place, mark), f"“{mark[0][:40]}” is HTML.")
        _check_marks(draft, block)
        _check_figures(draft, block, place)


def _within(place: Place, match: re.Match[str]) -> Place:
    """Where the match stands, in a block that starts at `place`."""
    line = place.line + match.string.count("\n", 0, match.start())
    before = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return Place(place.file, line, len(before) + 1)


def _check_length(draft: Draft, block: Block, place: Place) -> None:
    if len(block.text) > LONGEST_BLOCK:
        what = f"This block has {len(block.text)} characters; {LONGEST_BLOCK} are the most."
        draft.report.add("too-long", place, what, "Split it by an empty line; translators get one block at a time.")


def _check_marks(draft: Draft, block: Block) -> None:
    """Marks that pages show as typed, each where it begins."""
    place = Place(FILE, block.line, 1)
    for mark in find_unshown(block.text):
        place = max(place, Place(FILE, block.line + mark.line, 1))
        at = draft.report.seek(place, mark.begins) if mark.begins else place
        draft.report.add("markdown-not-shown", at, f"{mark.what} stands here; pages show it as typed.", mark.mend)
        place = at._replace(column=at.column + 1)


def _check_headings(draft: Draft) -> None:
    level = 1
    for block in draft.statement:
        heading, underline = _HEADING.match(block.text), _UNDERLINE.search(block.text)
        if heading or underline:
            found = len(heading[1]) if heading else (1 if underline and underline[1][0] == "=" else 2)
            place = Place(FILE, block.line, 1)
            if found == 1:
                what = "The title of the page is its only heading of the first level."
                draft.report.add("heading-level", place, what)
            elif found > level + 1:
                what = f"A heading of level {found} follows one of level {level}."
                draft.report.add("heading-level", place, what)
            level = max(found, 2)


def _check_figures(draft: Draft, block: Block, place: Place) -> None:
    """Digits in running text, but for years, days of a month, numbered lists, links and placeholders."""
    months = _months(draft.head.value.source_language if draft.head else "en")
    text = block.text
    for pattern in (_LINK, _LIST_NUMBER, SUSPECT):
        text = pattern.sub(lambda match: "\u00b7" * len(match[0]), text)
    for figure in _FIGURE.finditer(text):
        if not _YEAR.fullmatch(figure[0]) and not _is_day(text, figure, months):
            draft.report.add("typed-figure", _within(place, figure), f"The figure {figure[0]} is typed here.")


def _is_day(text: str, figure: re.Match[str], months: frozenset[str]) -> bool:
    if not re.fullmatch(r"[0-3]?\d", figure[0]):
        return False
    near = re.findall(r"[^\W\d_]+", text[max(0, figure.start() - 24) : figure.start()])[-1:]
    near += re.findall(r"[^\W\d_]+", text[figure.end() : figure.end() + 30])[:2]
    return any(word.lower() in months for word in near)


@cache
def _months(code: str) -> frozenset[str]:
    """The names of the months, as they stand in running text and alone."""
    try:
        names = [get_month_names("wide", context, code.replace("-", "_")) for context in ("format", "stand-alone")]
    except ValueError:
        return frozenset()
    return frozenset(name.lower() for months in names for name in months.values())

"""What the Markdown of a text is made of: the outline that a translation keeps, and the marks that no page shows.

Pages show paragraphs, headings, lists, quotes, emphasis and links (`standwith.site.prose`); pictures, code, tables,
rules and link references stand there as typed. Does not render. Standard: CommonMark, and tables as GitHub writes them.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token


class Outline(NamedTuple):
    """The levels of the headings of a text, in order, and how many list items it has."""

    headings: tuple[int, ...]
    items: int


class Unshown(NamedTuple):
    """A mark that is shown as typed: the line of the text it is on (from 0), how it begins, what it is, how to mend."""

    line: int
    begins: str
    what: str
    mend: str


_PICTURE = "A picture", "Put the file into media/ and describe it in a [[media]] table of campaign.toml."
_CODE = "Code", "Write it as plain text, without `, ~~~ or spaces at the start of the line."
_TABLE = "A table", "Write it as a list; figures belong into facts.csv, dates into timeline.csv."
_RULE = "A rule", "Take it out; a heading that starts with ## separates parts."
_REFERENCE = "A link reference", "Write the address behind the words: [the list](https://example.org/list)."
_KINDS = {
    "image": ("![", *_PICTURE),
    "code_inline": ("`", *_CODE),
    "code_block": ("", *_CODE),
    "fence": ("", *_CODE),
    "table_open": ("", *_TABLE),
    "hr": ("", *_RULE),
}
_REFERENCE_LINE = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S", re.MULTILINE)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def read_outline(text: str) -> Outline:
    """The outline of one block of the statement."""
    tokens = _reader().parse(text)
    headings = tuple(int(token.tag[1]) for token in tokens if token.type == "heading_open")
    return Outline(headings, sum(token.type == "list_item_open" for token in tokens))


def find_unshown(text: str) -> Iterator[Unshown]:
    """Every mark of one block that pages show as typed, line by line."""
    for token in _reader().parse(text):
        line = token.map[0] if token.map else 0
        for inner in (token, *(token.children or ())):
            if inner.type in _KINDS:
                yield Unshown(line, *_KINDS[inner.type])
            line += _breaks(inner)
    for reference in _REFERENCE_LINE.finditer(text):
        yield Unshown(text.count("\n", 0, reference.start()), "[", *_REFERENCE)


def _breaks(token: Token) -> int:
    return int(token.type in ("softbreak", "hardbreak"))

"""Markdown and plain text into blocks.

Plain text is read as Markdown that means less: no code, no HTML, no link definitions; and a line that ended although
the next word would still have fitted ended on purpose. Standard: CommonMark, and tables as GitHub writes them.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from standwith.documents.block import Block, Place
from standwith.documents.building import Builder
from standwith.documents.marking import Span, spans_of
from standwith.documents.web import read_html_blocks

_SHORTEST_LINE = 40
"""Text that was broken by a machine is at least as wide as this."""


@cache
def _reader(plain: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable("table")
    if plain:
        reader.disable(["code", "fence", "html_block", "html_inline", "lheading", "reference", "entity", "backticks"])
    return reader


def read_markdown(text: str, *, plain: bool = False) -> list[Block]:
    """The blocks of a text; `plain` for one that was not written as Markdown."""
    builder = Builder()
    walk = _Walk(builder, width=max(map(len, text.split("\n")), default=0) if plain else 0)
    for token in _reader(plain).parse(text):
        walk.take(token)
    return builder.blocks


class _Walk:
    """Goes through the tokens and remembers in which list, quote or row it is."""

    def __init__(self, builder: Builder, width: int) -> None:
        self.builder = builder
        self.width = width
        self.lists: list[int | None] = []
        self.marker = ""
        self.quotes = 0
        self.heading = 0
        self.cells: list[list[Span]] | None = None
        self.line = 0

    def take(self, token: Token) -> None:
        if token.map:
            self.line = token.map[0] + 1
        name, _, side = token.type.rpartition("_")
        if side in ("open", "close") and hasattr(self, f"_{name}"):
            getattr(self, f"_{name}")(token, side == "open")
        elif token.type == "inline":
            self._text(token)
        elif token.type in ("code_block", "fence"):
            self.builder.add("paragraph", [Span(token.content)], Place(line=self.line))
        elif token.type == "html_block":
            for block in read_html_blocks(token.content, line=self.line):
                self.builder.add(block.kind, [Span(block.plain)], block.place, level=block.level, beside=block.beside)

    def _heading(self, token: Token, opens: bool) -> None:
        self.heading = int(token.tag[1]) if opens else 0

    def _blockquote(self, _: Token, opens: bool) -> None:
        self.quotes += 1 if opens else -1

    def _bullet_list(self, _: Token, opens: bool) -> None:
        self._list(None, opens)

    def _ordered_list(self, token: Token, opens: bool) -> None:
        self._list(int(token.attrGet("start") or 1), opens)

    def _list(self, start: int | None, opens: bool) -> None:
        if opens:
            self.lists.append(start)
        else:
            self.lists.pop()

    def _list_item(self, _: Token, opens: bool) -> None:
        number = self.lists[-1]
        self.marker = ("-" if number is None else f"{number}.") if opens else ""
        if opens and number is not None:
            self.lists[-1] = number + 1

    def _tr(self, _: Token, opens: bool) -> None:
        if opens:
            self.cells = []
        else:
            self.builder.add_row(self.cells or [], Place(line=self.line))
            self.cells = None

    def _text(self, token: Token) -> None:
        children = token.children or []
        if self.cells is not None:
            self.cells.append(spans_of(children))
            return
        spans = self._reflow(token) if self.width else spans_of(children)
        place = Place(line=self.line)
        if self.heading:
            self.builder.add("heading", spans, place, level=self.heading)
        elif self.marker:
            number = "" if self.marker == "-" else self.marker
            self.builder.add("item", spans, place, level=len(self.lists), number=number)
            self.marker = ""
        else:
            self.builder.add("quote" if self.quotes else "paragraph", spans, place)

    def _reflow(self, token: Token) -> list[Span]:
        """The spans of a paragraph of plain text: a line that ended early ends here, too."""
        ends = self._ends_early(token.content.split("\n"))
        return spans_of(token.children or [], ("\n" if early else " " for early in ends))

    def _ends_early(self, lines: Sequence[str]) -> Iterator[bool]:
        for line, following in pairwise(lines):
            first = following.split(maxsplit=1)[0] if following.strip() else ""
            yield len(line) + 1 + len(first) <= min(max(self.width, _SHORTEST_LINE), 100)

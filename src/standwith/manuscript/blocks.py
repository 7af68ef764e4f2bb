"""A Markdown text as blocks: what stands between empty lines, each with its line.

Invariant: `split_blocks(join_blocks(blocks))` gives the same blocks back. A hard line break by two spaces is written
with a backslash, since spaces at the end of a line cannot be seen. Does not render. Standard: CommonMark.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

_HARD_BREAK = re.compile(r"(?<=\S) {2,}(?=\n)")


class Block(NamedTuple):
    """A block and the line (from 1) on which it starts."""

    line: int
    text: str


def split_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text with LF line ends; spaces at the ends of lines are gone."""
    blocks: list[Block] = []
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            blocks.append(Block(number - len(lines), _tidy(lines)))
            lines = []
    return tuple(blocks)


def _tidy(lines: list[str]) -> str:
    joined = _HARD_BREAK.sub(r"\\", "\n".join(lines))
    return "\n".join(line.rstrip() for line in joined.split("\n"))


def join_blocks(blocks: Iterable[str]) -> str:
    """The text that `split_blocks` reads: blocks separated by one empty line."""
    return "\n\n".join(blocks) + "\n"

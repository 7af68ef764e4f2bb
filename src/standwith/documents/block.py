"""The neutral block: one heading, paragraph, quote, list item or table row, with its place in the document.

Invariant: `text` is one block of Markdown without its leading mark (# - 1. >), `plain` the same words without any mark.
"""

import re
from typing import Literal, NamedTuple

from msgspec import Struct

Kind = Literal["heading", "paragraph", "quote", "item", "row"]


class Place(NamedTuple):
    """Where a block stands: numbers count from 1, 0 is "not known"; `part` names a place beside the text."""

    line: int = 0
    page: int = 0
    paragraph: int = 0
    part: str = ""

    @property
    def words(self) -> str:
        """Such as "page 2, paragraph 7", "line 31", "footnotes, paragraph 1"."""
        numbers = (("page", self.page), ("line", self.line), ("paragraph", 0 if self.line else self.paragraph))
        return ", ".join(filter(None, (self.part, *(f"{name} {number}" for name, number in numbers if number))))


class Block(Struct, frozen=True, kw_only=True):
    """One block. `level` is that of a heading or of a nested item, `number` the mark of a numbered item.

    A block that is `beside` belongs to the page around the text: menus, footers, descriptions of pictures.
    """

    kind: Kind
    text: str
    plain: str
    level: int = 0
    number: str = ""
    cells: tuple[str, ...] = ()
    beside: bool = False
    place: Place = Place()

    @property
    def markdown(self) -> str:
        """The block with its leading mark, so that it reads back as what it is."""
        if self.kind == "heading":
            return f"{'#' * self.level} {self.text}"
        if self.kind == "item":
            return f"{self.number or '-'} {self.text}".replace("\n", f"\n{' ' * len(self.number or '-')} ")
        if self.kind == "quote":
            return "> " + self.text.replace("\n", "\n> ")
        return "\n".join(_escape_start(line) for line in self.text.split("\n"))


class Document(Struct, frozen=True, kw_only=True):
    """A document as read.

    `told` is what it says of itself (title, date, publisher), `notes` what reading changed, `hidden` what it carries
    unseen and would carry to everybody with the kept copy.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    told: dict[str, str] = {}
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def _escape_start(line: str) -> str:
    """A paragraph that starts as a list or a heading would, so that it stays a paragraph."""
    line = re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", line)
    return re.sub(r"^([-+#>]+)(?=\s|$)", r"\\\1", line)

"""The statement's Markdown as HTML, with the facts it stands on put in and linked.

Invariant: no HTML of an author passes, no picture; a heading stands below the section's own and skips no
level, whatever was typed; a figure is put in only from a fact. Standard: CommonMark, as far as a statement needs it.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markupsafe import Markup

from standwith.facts import Fact
from standwith.languages.placeholders import fill

SECTION = 2  # the heading "The statement", under which all of them stand
_HEADING = re.compile(r"<h([3-6])>")


def _lower_headings(state: StateCore) -> None:
    """Let `##` be the first level below the section; a heading inside a list or a quote is a paragraph."""
    above = state.env["above"]
    for token in state.tokens:
        if token.type == "heading_open":
            above = min(max(int(token.tag[1]), SECTION) + 1, above + 1, 6) if token.level == 0 else above
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{above}" if token.level == 0 else "p"


_READER = MarkdownIt("zero").enable(
    ["emphasis", "link", "autolink", "heading", "lheading", "list", "blockquote", "newline", "escape", "entity"]
)
_READER.core.ruler.push("lower_headings", _lower_headings)


@lru_cache(maxsize=4096)
def read_markdown(block: str, above: int = SECTION) -> str:
    """Return one block as HTML; `above` is the level of the heading before it. `{fact:id}` is still in it."""
    return str(_READER.render(block, {"above": above})).strip()


def last_level(html: str, above: int) -> int:
    """Return the level of the last heading in a block's HTML, `above` where it has none."""
    levels = _HEADING.findall(html)
    return int(levels[-1]) if levels else above


def put_facts(html: str, facts: Mapping[str, Fact], shown: Callable[[Fact], str]) -> Markup:
    """Return the HTML with every `{fact:id}` replaced by what `shown` makes of the fact (HTML); unknown ones stay."""

    def found(name: str) -> str | None:
        fact = facts.get(name.removeprefix("fact:"))
        return shown(fact) if fact else None

    return Markup(fill(html, found))  # noqa: S704 markdown-it ran with HTML off, or the text was escaped

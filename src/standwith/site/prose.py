"""The statement's Markdown as HTML, with the facts it stands on put in and linked.

Invariant: no HTML of an author passes, no picture, no heading that would break the order of the page's own; a figure is
put in only from a fact. Standard: CommonMark, the part of it that a statement needs.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from standwith.facts import Fact
from standwith.languages.placeholders import fill

_READER = MarkdownIt("zero").enable(
    ["emphasis", "link", "autolink", "list", "blockquote", "newline", "escape", "entity"]
)


@lru_cache(maxsize=4096)
def read_markdown(block: str) -> str:
    """Return one block as HTML; `{fact:id}` is still in it."""
    return str(_READER.render(block)).strip()


def put_facts(html: str, facts: Mapping[str, Fact], shown: Callable[[Fact], str]) -> Markup:
    """Return the HTML with every `{fact:id}` replaced by what `shown` makes of the fact (HTML); unknown ones stay."""

    def found(name: str) -> str | None:
        fact = facts.get(name.removeprefix("fact:"))
        return shown(fact) if fact else None

    return Markup(fill(html, found))  # noqa: S704 markdown-it ran with HTML off, or the text was escaped

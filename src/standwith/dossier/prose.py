"""The statement's Markdown as nodes: the same reading as on the pages, with a footnote at every figure.

Invariant: of what an author wrote, only the few marks that a statement needs mean something; all else is text.
Standard: CommonMark, as far as `standwith.site.prose` reads it.
"""

from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from markupsafe import Markup

from standwith.dossier.told import Mark, Node
from standwith.facts import Fact
from standwith.site.prose import last_level, put_facts, read_markdown

KINDS = {
    "p": "paragraph",
    "ul": "list",
    "ol": "steps",
    "li": "item",
    "blockquote": "quote",
    "em": "stress",
    "strong": "strong",
    "a": "link",
}
BLOCKS = ("", "ul", "ol", "blockquote")
"""Elements whose own text is only the space between what they hold."""

Shown = Callable[[Fact], str]
Cite = Callable[[str], Mark | None]


def read_nodes(
    block: str, above: int, facts: Mapping[str, Fact], shown: Shown, cite: Cite
) -> tuple[tuple[Node, ...], int]:
    """Return one block of the statement, and the level of its last heading, `above` where it has none.

    `shown` words a fact; `cite` gives the footnote of the fact of that id.
    """
    html = read_markdown(block, above)
    figures = put_facts(html, facts, lambda fact: Markup('<data value="{}">{}</data>').format(fact.id, shown(fact)))
    reader = _Reader(cite)
    reader.feed(str(figures))
    reader.close()
    return tuple(reader.parts[0]), last_level(html, above)


class _Reader(HTMLParser):
    """Turns the HTML of our own making into nodes; `parts` has a list of nodes for every element that is open."""

    def __init__(self, cite: Cite) -> None:
        super().__init__(convert_charrefs=True)
        self._cite = cite
        self._open: list[tuple[str, dict[str, str]]] = []
        self.parts: list[list[Node]] = [[]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts[-1].append(Node(kind="break"))
            return
        self._open.append((tag, {name: value or "" for name, value in attrs}))
        self.parts.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            self._end(*self._open.pop(), tuple(self.parts.pop()))

    def handle_data(self, data: str) -> None:
        if data.strip() or (self._open[-1][0] if self._open else "") not in BLOCKS:
            self.parts[-1].append(Node(kind="text", text=data.replace("\n", " ")))

    def _end(self, tag: str, attributes: dict[str, str], parts: tuple[Node, ...]) -> None:
        around = self.parts[-1]
        if tag == "data":
            around += parts
            mark = self._cite(attributes["value"])
            around += [Node(kind="note", note=mark)] if mark else []
        elif tag in KINDS:
            around.append(Node(kind=KINDS[tag], address=attributes.get("href", ""), parts=parts))
        else:
            around.append(Node(kind="heading", level=int(tag[1]), parts=parts))

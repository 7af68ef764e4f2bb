"""HTML into blocks, as a reader sees the page: paragraphs, headings, lists, tables, emphasis, links.

What stands outside of the article (menus, footers, forms) is kept as blocks beside the text; scripts and styles are no
text. Nothing is fetched and nothing is run. Standard: HTML, as forgiving as the parser of the standard library.
"""

import re
from html.parser import HTMLParser

from standwith.documents.block import Block, Kind, Place
from standwith.documents.building import Builder
from standwith.documents.limits import DEEPEST
from standwith.documents.marking import Span

_UNSEEN = {"script", "style", "template", "svg", "math", "object", "iframe"}
_BESIDE = {"nav", "footer", "aside", "form", "button"}
_BLOCK_TAGS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section select summary table tbody td textarea
tfoot th thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite"}
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col", "source", "area", "base", "embed", "track"}
_META = {
    "article:published_time": "date",
    "og:site_name": "publisher",
    "dc.publisher": "publisher",
    "dc.date": "date",
    "date": "date",
    "author": "author",
    "og:title": "title",
    "dcterms.date": "date",
}


def read_html_blocks(text: str, *, line: int = 1) -> list[Block]:
    """The blocks of a page or of a piece of one, which starts at `line`."""
    return read_html(text, line=line)[0]


def read_html(text: str, *, line: int = 1) -> tuple[list[Block], dict[str, str]]:
    """The blocks of a page, and what it tells of itself."""
    page = _Page(line - 1, whole=bool(re.search(r"<(article|main)\b", text, re.IGNORECASE)))
    page.feed(text)
    page.close()
    page.flush()
    return page.builder.blocks, page.told


class _Page(HTMLParser):
    def __init__(self, before: int, whole: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = Builder()
        self.told: dict[str, str] = {}
        self.open: list[str] = []
        self.links: list[str] = []
        self.spans: list[Span] = []
        self.lists: list[int | None] = []
        self.marker: str | None = None
        self.row: list[list[Span]] | None = None
        self.start = self.skipped = 0
        self.before = before
        self.has_article = whole

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        found = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.flush()
        if tag not in _VOID and len(self.open) < DEEPEST:
            self.open.append(tag)
        self._begin(tag, found)

    def _begin(self, tag: str, found: dict[str, str]) -> None:
        if tag == "br":
            self._say("\n")
        elif tag == "a":
            self.links.append(found.get("href", ""))
        elif tag == "meta":
            self._hear(found)
        elif tag == "img" and found.get("alt", "").strip():
            place = Place(line=self._line(), part="description of a picture")
            self.builder.add("paragraph", [Span(found["alt"])], place, beside=True)
        elif tag in ("ul", "ol"):
            self.lists.append(int(start) if (start := found.get("start", "1")).isdigit() and tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "tr":
            self.row = []
        elif tag == "time" and found.get("datetime"):
            self.told.setdefault("date", found["datetime"][:10])

    def _begin_item(self) -> None:
        number = self.lists[-1] if self.lists else None
        self.marker = "" if number is None else f"{number}."
        if number is not None:
            self.lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        """A tag closes, and with it what was left open inside."""
        if tag in _BLOCKS:
            self.flush(closing=tag)
        if tag == "a" and self.links:
            self.links.pop()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag == "li":
            self.marker = None
        if tag == "tr" and self.row is not None:
            self.builder.add_row(self.row, self._place(), beside=self._is_beside())
            self.row = None
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Text, in the manner of the tags that are open."""
        self.skipped = data[: len(data) - len(data.lstrip())].count("\n")
        if not _UNSEEN.intersection(self.open):
            self._say(data if "pre" in self.open else data.replace("\n", " "))

    def _say(self, text: str) -> None:
        if not self.spans or not any(span.text.strip() for span in self.spans):
            self.start = self._line() + self.skipped
        bold, italic = bool(_BOLD.intersection(self.open)), bool(_ITALIC.intersection(self.open))
        self.spans.append(Span(text, bold, italic, self.links[-1] if self.links else ""))

    def flush(self, closing: str = "") -> None:
        """Ends the block that is being read."""
        spans, self.spans = self.spans, []
        if self.row is not None:
            if closing in ("td", "th"):
                self.row.append(spans)
            else:
                self.spans = [*spans, Span(" ")] if spans else []
            return
        if "title" in self.open:
            self.told["title"] = "".join(span.text for span in spans).strip()
            place = Place(line=self._line(), part="title of the page")
            self.builder.add("paragraph", spans, place, beside=True)
            return
        kind, level = self._kind()
        number = self.marker or ""
        if any(span.text.strip() for span in spans):
            self.marker = None
            self.builder.add(kind, spans, self._place(), level=level, number=number, beside=self._is_beside())

    def _kind(self) -> tuple[Kind, int]:
        for tag in reversed(self.open):
            if re.fullmatch("h[1-6]", tag):
                return "heading", int(tag[1])
        if self.marker is not None:
            return "item", len(self.lists)
        return ("quote" if "blockquote" in self.open else "paragraph"), 0

    def _is_beside(self) -> bool:
        inside = bool({"article", "main"}.intersection(self.open))
        outside = not inside and (self.has_article or "header" in self.open)
        return outside or bool(_BESIDE.intersection(self.open))

    def _hear(self, found: dict[str, str]) -> None:
        name = _META.get((found.get("name") or found.get("property") or "").lower())
        if name and found.get("content", "").strip():
            self.told.setdefault(name, found["content"].strip())

    def _line(self) -> int:
        return self.getpos()[0] + self.before

    def _place(self) -> Place:
        return Place(line=self.start if self.start else self._line())

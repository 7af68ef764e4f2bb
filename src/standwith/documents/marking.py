"""Emphasis and links of a line of text as Markdown, and back.

Invariant: `read_spans(write_spans(spans))` are the same spans, once `tidy` has been over them. A line break that is
meant is "\\n" in a span and a backslash before the line's end in Markdown. Standard: CommonMark.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_BLANK = re.compile(r"[ \t\r\f\v]+")
_LOOSE = re.compile(r"(?<=[^\W\d_])[\u00a0\u202f]+(?=[^\W\d_])")
"""A blank that may not break, between two words: web editors leave them behind, and a phone needs to break there."""
_AROUND_BREAK = re.compile(r" *\n *")
_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_ENCODED = {ord(sign): f"%{ord(sign):02X}" for sign in " ()<>\\"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>&!])")


class Span(NamedTuple):
    """A stretch of text in one manner."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    def like(self, text: str) -> "Span":
        """Another text in the same manner."""
        return self._replace(text=text)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark")


def plain_of(spans: Iterable[Span]) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)


def tidy(spans: Iterable[Span]) -> list[Span]:
    """The spans with single blanks, composed letters, nothing unseen; blanks stand outside of emphasis and links."""
    clean = _merge(map(_clean, _merge(map(_unlink, spans))))
    lifted = [part for span in clean for part in _lift_blanks(span)]
    return _trim(_merge(_squeeze(_merge(lifted))))


def _unlink(span: Span) -> Span:
    """The span with its link in one form, and without one that no page should follow."""
    return span._replace(link=span.link.translate(_ENCODED) if _is_address(span.link) else "")


def _clean(span: Span) -> Span:
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", span.text))
    return span.like(_BLANK.sub(" ", _LOOSE.sub(" ", text)))


def _lift_blanks(span: Span) -> list[Span]:
    """Blanks at the ends and line breaks of a marked span, in no manner."""
    if not (span.bold or span.italic or span.link):
        return [span]
    parts = re.split(r"(^\s+|\s+$|\s*\n\s*)", span.text)
    return [Span(part) if not part.strip() else span.like(part) for part in parts if part]


def _is_address(link: str) -> bool:
    return urlsplit(link).scheme in ("http", "https", "mailto") if "[" not in link else False


def _merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1][1:] == span[1:]:
            merged[-1] = merged[-1].like(merged[-1].text + span.text)
        elif span.text:
            merged.append(span)
    return merged


def _squeeze(spans: Iterable[Span]) -> list[Span]:
    """No two blanks in a row, across spans either."""
    squeezed: list[Span] = []
    for span in spans:
        text = _BLANK.sub(" ", _AROUND_BREAK.sub("\n", span.text))
        if squeezed and squeezed[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        squeezed.append(span.like(re.sub(r"\n{2,}", "\n", text)))
    return squeezed


def _trim(spans: list[Span]) -> list[Span]:
    while spans and not spans[0].text.strip(" \n"):
        del spans[0]
    while spans and not spans[-1].text.strip(" \n"):
        del spans[-1]
    if spans:
        spans[0] = spans[0].like(spans[0].text.lstrip(" \n"))
        spans[-1] = spans[-1].like(spans[-1].text.rstrip(" \n"))
    return spans


def write_spans(spans: Sequence[Span]) -> str:
    """The spans as Markdown, with as few backslashes as it takes for them to be read back.

    Emphasis that Markdown cannot say, such as that of half a word before a colon, is left out rather than a word.
    """
    spans = _merge(span._replace(link="") if span.link.removeprefix("mailto:") == span.text else span for span in spans)
    for one in (spans, _merge(Span(span.text, link=span.link) for span in spans)):
        written = "".join(_write(span, span.text) for span in one)
        escaped = "".join(_write(span, _SPECIAL.sub(r"\\\1", span.text)) for span in one)
        for text in (written, escaped):
            if _same(read_spans(text), one):
                return text
    return _SPECIAL.sub(r"\\\1", plain_of(spans)).replace("\n", "\\\n")


def _same(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return tidy(one) == tidy(other)


def _write(span: Span, text: str) -> str:
    text = text.replace("\n", "\\\n")
    if span.link:
        text = f"[{text}]({span.link})"
    mark = "***" if span.bold and span.italic else "**" if span.bold else "*" if span.italic else ""
    return f"{mark}{text}{mark}"


def read_spans(text: str) -> list[Span]:
    """The spans of one line of Markdown."""
    return spans_of(_reader().parseInline(text)[0].children or [])


def spans_of(tokens: Iterable[Token], soft: Iterator[str] | None = None) -> list[Span]:
    """The spans of the inline tokens of a block; `soft` says what stands at each end of a line."""
    soft = soft or repeat(" ")
    spans: list[Span] = []
    bold = italic = 0
    link = ""
    for token in tokens:
        bold += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        italic += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type in ("link_open", "link_close"):
            link = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        text = next(soft, " ") if token.type in ("softbreak", "hardbreak") else _seen(token)
        text = "\n" if token.type == "hardbreak" else text
        if text:
            spans.append(Span(text, bold > 0, italic > 0, link))
    return spans


def _seen(token: Token) -> str:
    if token.type == "html_inline":
        return "\n" if re.match(r"<br\b", token.content, re.IGNORECASE) else ""
    return token.content if token.type in ("text", "code_inline", "image", "text_special") else ""

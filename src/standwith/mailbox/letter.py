"""A mail file as a person would see it.

Invariant: nothing of a mail reaches the page but text and a few harmless elements: no script, no style, no picture, no
address that is not http, https or mailto. It sends nothing and deletes nothing. Standards: RFC 5322, MIME (RFC 2045).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

from markupsafe import Markup, escape

NAME = re.compile(r"[A-Za-z0-9._=+-]{1,120}\Z")
MOST = 200  # newest mails listed


@dataclass(frozen=True)
class Letter:
    """One mail: `name` is its file's, without .eml; `body` is what may stand on a page."""

    name: str
    sender: str
    to: str
    subject: str
    sent: datetime
    language: str
    body: Markup
    text: str


def read_mailbox(directory: Path) -> list[Letter]:
    """Return the newest mails of a directory, newest first; empty if there is none."""
    letters = (read_letter(directory, path.stem) for path in directory.glob("*.eml"))
    return sorted((one for one in letters if one), key=lambda one: (one.sent, one.name), reverse=True)[:MOST]


def read_letter(directory: Path, name: str) -> Letter | None:
    """Return the mail of that name, or None if there is no such file or the name is none of ours."""
    if not NAME.match(name) or name.startswith("."):
        return None
    path = directory / f"{name}.eml"
    try:
        mail = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)
        return _letter(name, mail, datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except OSError:
        return None


def _letter(name: str, mail: EmailMessage, written: datetime) -> Letter:
    text, shown = _part(mail, "plain"), _part(mail, "html")
    languages = (str(part["Content-Language"]) for part in mail.walk() if part["Content-Language"])
    return Letter(
        name=name,
        sender=str(mail["From"] or ""),
        to=str(mail["To"] or ""),
        subject=str(mail["Subject"] or "(no subject)"),
        sent=_sent(mail) or written,
        language=next(languages, ""),
        body=clean(shown) if shown else Markup("<pre>{}</pre>").format(text),
        text=text,
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _sent(mail: EmailMessage) -> datetime | None:
    try:
        when = parsedate_to_datetime(str(mail["Date"]))
    except (TypeError, ValueError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def clean(html: str) -> Markup:
    """Return the body of an HTML mail with only what `KEPT` allows; all text survives, escaped."""
    cleaner = _Cleaner()
    cleaner.feed(html)
    cleaner.close()
    return Markup("".join(cleaner.finished()))  # noqa: S704 put together from escaped text and fixed tags


KEPT = {"p", "a", "br", "blockquote", "div", "span", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3"}
DROPPED = {"script", "style", "head", "title", "template", "svg", "iframe"}
ATTRIBUTES = {"a": ("href", "dir", "lang")}
HARMLESS = ("http://", "https://", "mailto:")


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self._hidden += 1
        elif tag in KEPT and not self._hidden:
            self._out.append(f"<{tag}{''.join(_attributes(tag, attrs))}>")
            if tag != "br":
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self._hidden = max(0, self._hidden - 1)
        elif tag in self._open:
            while (last := self._open.pop()) != tag:
                self._out.append(f"</{last}>")
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._out.append(str(escape(data)))

    def finished(self) -> list[str]:
        return self._out + [f"</{tag}>" for tag in reversed(self._open)]


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        wanted = name in ATTRIBUTES.get(tag, ("dir", "lang"))
        if wanted and value and (name != "href" or value.lower().startswith(HARMLESS)):
            yield f' {name}="{escape(value)}"'

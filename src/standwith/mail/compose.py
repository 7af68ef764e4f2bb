"""From a letter in plain blocks to a mail: a text part, and the same as simple HTML.

    Letter(to, subject, language, direction, (Text("Hello,"), Link("Confirm", "https://…"), Code("7R4QZ-0XK2M"), …))

Invariant: both parts say the same in the same order; what a block holds is escaped; no image, no script, nothing
remote; no header holds a line break. The same letter composed twice is the same, byte for byte.
What thousands of letters have in common is worked out once; the rest is put together by hand, for the standard
library's way of making a mail would take most of the clerk's time.
Does not know why a letter is written, nor does it send it.
Standards: RFC 5322, 2045-2047, 2046 section 5.1.4 (alternative), 3834 (Auto-Submitted), 3282 (Content-Language).
"""

import base64
import binascii
import html
import re
from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Literal, NamedTuple

from standwith.mail.errors import Refused


class Text(NamedTuple):
    """A paragraph."""

    text: str


class Quote(NamedTuple):
    """Words of somebody else, such as a campaign's headline."""

    text: str


class Link(NamedTuple):
    """A link on a line of its own, with the words for it."""

    words: str
    url: str


class Code(NamedTuple):
    """Letters and figures to be typed."""

    text: str


Block = Text | Quote | Link | Code


class Letter(NamedTuple):
    """One letter to one reader. `to` is a deliverable address, `direction` "ltr" or "rtl"."""

    to: str
    subject: str
    language: str
    direction: Literal["ltr", "rtl"]
    blocks: Sequence[Block]


class Mail(NamedTuple):
    """A letter ready to leave: the left half of its Message-ID, and all its bytes, lines ended by CR LF."""

    mark: str
    content: bytes


LONGEST_LINE = 76  # in a part that is sent as it is; longer ones are encoded

_ADDRESS = re.compile(r"https?://[!-;=?-~]+")
_PLAIN = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII
)
_PAGE = (
    '<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>{title}</title></head><body>'
    '<div lang="{lang}" dir="{dir}" style="max-width:36em;margin:0 auto;padding:1em;font:1.05em/1.6 Georgia,serif">\n'
    "{body}\n</div></body></html>\n"
)


def compose(letter: Letter, *, sender: str, mark: str, now: datetime) -> Mail:
    """The mail. `sender` is like "Stand with <confirm@example.org>"; `mark` names the mail for good.

    Raises Refused when the address cannot stand in a header.
    """
    boundary = f"=={mark}=="
    own = (
        f"To: {_address(letter.to)}\r\n"
        f"Date: {format_datetime(now)}\r\n"
        f"Message-ID: <{mark}@{_domain(sender)}>\r\n"
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n'
    )
    between = f"\r\n--{boundary}".encode()
    parts = _part("plain", write_text(letter.blocks)), _part("html", write_html(letter))
    content = _in_common(letter.subject, sender, letter.language) + own.encode()
    return Mail(mark, content + b"".join(between + b"\r\n" + part for part in parts) + between + b"--\r\n")


def write_text(blocks: Sequence[Block]) -> str:
    """The text part: paragraphs with an empty line between them, a link's address on a line of its own."""
    return "\n\n".join(_text(block) for block in blocks) + "\n"


def write_html(letter: Letter) -> str:
    """The HTML part: one narrow column, in the reader's direction."""
    body = "\n".join(_html(block) for block in letter.blocks)
    return _PAGE.format(lang=letter.language, dir=letter.direction, title=html.escape(letter.subject), body=body)


@lru_cache(maxsize=256)
def _in_common(subject: str, sender: str, language: str) -> bytes:
    """The headers that all letters with this subject have."""
    name, address = parseaddr(sender)
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = subject
    mail["From"] = Address(name, addr_spec=address)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # Exchange answers automatic mail unless told not to
    mail["Content-Language"] = language
    mail["MIME-Version"] = "1.0"
    return mail.as_bytes().removesuffix(b"\r\n")


@lru_cache(maxsize=256)
def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def _part(kind: str, text: str) -> bytes:
    """A part in UTF-8, in the shortest form in which every relay lets it pass: as it is, quoted-printable or base64."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n").encode()
    how = "7bit"
    if not data.isascii() or max(map(len, data.split(b"\r\n"))) > LONGEST_LINE:
        quoted, based = binascii.b2a_qp(data), base64.encodebytes(data).replace(b"\n", b"\r\n")
        how, data = ("quoted-printable", quoted) if len(quoted) <= len(based) else ("base64", based)
    head = f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {how}\r\n\r\n'
    return head.encode() + data


def _address(address: str) -> str:
    if _PLAIN.fullmatch(address):
        return address
    if not address.isascii():  # a domain comes as A-labels; for local parts in other scripts few relays have SMTPUTF8
        raise Refused
    try:
        return Address(addr_spec=address).addr_spec
    except (MessageError, ValueError, IndexError):
        raise Refused from None


def _text(block: Block) -> str:
    match block:
        case Link(words, url):
            return f"{words}\n{url}"
        case Code(text):
            return f"    {text}"
        case Quote(text):
            return "\n".join(f"> {line}" for line in text.splitlines())
    return block.text


def _html(block: Block) -> str:
    match block:
        case Link(words, url):
            url = html.escape(url)
            return f'<p>{html.escape(words)}<br><a href="{url}" dir="ltr" style="word-break:break-all">{url}</a></p>'
        case Code(text):
            return f'<p dir="ltr" style="font:bold 1.4em monospace;letter-spacing:.1em">{html.escape(text)}</p>'
        case Quote(text):
            side = "border-inline-start:4px solid #999;padding-inline-start:1em;margin-inline:0"
            return f'<blockquote style="{side}"><p>{html.escape(text)}</p></blockquote>'
    return f"<p>{_ADDRESS.sub(_left_to_right, html.escape(block.text))}</p>"


def _left_to_right(found: re.Match[str]) -> str:
    """An address in an Arabic sentence keeps its slashes in place."""
    return f'<span dir="ltr">{found[0]}</span>'

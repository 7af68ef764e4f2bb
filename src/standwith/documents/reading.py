"""From a file to a document: which reader it takes, by its ending and its first bytes.

Invariant: bytes in, document or DocumentRefused out; an ending that lies is noticed. Text that is not UTF-8 is read in
the encoding that it names or that it is given, never in a guessed one.
"""

import re
import unicodedata
from collections.abc import Callable

from standwith.documents.block import Block, Document
from standwith.documents.errors import DocumentRefused
from standwith.documents.joining import join_torn
from standwith.documents.limits import check_bytes
from standwith.documents.markdown import read_markdown
from standwith.documents.opendocument import read_opendocument
from standwith.documents.pages_layout import read_pages
from standwith.documents.web import read_html
from standwith.documents.word import read_word

Found = tuple[list[Block], dict[str, str], list[str], list[str]]
"""Blocks, what the document tells of itself, notes, what it hides."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_document(name: str, data: bytes, encoding: str = "") -> Document:
    """The document in these bytes; raises DocumentRefused."""
    check_bytes(len(data))
    ending = name.rpartition(".")[2].lower()
    _check_first_bytes(ending, data)
    blocks, told, notes, hidden = ENDINGS[ending](data, encoding)
    if not any(not block.beside for block in blocks):
        raise DocumentRefused("it holds no text.")
    joined, joints = join_torn(blocks)
    return Document(
        name=name,
        format=ending,
        blocks=tuple(joined),
        told=told,
        notes=(*notes, *joints),
        hidden=tuple(hidden),
    )


def _check_first_bytes(ending: str, data: bytes) -> None:
    if ending not in ENDINGS:
        known = ", ".join(f".{known}" for known in ENDINGS)
        raise DocumentRefused(f"it is none of {known}; save it as one of them.")
    if data.startswith(_OLD_OFFICE):
        raise DocumentRefused("it is an old Word file, or locked with a password; save it as .docx without one.")
    found = "pdf" if data.startswith(b"%PDF-") else "zip" if data.startswith(b"PK\x03\x04") else "text"
    wanted = {"pdf": "pdf", "docx": "zip", "odt": "zip"}.get(ending, "text")
    if found != wanted:
        raise DocumentRefused(f"it is called .{ending}, but that is not what it holds; save it again as .{ending}.")


def _decode(data: bytes, encoding: str) -> str:
    if not encoding and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        text = data.decode(encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        what = f"it is not {encoding or 'UTF-8'} text"
        raise DocumentRefused(f"{what}; save it as UTF-8, or name its encoding, such as windows-1251.") from None
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _read_plain(data: bytes, encoding: str) -> Found:
    return read_markdown(_decode(data, encoding), plain=True), {}, [], []


def _read_markdown(data: bytes, encoding: str) -> Found:
    return read_markdown(_decode(data, encoding)), {}, [], []


def _read_web(data: bytes, encoding: str) -> Found:
    named = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", data[:4000], re.IGNORECASE)
    text = _decode(data, encoding or (named[1].decode("ascii") if named else ""))
    blocks, told = read_html(text)
    return blocks, told, [], ["comments"] if "<!--" in text else []


ENDINGS: dict[str, Callable[[bytes, str], Found]] = {
    "txt": _read_plain,
    "md": _read_markdown,
    "html": _read_web,
    "htm": _read_web,
    "docx": lambda data, _: read_word(data),
    "pdf": lambda data, _: read_pages(data),
    "odt": lambda data, _: read_opendocument(data),
}

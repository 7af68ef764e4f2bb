"""The grammar of PO files: lines into blocks of named texts, and texts into quoted lines.

Invariant: reading what `quote` wrote gives the text back, whatever characters it holds. Every block knows its line, so
that a checker can point at it. Does not know what a block means; `catalogue.py` does. Standard: GNU gettext.
"""

import re
from collections.abc import Iterator

import msgspec

from standwith.languages.errors import CatalogueDamaged

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(?=\")", re.ASCII)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_TO_ESCAPE = {ord(meant): f"\\{written}" for written, meant in _ESCAPED.items()}


class Block(msgspec.Struct):
    """One entry as it stands in the file: texts by keyword (`#| msgid` for the previous one) and its comments."""

    line: int = 0
    texts: dict[str, str] = {}
    comments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    obsolete: bool = False
    targeted: bool = False  # whether a msgstr has begun


def quote(text: str) -> str:
    """A text in PO quotes; one of several lines starts with an empty string and breaks after each newline."""
    lines = [f'"{line.translate(_TO_ESCAPE)}"' for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
    return "\n".join(['""', *lines]) if len(lines) > 1 else (lines or ['""'])[0]


def read_blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a PO file in order; raises CatalogueDamaged where a line is not PO."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise CatalogueDamaged(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8") from None
    block, keyword, number = Block(), "", 0
    for number, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1):
        mark, content, obsolete = _split(line.strip())
        if block.targeted and _starts_anew(mark, content, block, obsolete):
            yield _whole(block, number)
            block, keyword = Block(), ""
        if not mark and not content:
            keyword = ""
        elif mark in _COMMENTS:
            setattr(block, _COMMENTS[mark], (*getattr(block, _COMMENTS[mark]), content))
        elif content:
            block.obsolete = block.obsolete or obsolete
            keyword = _take(block, "#| " if mark == "#|" else "", content, keyword, number)
    if block.texts:
        yield _whole(block, number)


_COMMENTS = {"#": "comments", "#.": "notes", "#:": "where", "#,": "flags"}


def _split(line: str) -> tuple[str, str, bool]:
    """(mark, content, obsolete) of a line; the mark is "" where the line is not a comment."""
    if line.startswith("#~"):
        line = line[2:].strip()
        return ("#|", line[1:].strip(), True) if line.startswith("|") else ("", line, True)
    if line.startswith("#"):
        mark = line[:2] if line[1:2] in (".", ":", ",", "|") else "#"
        return mark, line[len(mark) :].strip(), False
    return "", line, False


def _starts_anew(mark: str, content: str, block: Block, obsolete: bool) -> bool:
    """True if this line cannot belong to the block before it, which has its msgstr already."""
    return bool(mark) or not content or content.startswith(("msgctxt", "msgid ")) or obsolete != block.obsolete


def _take(block: Block, prefix: str, content: str, keyword: str, number: int) -> str:
    """Add one line to the block; returns the keyword that a following line of quotes continues."""
    named = _KEYWORD.match(content)
    if named:
        keyword = prefix + named[1]
        if keyword in block.texts:
            raise CatalogueDamaged(number, f"{named[1]} stands twice in one entry")
        block.texts[keyword] = ""
        block.targeted = block.targeted or named[1].startswith("msgstr")
        content = content[named.end() :]
        if keyword == "msgid" or not block.line:
            block.line = number
    quoted = _QUOTED.fullmatch(content)
    if not quoted:
        raise CatalogueDamaged(number, 'a text must stand in double quotes, with \\" for a quote inside it')
    if not keyword:
        raise CatalogueDamaged(number, "this text belongs to no msgid and no msgstr")
    text = quoted[1]
    block.texts[keyword] += _ESCAPE.sub(_unescape, text) if "\\" in text else text
    return keyword


def _whole(block: Block, number: int) -> Block:
    if "msgid" not in block.texts:
        raise CatalogueDamaged(block.line or number, "this string has no msgid")
    if not block.targeted:
        raise CatalogueDamaged(block.line or number, "this string has no msgstr")
    return block


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _ESCAPED.get(found[2], found[2])

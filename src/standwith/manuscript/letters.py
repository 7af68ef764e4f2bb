"""The hygiene of letters: bytes become text, and signs that deceive or break things are reported.

Invariant: what `read_text` returns uses LF, has no byte order mark and is in Unicode's composed form (NFC). Marks that
real scripts need (zero-width joiners inside Arabic or Indic words and emoji, direction marks) are left alone.
Standards: UTF-8, UAX 9, UAX 15, UTS 39.
"""

import re
import unicodedata
from collections.abc import Iterator

from standwith.manuscript.finding import Lines, Place, Report

BIDI = {
    "\u202a": "left-to-right embedding",
    "\u202b": "right-to-left embedding",
    "\u202c": "end of embedding",
    "\u202d": "left-to-right override",
    "\u202e": "right-to-left override",
    "\u2066": "left-to-right isolate",
    "\u2067": "right-to-left isolate",
    "\u2068": "isolate",
    "\u2069": "end of isolate",
}
JOINERS = "\u200c\u200d"
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
    "\u180e\u200b-\u200d\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNREADABLE_BY_TOML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), 65533)


def read_text(data: bytes, file: str, report: Report) -> str | None:
    """Decodes a file and reports what is wrong with its letters; None where it is not UTF-8 text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.add("invalid-utf8", Place(file, 1, 1), "This file is UTF-16, not UTF-8.")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        report.texts[file] = data.decode("utf-8", "replace")
        report.add("invalid-utf8", Lines(before, file).place(len(before)), _name_bytes(data[error.start : error.end]))
        return None
    if text.startswith("\ufeff"):
        report.add("byte-order-mark", Place(file, 1, 1), "The file starts with an invisible byte order mark.")
        text = text[1:]
    if "\r\n" in text:
        first = Lines(text, file).place(text.index("\r\n"))
        report.add("windows-line-ends", first, "Lines end with CR LF.")
        text = text.replace("\r\n", "\n")
    text = unicodedata.normalize("NFC", text)
    report.texts[file] = text
    check_letters(text, file, report)
    return text.translate(_UNREADABLE_BY_TOML) if _CONTROL.search(text) else text


def _name_bytes(damaged: bytes) -> str:
    shown = " ".join(f"{byte:02x}" for byte in damaged)
    return f"This is not UTF-8 (byte {shown})."


def check_letters(text: str, file: str, report: Report) -> None:
    """Reports every sign that is invisible, turns the direction of text, or controls a machine."""
    lines = Lines(text, file)
    for code, offset, name in _suspects(text):
        what = f"The sign � stands here: {name}." if code == "lost-letter" else f"Invisible sign: {name}."
        report.add(code, lines.place(offset), what)


def check_hidden(value: str, place: Place, report: Report) -> None:
    """Reports signs that a file spells as an escape (\\u202e), so that `check_letters` could not see them."""
    written = report.texts.get(place.file, "")
    for code, offset, name in _suspects(value):
        if code != "lost-letter" and value[offset] not in written:
            report.add(code, place, f"This value hides an invisible sign: {name}.")


def _suspects(text: str) -> Iterator[tuple[str, int, str]]:
    for match in _SUSPECT.finditer(text):
        sign, offset = match[0], match.start()
        if sign in BIDI:
            yield "bidi-override", offset, f"{BIDI[sign]} (U+{ord(sign):04X})"
        elif sign == "\ufffd":
            yield "lost-letter", offset, "a letter was lost before it came here"
        elif unicodedata.category(sign) == "Cf":
            if not (sign in JOINERS and _needs_joiner(text[offset - 1 : offset])):
                yield "invisible-character", offset, f"{unicodedata.name(sign, 'tag').lower()} (U+{ord(sign):04X})"
        else:
            yield "control-character", offset, f"control character U+{ord(sign):04X}"


def _needs_joiner(before: str) -> bool:
    """Whether a joiner after this sign is ordinary writing: scripts without capitals, their marks, emoji."""
    return before == "\ufe0f" or unicodedata.category(before or "\n") in {"Lo", "Mn", "Mc", "So", "Sk"}

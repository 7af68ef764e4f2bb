"""How a word may stand in a file: as it is, and in every encoding that programs give to text on its way to a disk.

Two views of a file are searched, both without line breaks, soft line breaks (RFC 2045) and zero bytes, so that neither
a folded line nor UTF-16 or UTF-32 parts a word: one with its letters as they are, one in small letters. Words are also
looked for as UTF-16 within base64; the other byte order is the same, one byte on.
Standards: RFC 4648 (base16, 32, 64 and 64url), RFC 2045 (quoted-printable), RFC 3986 (percent-encoding), RFC 8259 and
HTML (escapes).
"""

import base64
import codecs
from collections.abc import Callable, Iterator
from typing import NamedTuple

UNFOLDED = b"\0\r\n"
Needles = tuple[tuple[str, bytes], ...]


class Spellings(NamedTuple):
    """What to look for: (name of the spelling, bytes) in the view as it is, and in the view in small letters."""

    exact: Needles
    small: Needles


def unfold(data: bytes) -> bytes:
    """The view with letters as they are; `.lower()` makes the other."""
    return data.replace(b"=\r\n", b"").replace(b"=\n", b"").translate(None, UNFOLDED)


def spellings(words: tuple[str, ...]) -> Spellings:
    """All spellings of these words of ASCII letters, figures and points, in small letters, capitals and as names."""
    cases = {case for word in words for case in (word.lower(), word.capitalize(), word.upper())}
    exact = {each for case in cases for each in _aligned(case.encode())}
    exact |= {each for case in cases for each in _aligned(case.encode("utf-16-le")) if each[0] == "base64"}
    small = {each for case in cases for each in _escaped(case)}
    return Spellings(tuple(sorted(exact)), tuple(sorted(small)))


def _aligned(word: bytes) -> Iterator[tuple[str, bytes]]:
    """The letters that a word has in base 64 and 32 wherever it begins, without those that its neighbours share."""
    for name, encode, bits in _BASES:
        group = 3 if bits == 6 else 5
        for before in range(group):
            encoded = encode(bytes(before) + word)
            first, last = -(-before * 8 // bits), (before + len(word)) * 8 // bits
            yield name, encoded[first:last]


_BASES: tuple[tuple[str, Callable[[bytes], bytes], int], ...] = (
    ("base64", base64.b64encode, 6),
    ("base64url", base64.urlsafe_b64encode, 6),
    ("base32", base64.b32encode, 5),
)


def _escaped(word: str) -> Iterator[tuple[str, bytes]]:
    data, points = word.encode(), [ord(letter) for letter in word]
    yield "plain", data.lower()
    yield "backwards", data.lower()[::-1]
    yield "rot13", codecs.encode(word, "rot13").lower().encode()
    yield "hexadecimal", data.hex().encode()
    for name, mask in _ESCAPES:
        yield name, "".join(mask.format(point) for point in points).lower().encode()


_ESCAPES = (
    ("hexadecimal with spaces", "{:02x} "),
    ("hexadecimal with colons", "{:02x}:"),
    ("percent-encoding", "%{:02x}"),
    ("quoted-printable", "={:02x}"),
    ("JSON", "\\u{:04x}"),
    ("backslash x", "\\x{:02x}"),
    ("octal", "\\{:03o}"),
    ("HTML, decimal", "&#{};"),
    ("HTML, hexadecimal", "&#x{:x};"),
)

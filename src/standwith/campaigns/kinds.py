"""The kinds of values in a campaign folder: how each is read from text and written back.

Invariant: `kind.parse(kind.show(value)) == value` for every value that `parse` returns. A parser raises `Slip` with the
stable code of the mistake. Knows single values only, neither files nor references.
Standards: ISO 3166, BCP 47, RFC 3986, RFC 5321 (length), FIPS 180 (digests in hexadecimal).
"""

import difflib
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from standwith.campaigns.secret_keys import SECRET
from standwith.languages import COUNTRIES, NotADate, PartialDate, UnknownLanguage, language
from standwith.manuscript import Slip
from standwith.sealing.errors import KeyRefused
from standwith.sealing.recipients import parse_recipient

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,'’ \u00a0\u202f][0-9]{3})+")
_HOST = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_PLAIN_URL = re.compile(r"https?://[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/-]*)?")
"""What nearly all web addresses look like; taking others apart costs ten times as much."""
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@([\w-]+(?:\.[\w-]+)+)")


class Kind(NamedTuple):
    """How a value is read and written; `blank` is what an empty text means, `limit` the most characters.

    Several values stand in one cell with `between` between them.
    """

    parse: Callable[[str], Any]
    show: Callable[[Any], str] = str
    blank: Any = ""
    limit: int = 0
    many: bool = False
    between: str = " "

    def list(self, between: str = " ") -> "Kind":
        """The same kind, several times."""
        return self._replace(many=True, blank=(), between=between)

    def split(self, cell: str) -> tuple[str, ...]:
        """The texts of one cell that holds several."""
        return tuple(text for part in cell.split(self.between.strip() or None) if (text := part.strip()))


def parse_line(text: str) -> str:
    """One line of text."""
    if "\n" in text:
        raise Slip("line-break", "This value goes over several lines.")
    return text


def parse_id(text: str) -> str:
    """An id: it becomes part of addresses and file names."""
    if len(text) > 64 or not _ID.fullmatch(text):
        better = re.sub(r"[^a-z0-9]+", "-", text.lower())[:64].strip("-")
        raise Slip("bad-id", f"“{text}” cannot be an id.", f"Write “{better}”, for example." if better else "")
    return text


def parse_number(text: str) -> int:
    """A whole number without signs or separators."""
    if not _NUMBER.fullmatch(text):
        digits = re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else ""
        raise Slip("bad-number", f"“{text}” is not a whole number.", f"Write {digits}." if digits else "")
    return int(text)


def parse_year(text: str) -> int:
    """A year of four digits."""
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        raise Slip("bad-year", f"“{text}” is not a year.")
    return int(text)


def parse_day(text: str) -> str:
    """A day of the year without the year, month first: 03-14."""
    try:
        date.fromisoformat(f"2000-{text}")  # a leap year
    except ValueError:
        sound = False
    else:
        sound = bool(re.fullmatch(r"[0-9]{2}-[0-9]{2}", text))
    if not sound:
        raise Slip("bad-day", f"“{text}” is not a day of the year.")
    return text


@lru_cache(maxsize=10_000)  # a table has many rows of one day
def parse_date(text: str) -> PartialDate:
    """A date as exact as it is known."""
    try:
        return PartialDate.parse(text)
    except NotADate:
        raise Slip("not-a-date", f"“{text}” is not a date.") from None


def parse_country(text: str) -> str:
    """An ISO 3166 country code."""
    if text not in COUNTRIES:
        mend = f"Write {text.upper()}, in capitals." if text.upper() in COUNTRIES else ""
        raise Slip("unknown-country", f"No country has the code “{text}”.", mend)
    return text


def parse_language(text: str) -> str:
    """A BCP 47 language tag."""
    try:
        return language(text).code
    except UnknownLanguage:
        raise Slip("unknown-language", f"No language has the code “{text}”.") from None


def parse_url(text: str) -> str:
    """An address on the web, http or https, that a page can link to as it is."""
    if len(text) < 200 and _PLAIN_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.hostname or "") and parts.username is None
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or len(text) > 2000 or re.search(r"[\s<>\"'`{}|\\^]", text):
        raise Slip("bad-url", f"“{text}” is not a web address.")
    return text


def parse_email(text: str) -> str:
    """An e-mail address in its plain form."""
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise Slip("bad-email", f"“{text}” is not an e-mail address.")
    return text


def parse_colour(text: str) -> str:
    """A colour as #rrggbb, lower case."""
    if not re.fullmatch(r"#[0-9a-f]{6}", text):
        mend = f"Write {text.lower()}." if re.fullmatch(r"#[0-9a-fA-F]{6}", text) else ""
        raise Slip("bad-colour", f"“{text}” is not a colour.", mend)
    return text


def parse_checksum(text: str) -> str:
    """A SHA-256 digest."""
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise Slip("bad-checksum", f"“{text}” is not a SHA-256 checksum.")
    return text


def parse_key(text: str) -> str:
    """A custodian's public key, ours or age's, one line; a secret one is reported where its file is read."""
    if SECRET.match(text):
        return text
    try:
        parse_recipient(text)
    except KeyRefused:
        raise Slip("bad-key", "This is not a custodian's public key.") from None
    return text


def parse_yes_no(text: str) -> bool:
    """yes or no."""
    if text not in ("yes", "no"):
        raise Slip("not-yes-or-no", f"“{text}” is neither yes nor no.")
    return text == "yes"


def choice(code: str, *words: str) -> Kind:
    """One word of a small vocabulary; `code` names the mistake of another word."""

    def parse(text: str) -> str:
        if text not in words:
            close = difflib.get_close_matches(text.lower(), words, 1)
            meant = f"Did you mean “{close[0]}”? " if close else ""
            raise Slip(code, f"“{text}” is not one of the words known here.", f"{meant}Known: {', '.join(words)}.")
        return text

    return Kind(parse)


def line(limit: int = 200) -> Kind:
    """One line of text with a sensible length."""
    return Kind(parse_line, limit=limit)


ID = Kind(parse_id)
TEXT = Kind(str, limit=2000)
NUMBER = Kind(parse_number, blank=None)
YEAR = Kind(parse_year, blank=None)
DAY = Kind(parse_day)
DATE = Kind(parse_date, blank=None)
COUNTRY = Kind(parse_country)
LANGUAGE = Kind(parse_language)
URL = Kind(parse_url)
EMAIL = Kind(parse_email)
COLOUR = Kind(parse_colour)
CHECKSUM = Kind(parse_checksum)
KEY = Kind(parse_key)
YES_NO = Kind(parse_yes_no, lambda value: "yes" if value else "no", blank=False)

"""The sign form: from the bytes that a browser posts to an entry that can be sealed, or to what the person should mend.

Invariants: nothing typed is lost (`Fields` keeps it as it came); an entry has passed every rule; markup, template
markers and formulas are letters like others and stay so. Of a field sent twice the first counts; unknown fields are
left alone. Pure: no clock, no file, no language; the sentences are in sentences.py. Standard: URL,
"application/x-www-form-urlencoded".
"""

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from standwith.intake.address import MOST as MOST_ADDRESS
from standwith.intake.address import read_address
from standwith.intake.manifest import Sheet
from standwith.languages.countries import COUNTRIES
from standwith.sealing.codes import read_code
from standwith.sealing.errors import TokenDamaged

MOST_TYPED = 1000  # characters; more is no line that a person typed, and is not looked at any further
MOST_NAME = 200
MOST_FIELDS = 50

Fields = Mapping[str, str]
Problems = Mapping[str, str]  # field -> code of a sentence

# Direction marks and zero-width characters come along when people copy; they are no part of a name and could make one
# look like another. U+200C and U+200D stay: Persian and Indic names are spelt with them.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)


class Entry(NamedTuple):
    """What a person put on the sheet, checked. `consents` are the kinds ticked, in the order of the form.

    `country` is "" where the form doesn't ask for it. `code` is the recognition code that the browser drew, if it did
    so properly; `codes` says that a supporter of a guarded campaign wants to be shown theirs.
    """

    name: str
    address: str
    country: str
    organisation: str
    consents: tuple[str, ...]
    text: str
    code: bytes | None
    codes: bool


class TooManyFields(Exception):
    """No browser sends a form like this."""


def read_fields(body: bytes) -> Fields:
    """The fields of a posted form; bytes that aren't UTF-8 become U+FFFD. Raises TooManyFields."""
    pairs = body.split(b"&")
    if len(pairs) > MOST_FIELDS:
        raise TooManyFields
    fields: dict[str, str] = {}
    for pair in pairs:
        name, _, value = pair.partition(b"=")
        if name:
            fields.setdefault(_decode(name), _decode(value))
    return fields


def check(fields: Fields, sheet: Sheet) -> tuple[Entry | None, Problems]:
    """The entry, or what is wrong with it, in the order of the form."""
    problems: dict[str, str] = {}

    def note(field: str, checked: tuple[str, str]) -> str:
        value, problem = checked
        if problem:
            problems[field] = problem
        return value

    name = note("name", check_name(fields.get("name", "")))
    address = note("email", check_address(fields.get("email", "")))
    country = "" if sheet.guarded else note("country", check_country(fields.get("country", "")))
    organisation = note("organisation", check_line(fields.get("organisation", "")))
    consents = tuple(kind for kind, _ in sheet.consents if fields.get(kind) == "yes")
    text = fields.get("text", "")
    if text not in sheet.texts:
        problems["sign"] = "text-changed"
    elif "sign" not in consents:
        problems["sign"] = "sign-missing"
    if problems:
        return None, problems
    code, codes = drawn_code(fields.get("code", "")), sheet.guarded and fields.get("codes") == "yes"
    return Entry(name, address, country, organisation, consents, text, code, codes), problems


def check_name(typed: str) -> tuple[str, str]:
    """A person's name, and the code of what is wrong with it or ""."""
    name, problem = check_line(typed)
    if not problem and not any(map(str.isalpha, name)):
        problem = "name-without-letters" if name else "name-missing"
    return name, problem


def check_line(typed: str) -> tuple[str, str]:
    """A line of text, tidied, and what is wrong with it: unreadable bytes, a control character, too long.

    A line far too long comes back untidied: composing takes time that grows with its square.
    """
    if len(typed) > MOST_TYPED:
        return typed, "too-long"
    line = tidy(typed)
    if "\ufffd" in typed:
        return line, "unreadable"
    if not typed.isprintable() and any(unicodedata.category(letter) == "Cc" and letter != "\t" for letter in typed):
        return line, "control-character"
    return line, "too-long" if len(line) > MOST_NAME else ""


def check_address(typed: str) -> tuple[str, str]:
    """An e-mail address in its mailable form, and what is wrong with it or ""."""
    if len(typed) > MOST_TYPED:
        return typed, "email-too-long"
    line, problem = check_line(typed)
    if not line:
        return line, "email-missing"
    address = None if problem in ("unreadable", "control-character") else read_address(line)
    if address is None:
        return line, "email-too-long" if len(line) > MOST_ADDRESS else "email-wrong"
    return address, ""


def check_country(typed: str) -> tuple[str, str]:
    """A country's code, and what is wrong with it or ""."""
    code = typed.strip().upper()
    return code, "" if code in COUNTRIES else "country-missing"


def drawn_code(sent: str) -> bytes | None:
    """The recognition code that the browser drew, or None if it drew none or something else: no person's mistake."""
    try:
        return read_code(sent)
    except TokenDamaged:
        return None


def tidy(typed: str) -> str:
    """The line without invisible characters, composed (NFC), its spaces single and none at the ends."""
    if not typed.isascii():
        typed = unicodedata.normalize("NFC", typed.translate(_INVISIBLE))
    return " ".join(typed.split())


def _decode(encoded: bytes) -> str:
    if b"+" in encoded:
        encoded = encoded.replace(b"+", b" ")
    if b"%" in encoded:
        encoded = unquote_to_bytes(encoded)
    return encoded.decode("utf-8", "replace")

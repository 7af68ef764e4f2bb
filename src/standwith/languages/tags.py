"""Languages by their BCP 47 code: what they call themselves and which way they run.

Invariant: a `Language` exists only for a code in canonical form ("pt-BR", not "pt_br") that CLDR describes.
Does not hold translations; those are catalogues. Standard: BCP 47 (RFC 5646), CLDR through Babel.
"""

from functools import cache
from typing import Literal

import msgspec
from babel import Locale, UnknownLocaleError

from standwith.languages.errors import UnknownLanguage

INTERFACE: tuple[str, ...] = ("en", "fr", "es", "pt", "it", "de", "ar", "ru", "be", "uk", "ka", "ky", "pl")
"""The languages that standwith itself speaks; English is the source of all the others."""

SOURCE = "en"

# CLDR's plain "en" is American and its plain "ar" has had Latin digits since CLDR 42. A text that goes out to the
# whole world puts the day before the month and counts 24 hours; Arabic shows Arabic-Indic digits, as CLDR's Egypt does.
_FORMS = {"en": "en-GB", "ar": "ar-EG"}


class Language(msgspec.Struct, frozen=True):
    """One language: its code, its own name for itself, and "ltr" or "rtl"."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]


@cache
def language(code: str) -> Language:
    """The language behind a BCP 47 code; raises UnknownLanguage for one that nobody speaks."""
    locale = _parse(code)
    name = locale.get_display_name(locale) or code
    # A menu starts every name with a capital; title(), not upper(), for Georgian never uses its capitals so.
    name = name[:1].title() + name[1:]
    return Language(code, name, "rtl" if locale.character_order == "right-to-left" else "ltr")


@cache
def forms_of(code: str) -> Locale:
    """CLDR's data for how this language writes numbers, dates and lists."""
    return _parse(_FORMS.get(code, code))


def spoken_as(code: str) -> str | None:
    """The interface language that serves `code`: itself or the nearest shorter tag (pt-BR: pt), else None."""
    while code:
        if code in INTERFACE:
            return code
        code = code.rpartition("-")[0]
    return None


def _parse(code: str) -> Locale:
    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError, TypeError):
        locale = None
    if locale is None or str(locale).replace("_", "-") != code:
        raise UnknownLanguage(f"“{code}” is not a language code that we know; write it like en, pt-BR or sr-Latn.")
    return locale

"""Languages: their codes and voices, partial dates, countries, and catalogues of translations.

Invariant: knows nothing of campaigns; could be lifted out as a library. Nothing here reads a clock or a network.
Does not decide what may be published in which language; `standwith.campaigns.translations` does.
"""

from standwith.languages.catalogue import Catalogue, Entry
from standwith.languages.countries import COUNTRIES
from standwith.languages.dates import PartialDate
from standwith.languages.errors import CatalogueDamaged, LanguageError, NotADate, UnknownLanguage
from standwith.languages.tags import INTERFACE, Language, language
from standwith.languages.voice import Voice, voice

__all__ = [
    "COUNTRIES",
    "INTERFACE",
    "Catalogue",
    "CatalogueDamaged",
    "Entry",
    "Language",
    "LanguageError",
    "NotADate",
    "PartialDate",
    "UnknownLanguage",
    "Voice",
    "language",
    "translatable",
    "voice",
]


def translatable(message: str) -> str:
    """Mark a message that a Voice says later, so that extraction finds it; imported as `_t`."""
    return message


_t = translatable

"""Read one translation against its source, as a proofreader would who does not speak the language.

Holds what can be wrong without understanding a word: missing, stale, a placeholder lost or invented, the wrong number
of plural forms. Pure. Does not judge which faults keep a language from being published.
"""

from collections.abc import Iterator
from functools import cache

from standwith.languages.catalogue import Entry
from standwith.languages.placeholders import extra_placeholders, lost_placeholders, stray_braces
from standwith.languages.plurals import plurals

# Every pattern of every language that we know shows itself below this number.
_ENOUGH = 300


def proofread(entry: Entry, code: str) -> tuple[str, ...]:
    """What is wrong with an entry of the catalogue of language `code`, each as a short phrase; () if nothing is."""
    if not entry.translated:
        return ("missing",)
    stale = ("stale",) if entry.fuzzy else ()
    return stale + tuple(_plural_faults(entry, code) if entry.plural else _faults(entry.source, entry.target))


def _faults(source: str, target: str) -> Iterator[str]:
    for name in lost_placeholders(source, target):
        yield f"{{{name}}} is lost"
    for name in extra_placeholders(source, target):
        yield f"{{{name}}} is not in the source"
    if stray_braces(target) and not stray_braces(source):
        yield "a brace belongs to no placeholder"


def _plural_faults(entry: Entry, code: str) -> Iterator[str]:
    wanted = plurals(code).count
    if len(entry.forms) != wanted:
        yield f"{len(entry.forms)} plural forms where the language has {wanted}"
    for index, form in enumerate(entry.forms[:wanted]):
        # A form for one number only ("one person", "both") may say it in words; any other has to show the number.
        in_words = not _says_many(code, index)
        for fault in _faults(entry.plural, form):
            if not (in_words and fault == "{n} is lost"):
                yield f"form {index}: {fault}"


@cache
def _says_many(code: str, index: int) -> bool:
    choose = plurals(code).choose
    return sum(choose(n) == index for n in range(_ENOUGH)) > 1

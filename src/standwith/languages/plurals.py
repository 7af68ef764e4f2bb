"""How languages count: one form for 1, another for many, six of them in Arabic.

Invariant: the header is the gettext formula that translators' tools expect, and agrees with CLDR's plural categories
for every whole number that a campaign reaches. CLDR's extra "many" for round millions (fr, es, it, pt) is left out, as
the tools leave it out. Standard: GNU gettext, Plural-Forms.
"""

from collections.abc import Callable
from functools import cache
from gettext import c2py

import msgspec

_TWO = "nplurals=2; plural=(n != 1);"
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
_HEADERS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "ru": _SLAVIC,
    "be": _SLAVIC,
    "uk": _SLAVIC,
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}


class Plurals(msgspec.Struct, frozen=True):
    """A language's number of plural forms, its PO header, and the choice of form for a whole number."""

    count: int
    header: str
    choose: Callable[[int], int]


@cache
def plurals(code: str) -> Plurals:
    """The plural forms of a language; two forms (one, other) where we know no better."""
    header = _HEADERS.get(code) or _HEADERS.get(code.partition("-")[0], _TWO)
    count, formula = header.removesuffix(";").split("; ")
    return Plurals(int(count.removeprefix("nplurals=")), header, c2py(formula.removeprefix("plural=")))

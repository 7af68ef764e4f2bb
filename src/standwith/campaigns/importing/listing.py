"""A line of a list of organisations: name, acronym in brackets, country after the dash.

    Confédération Nationale des Travailleurs - Solidarité Ouvrière (CNT SO) - France.
    (واحد) - Syndicat des travailleurs du transport de Téhéran et sa banlieue (Vahed) – Iran.

Dashes inside of a name stay. Invariant: every word of the line is in one of the fields; a country that is printed and
not known stays printed, with no code. Does not decide whether a list is one of organisations.
"""

import re

from msgspec import Struct

from standwith.campaigns.importing.countries import country_code

_DASH = r"\s*(?:(?<=[)\s])[-–—―]|[-–—―](?=\s))\s*"
_TAIL = re.compile(rf"^(?P<rest>.*\S){_DASH}(?P<tail>[^–—]+?)$", re.DOTALL)
_AFTER_COMMA = re.compile(r"^(?P<rest>.*\S)\s*,\s*(?P<tail>[^,]+)$", re.DOTALL)
_IN_BRACKETS = re.compile(r"^(?P<rest>.*\S)\s*[(\[](?P<tail>[^()\[\]]+)[)\]]$", re.DOTALL)
_NATIVE = re.compile(rf"^[(\[](?P<native>[^()\[\]]+)[)\]]{_DASH}(?P<rest>\S.*)$", re.DOTALL)
_LONGEST_ACRONYM = 60


class Listed(Struct, frozen=True, kw_only=True):
    """An organisation as a line lists it; `printed` is the country in the document's words."""

    name: str
    acronym: str = ""
    country: str = ""
    printed: str = ""
    native: str = ""

    @property
    def shaped(self) -> bool:
        """Whether the line looks like one of a list of organisations."""
        return bool(self.country or self.acronym)


def read_listed(line: str) -> Listed:
    """The organisation of one line, without its emphasis."""
    rest = " ".join(line.split()).rstrip(" .;,")
    native = ""
    if found := _NATIVE.match(rest):
        native, rest = found["native"], found["rest"]
    rest, printed, code = _take_country(rest)
    rest, acronym = _take_acronym(rest)
    return Listed(name=rest, acronym=acronym, country=code, printed=printed, native=native)


def read_row(cells: tuple[str, ...]) -> Listed:
    """The organisation of a table row: the cell with a country, a short one in capitals, and the longest."""
    rest = [cell for cell in cells if cell]
    printed = next((cell for cell in rest if country_code(cell)), "")
    rest = [cell for cell in rest if cell is not printed]
    name = max(rest, key=len, default="")
    short = [cell for cell in rest if cell is not name and len(cell) <= _LONGEST_ACRONYM]
    if len(rest) > len(short) + 1 or len(short) > 1:
        return Listed(name=" | ".join(filter(None, cells)))
    found = read_listed(name)
    acronym = short[0] if short else found.acronym
    whole = found if acronym == found.acronym else Listed(name=name, acronym=acronym)
    return Listed(name=whole.name, acronym=acronym, country=country_code(printed), printed=printed)


def _take_country(rest: str) -> tuple[str, str, str]:
    """What stands before the country, the country as printed, its code."""
    for pattern in (_TAIL, _AFTER_COMMA, _IN_BRACKETS):
        found = pattern.match(rest)
        if found and (code := country_code(found["tail"])):
            return found["rest"].rstrip(" -–—"), found["tail"], code
    found = _TAIL.match(rest)
    if found and found["rest"].endswith(")") and _is_name(found["tail"]):
        return found["rest"], found["tail"], ""  # after a closed bracket nothing but a country is meant
    return rest, "", ""


def _is_name(text: str) -> bool:
    return text[:1].isupper() and len(text.split()) <= 4 and "(" not in text


def _take_acronym(rest: str) -> tuple[str, str]:
    found = _IN_BRACKETS.match(rest)
    if found and len(found["tail"]) <= _LONGEST_ACRONYM and any(sign.isalpha() for sign in found["tail"]):
        return found["rest"], found["tail"].strip()
    return rest, ""

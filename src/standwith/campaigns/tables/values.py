"""Values as people write them in tables, to the one form of a campaign folder.

Countries by name in any language, dates in the usual forms and the numbers that spreadsheets keep for them, yes and no,
languages by name, web addresses without https. Invariant: what comes out is read by the kind of its column, or a `Slip`
says what mends it; a date that could be two is refused, never guessed.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

from babel import Locale

from standwith.campaigns.importing.countries import country_code
from standwith.campaigns.importing.dating import find_dates
from standwith.campaigns.importing.scopes import scope_of
from standwith.campaigns.shapes import TABLES, Field
from standwith.campaigns.tables.vocabularies import WORDS
from standwith.languages import COUNTRIES, INTERFACE, NotADate, PartialDate, voice
from standwith.manuscript import Slip
from standwith.organisations import fold

_DAYS = ("date", "hearing", "review", "checked_on")
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_SLASHED = re.compile(r"([0-9]{1,2})\s*([./-])\s*([0-9]{1,2})\s*\2\s*((?:19|20)[0-9]{2})\.?")
_MONTH = re.compile(r"(0?[1-9]|1[0-2])\s*[./-]\s*((?:19|20)[0-9]{2})")
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?Z?$")
_YES = "yes y x 1 true oui si sí sim ja да так ano نعم иә ооба კი tak ✓ ✔ ☑ v"
_NO = "no n 0 false non não nao nein нет не ні لا жок არა nie – - —"


def read_cell(field: Field, text: str) -> str:
    """The text of one cell as it is to stand in the folder; raises Slip."""
    reader = _READERS.get(field.name)
    written = reader(text) if reader else _as_it_is(text, field)
    if field.kind.many:
        return field.kind.between.join(field.kind.show(field.kind.parse(item)) for item in field.kind.split(written))
    return field.kind.show(field.kind.parse(written))


def field_of(kind: str, column: str) -> Field:
    """The column of a table."""
    return next(field for field in TABLES[f"{kind}.csv"].fields if field.name == column)


def _as_it_is(text: str, field: Field) -> str:
    """A line where a line is wanted; words of a small vocabulary in any language that has them."""
    one = text if field.kind.limit > 400 else " ".join(text.split("\n"))
    if field.name not in WORDS:
        return one
    known = _words(field.name).get(fold(one), one)
    return known if known in WORDS[field.name] or field.name != "scope" else scope_of(one) or one


@cache
def _words(column: str) -> Mapping[str, str]:
    """Folded words of every language that has them, to ours."""
    found: dict[str, str] = {}
    for word in WORDS[column]:
        found[fold(word)] = found[fold(word.replace("-", " "))] = word
        for code in INTERFACE:
            for said in {word, word.capitalize()}:
                found.setdefault(fold(voice(code).gettext(said)), word)
    return found


def read_country(text: str) -> str:
    """A code in any case, or a name."""
    code = text.strip().upper()
    if code in COUNTRIES:
        return code
    found = country_code(text)
    if not found:
        mend = "Write its ISO 3166 code, such as BY or FR."
        raise Slip("unknown-country", f"“{text}” is not a country that is known here.", mend)
    return found


def read_day(text: str) -> str:
    """A date, as exact as it is written."""
    bare = _TIME.sub("", text.strip()).strip()
    if _SERIAL.fullmatch(bare):
        return str(date(1899, 12, 30) + timedelta(days=int(bare)))
    try:
        return str(PartialDate.parse(bare))
    except NotADate:
        pass
    if found := _MONTH.fullmatch(bare):
        return f"{found[2]}-{int(found[1]):02}"
    if found := _SLASHED.fullmatch(bare):
        return _in_order(text, found)
    dates = find_dates(bare)
    if len(dates) == 1 and dates[0].year and not dates[0].last_day and not dates[0].unsure:
        return str(dates[0].on())
    raise Slip("not-a-date", f"“{text}” is not a date.", "Write 2020, 2020-08 or 2020-08-17.")


def _in_order(text: str, found: re.Match[str]) -> str:
    """Day and month in digits; with dots the day is first everywhere, with strokes only where it cannot be a month."""
    first, sign, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if sign == "/" and first != second and max(first, second) <= 12:
        mend = f"Write {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}."
        raise Slip("not-a-date", f"“{text}” could be two days.", mend)
    day, month = (second, first) if second > 12 else (first, second)
    try:
        return str(PartialDate(int(year), month, day))
    except NotADate:
        raise Slip("not-a-date", f"“{text}” is not in the calendar.", "Write 2020-08-17, for example.") from None


def read_year(text: str) -> str:
    """A year; of a full date no more than the year is kept."""
    bare = text.strip().removesuffix(".").strip()
    return bare if re.fullmatch(r"(?:19|20)[0-9]{2}", bare) else read_day(text)[:4]


def read_birthday(text: str) -> str:
    """Month and day; of a full date the year is left out."""
    bare = text.strip()
    if re.fullmatch(r"[0-9]{2}-[0-9]{2}", bare):
        return bare
    if found := re.fullmatch(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.?", bare):
        return f"{int(found[2]):02}-{int(found[1]):02}"
    dates = find_dates(bare)
    if len(dates) == 1 and dates[0].day and not dates[0].unsure:
        return f"{dates[0].month:02}-{dates[0].day:02}"
    read = read_day(text)
    return read[5:] if len(read) == 10 else bare


def read_yes_no(text: str) -> str:
    """Yes or no in any language, or a mark in a box."""
    word = text.strip().casefold()
    if word in _YES.split() or fold(word) in _YES.split():
        return "yes"
    if word in _NO.split() or fold(word) in _NO.split():
        return "no"
    raise Slip("not-yes-or-no", f"“{text}” is neither yes nor no.", "Write yes or no.")


def read_email(text: str) -> str:
    """An address, also as a mail programme writes it: Desk <desk@example.org>."""
    found = re.search(r"<([^<>]+)>\s*$", text)
    return (found[1] if found else text).strip().removeprefix("mailto:")


def read_url(text: str) -> str:
    """A web address; without https:// as people type it."""
    bare = text.strip()
    return f"https://{bare}" if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", bare) else bare


def read_language(text: str) -> str:
    """A code, or the name of a language."""
    bare = text.strip().replace("_", "-")
    return _languages().get(fold(bare), bare)


@cache
def _languages() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code in INTERFACE:
        for tag, name in Locale.parse(code).languages.items():
            if "_" not in tag:
                found.setdefault(fold(name), tag)
    return found


def read_ids(text: str) -> str:
    """Several ids with commas or semicolons between them."""
    return " ".join(re.split(r"[\s,;]+", text.strip()))


_READERS: dict[str, Callable[[str], str]] = {
    "country": read_country,
    **dict.fromkeys(_DAYS, read_day),
    "born": read_year,
    "birthday": read_birthday,
    "endorses": read_yes_no,
    "email": read_email,
    "url": read_url,
    "language": read_language,
    "sources": read_ids,
}

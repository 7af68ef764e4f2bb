"""Dates in running text, in every language that standwith speaks, as exact as they are written.

Reads "9 août 2020", "August 17, 2020", "el 9 de agosto", "2020-жылдын 9-августу", "31.08.2020" and ranges of days.
Invariant: a date is real; a year that is not written is not made up here (`year` is None). A day and a month in digits
are read day first, as everywhere but in the United States; where both would do, `unsure` says so.
"""

import re
from collections.abc import Iterator
from functools import cache

from babel.dates import get_month_names
from msgspec import Struct

from standwith.languages import INTERFACE, NotADate, PartialDate

_LEVANT = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
_MAGHREB = "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
_SAID_IN = "январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре"
_DIGITS = {0x0660 + digit: str(digit) for digit in range(10)} | {0x06F0 + digit: str(digit) for digit in range(10)}
_NUMERIC = re.compile(
    r"(?<![\w.,/-])(?:(?P<iso>(?:19|20)\d\d)-(?P<im>\d\d)(?:-(?P<id>\d\d))?|"
    r"(?P<d>[0-3]?\d)(?P<sep>[./])\s?(?P<m>[01]?\d)(?P=sep)\s?(?P<y>(?:19|20)\d\d))(?!\d|[./-]\d)"
)


class Dated(Struct, frozen=True, kw_only=True):
    """A date in a text: from where to where it is written, and what it says."""

    start: int
    end: int
    words: str
    year: int | None
    month: int
    day: int | None = None
    last_day: int | None = None
    unsure: bool = False

    def on(self, year: int | None = None) -> PartialDate | None:
        """The date, in `year` if none is written; None where there is none."""
        known = self.year or year
        return PartialDate(known, self.month, self.day) if known else None


def find_dates(text: str) -> list[Dated]:
    """Every date of a text that has a month, in order."""
    latin = text.translate(_DIGITS)
    found = [*_worded(latin), *_numeric(latin)]
    return sorted((date for date in found if _is_real(date)), key=lambda date: date.start)


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for code in INTERFACE:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, code).items():
                    if len(name.strip(".")) > 2:
                        months.setdefault(name.strip(".").casefold(), number)
    for names in (_LEVANT, _MAGHREB, _SAID_IN):
        months |= {name: number for number, name in enumerate(names.split("|"), start=1)}
    return months


@cache
def _worded_pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    year, day = r"(?:1[89]|20)\d\d", r"[0-3]?\d"
    of = r"(?:de |del |di |of |the |d['’]|le |el )?"
    return re.compile(
        rf"(?<![\w])(?:(?P<y1>{year})[\s,-]*(?:жыл\w*|ж\.|წლის|წელს|года|року)?-?[\s,]+)?"
        rf"(?:(?:(?P<first>{day})\s?(?:[-–—]|to|au?|al|bis|до|по)\s?)?"
        rf"(?P<d1>{day})(?!\d)(?:st|nd|rd|th|er|re|º|ª|°|ο|го)?[\s.,-]{{0,2}}{of})?"
        rf"(?P<month>{names})(?:ында|унда|ынан|унан|дан|тан|ын|ун|да|та|ы|у|ს|ში)?\.?"
        rf"(?:\s+(?P<d2>{day})(?:st|nd|rd|th)?(?![\d]))?"
        rf"(?:[\s,.-]{{0,3}}(?:de |del |of |dne )?(?P<y2>{year})(?!\d))?(?![^\W\d_](?<!\d\w))",
        re.IGNORECASE,
    )


def _worded(text: str) -> Iterator[Dated]:
    for found in _worded_pattern().finditer(text):
        year = found["y2"] or found["y1"]
        day = found["d1"] or found["d2"]
        if not (year or day):
            continue
        first, last = (int(found["first"]), int(day)) if found["first"] and day else (int(day) if day else None, None)
        yield Dated(
            start=found.start(),
            end=found.end(),
            words=found[0].strip(),
            year=int(year) if year else None,
            month=_months()[found["month"].casefold()],
            day=first,
            last_day=last,
        )


def _numeric(text: str) -> Iterator[Dated]:
    for found in _NUMERIC.finditer(text):
        day = found["d"] or found["id"]
        month = int(found["m"] or found["im"])
        unsure = bool(found["d"]) and int(found["d"]) <= 12 and int(found["d"]) != month
        yield Dated(
            start=found.start(),
            end=found.end(),
            words=found[0],
            year=int(found["y"] or found["iso"]),
            month=month,
            day=int(day) if day else None,
            unsure=unsure,
        )


def _is_real(date: Dated) -> bool:
    try:
        PartialDate(date.year or 2000, date.month, date.day)
        PartialDate(date.year or 2000, date.month, date.last_day)
    except NotADate:
        return False
    return date.last_day is None or date.day is None or date.last_day > date.day

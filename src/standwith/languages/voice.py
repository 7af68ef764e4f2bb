"""One language's voice: the interface's messages, and numbers, dates, names and lists in the language's own form.

Invariant: a Voice has no state that a reader can change, so one serves all threads; its catalogue is read at the first
message and never again. A message without a current translation comes out in English, never empty.
Does not escape: what it returns is text, and the template that puts it on a page escapes it. Standard: CLDR (Babel).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from babel import Locale
from babel.dates import DateTimePattern, format_date, format_time, parse_pattern
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from standwith.languages.countries import COUNTRIES, PREFERRED_NAMES
from standwith.languages.dates import PartialDate
from standwith.languages.messages import messages, untranslated
from standwith.languages.placeholders import fill
from standwith.languages.plurals import plurals
from standwith.languages.sorting import SortKey, sort_key
from standwith.languages.tags import SOURCE, forms_of, language, spoken_as

Value = str | int | float | date | PartialDate

# For the few languages whose skeletons CLDR leaves out.
_PLAIN = {"y": "y", "yMMMM": "MMMM y", "MMMMd": "d MMMM"}

# Babel puts the right signs between the digits and leaves the digits themselves Latin.
_DIGITS: Mapping[str, Mapping[int, str]] = {
    "arab": {ord("0") + digit: chr(0x0660 + digit) for digit in range(10)} | {ord("%"): "٪"},
}


def _in_digits(text: str, forms: Locale) -> str:
    return text.translate(_DIGITS.get(forms.default_numbering_system, {}))


# A publication says the same few hundred numbers and days on thousands of pages, and Babel takes 13 µs for each.
@lru_cache(maxsize=1 << 14)
def _number(forms: Locale, n: int | float) -> str:
    return _in_digits(format_decimal(n, locale=forms, numbering_system="default"), forms)


@lru_cache(maxsize=1 << 14)
def _long_date(forms: Locale, day: date) -> str:
    return _in_digits(format_date(day, "long", locale=forms), forms)


def _month(forms: Locale, day: date, skeleton: str) -> str:
    pattern: DateTimePattern = forms.datetime_skeletons.get(skeleton) or parse_pattern(_PLAIN[skeleton])
    return _in_digits(pattern.apply(day, forms), forms)


class Voice:
    """How one language speaks; get it from `voice(code)`.

    `code`, `name` and `dir` are the language asked for; `speaks` is the interface language that serves it.
    """

    def __init__(self, code: str, read: Callable[[str], Mapping[str, tuple[str, ...]]] = messages) -> None:
        """`read` gives the messages of an interface language; it is called when the first one is said."""
        found = language(code)
        self.code, self.name, self.dir = found.code, found.name, found.direction
        self.speaks = spoken_as(code) or SOURCE
        self.order: Callable[[str], SortKey] = sort_key(code)
        self._read = read
        self._forms = forms_of(code)

    def gettext(self, message: str, **values: Value) -> str:
        """The message in this language, with {name} filled; numbers and dates take the language's form."""
        translated = self._messages.get(message)
        return self._fill(translated[0] if translated else message, values)

    def ngettext(self, singular: str, plural: str, n: int, **values: Value) -> str:
        """The form of the message that goes with `n`; {n} is filled with the number in the language's form."""
        forms, counted_as = self._messages.get(singular), self.speaks
        if not forms:
            forms, counted_as = (singular, plural), SOURCE
        return self._fill(forms[plurals(counted_as).choose(n)], {**values, "n": n})

    def translates(self, message: str) -> bool:
        """True if the message (or the singular of a message that counts) is said in this language, not in English."""
        return self.speaks == SOURCE or message in self._messages

    @cached_property
    def fallback(self) -> bool:
        """True if some message of the interface would be shown in English for want of a translation."""
        return bool(untranslated(self.code))

    def number(self, n: int | float) -> str:
        """7,000 · 7 000 · ٧٬٠٠٠."""
        return _number(self._forms, n)

    def percent(self, n: int | float) -> str:
        """`n` per cent, so 80 is 80 % · 80% · ٨٠٪, and 4.9 is 4.9 %: as exact as it is given."""
        part = Decimal(str(n)) / 100
        shown = format_percent(part, locale=self._forms, numbering_system="default", decimal_quantization=False)
        return _in_digits(shown, self._forms)

    def date(self, when: PartialDate | date) -> str:
        """As exact as it is known: 2020 · August 2020 · 9 August 2020."""
        if isinstance(when, PartialDate):
            if when.day is None:
                return self.month_of(when)
            when = when.first_day()
        return _long_date(self._forms, when)

    def month_of(self, when: PartialDate) -> str:
        """The month and year (August 2020), or the year where no month is known."""
        return _month(self._forms, when.first_day(), "y" if when.month is None else "yMMMM")

    def day_of_year(self, month: int, day: int) -> str:
        """A day that comes every year: 9 August."""
        return _month(self._forms, date(2000, month, day), "MMMMd")

    def moment(self, when: datetime) -> str:
        """A day and a time of it, in UTC, to the minute; `when` must be aware."""
        if when.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        when = when.astimezone(UTC)
        time = _in_digits(format_time(when, "short", locale=self._forms, tzinfo=UTC), self._forms)
        glue: str = self._forms.datetime_formats["medium"]
        return glue.replace("'", "").replace("{1}", self.date(when.date())).replace("{0}", f"{time} UTC")

    def country(self, code: str) -> str:
        """The name of a country; its code where CLDR has no name for it in this language."""
        return PREFERRED_NAMES.get((self.speaks, code)) or self._forms.territories.get(code) or code

    def countries(self) -> Sequence[tuple[str, str]]:
        """All countries as (code, name), in this language's order of names."""
        return self._countries

    def join(self, items: Sequence[str]) -> str:
        """One, two and three."""
        return format_list(items, style="standard", locale=self._forms)

    @cached_property
    def _messages(self) -> Mapping[str, tuple[str, ...]]:
        return self._read(self.speaks) if self.speaks != SOURCE else {}

    @cached_property
    def _countries(self) -> tuple[tuple[str, str], ...]:
        named = ((code, self.country(code)) for code in COUNTRIES)
        return tuple(sorted(named, key=lambda pair: self.order(pair[1])))

    def _fill(self, text: str, values: Mapping[str, Value]) -> str:
        return fill(text, lambda name: self._shown(values[name]) if name in values else None) if values else text

    def _shown(self, value: Value) -> str:
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, PartialDate | date):
            return self.date(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.number(value)
        return str(value)


@cache
def voice(code: str) -> Voice:
    """The voice of a language; raises UnknownLanguage. The same object every time."""
    return Voice(code)

"""Dates as campaigns know them: a day, or only a month, or only a year.

Invariant: a `PartialDate` is a real calendar date as far as it goes, and has no day without a month. It sorts by time;
the less exact one of two stands first. Does not format for readers; a Voice does. Standard: ISO 8601,
reduced precision (YYYY, YYYY-MM).
"""

import calendar
import re
from datetime import date

import msgspec

from standwith.languages.errors import NotADate

_WRITTEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class PartialDate(msgspec.Struct, frozen=True):
    """A date that may lack its day, or its month too: 2020, 2020-08, 2020-08-09."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no calendar has; msgspec's decoder comes through here too."""
        if self.day is not None and self.month is None:
            raise NotADate("A date with a day needs its month.")
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError:
            raise NotADate(f"{_write(self)} is not in the calendar.") from None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read YYYY, YYYY-MM or YYYY-MM-DD, and nothing else."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise NotADate(f"“{text}” is not a date; write 2020, 2020-08 or 2020-08-09.")
        return cls(*(int(part) if part is not None else None for part in found.groups()))  # type: ignore[arg-type]

    def __str__(self) -> str:
        """The text that `parse` reads."""
        return _write(self)

    def __lt__(self, other: "PartialDate") -> bool:
        """Earlier, or less exact within the same time."""
        return self._order() < other._order()

    def __le__(self, other: "PartialDate") -> bool:
        """Not later."""
        return self._order() <= other._order()

    def __gt__(self, other: "PartialDate") -> bool:
        """Later, or more exact within the same time."""
        return self._order() > other._order()

    def __ge__(self, other: "PartialDate") -> bool:
        """Not earlier."""
        return self._order() >= other._order()

    def first_day(self) -> date:
        """The first day that this date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day that this date may mean: a campaign that closes in 2020-12 is open on the 31st."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def _order(self) -> tuple[int, int, int]:
        return (self.year, self.month or 0, self.day or 0)


def _write(when: PartialDate) -> str:
    if when.month is None:
        return f"{when.year:04}"
    return f"{when.year:04}-{when.month:02}" if when.day is None else f"{when.year:04}-{when.month:02}-{when.day:02}"

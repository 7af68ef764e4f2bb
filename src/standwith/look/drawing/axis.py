"""The line of time below a drawing: where a day lies, and which months or years are written there.

Invariant: labels never overlap, nor leave the drawing, in a place of `NARROW` pixels or more; the first one always
stands. A thousand units are the width, whatever that is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from standwith.languages import PartialDate, Voice

WIDTH = 1000
NARROW = 328  # pixels that a page leaves for it on a telephone of 360
EDGE = 36  # units kept free on both sides, so that what lies on the first day is not cut
LETTER = 7.6  # pixels of a letter at the size of the labels, the widest of our scripts
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # months between labels
SHORTEST = 28


@dataclass(frozen=True)
class Axis:
    """Time from `start` to `end`, both days included, in the direction in which the language of `voice` is read."""

    start: date
    end: date
    voice: Voice

    @cached_property
    def days(self) -> int:
        return max((self.end - self.start).days, SHORTEST)

    def at(self, day: date) -> int:
        """Where the day lies, in units."""
        along = EDGE + round((WIDTH - 2 * EDGE) * (day - self.start).days / self.days)
        return WIDTH - along if self.voice.dir == "rtl" else along

    def ticks(self) -> list[tuple[int, str]]:
        """(where, what is written there), as many as have room."""
        for step in STEPS:
            ticks = [(day, self._label(day, step)) for day in self._days_at(step)]
            room = step * 30.4 / self.days * (WIDTH - 2 * EDGE) * NARROW / WIDTH
            if all(width(label) < room for _, label in ticks) or step == STEPS[-1]:
                break
        shown = ticks or [(self.start, self._label(self.start, 1))]
        return [(self.at(day), label) for day, label in shown if day == shown[0][0] or self._fits(day, label)]

    def _fits(self, day: date, label: str) -> bool:
        at = self.at(day)
        begin = WIDTH - at if self.voice.dir == "rtl" else at
        return begin + width(label) * WIDTH / NARROW <= WIDTH

    def _days_at(self, step: int) -> Iterator[date]:
        """First days of months, `step` months apart; of years where the step is years."""
        month = self.start.year * 12 + self.start.month - 1
        if step >= 12:
            month = -(-month // step) * step
        elif self.start.day > 1:
            month += 1
        while (day := date(min(month // 12, 9999), month % 12 + 1, 1)) <= self.end and month < 9999 * 12:
            yield day
            month += step

    def _label(self, day: date, step: int) -> str:
        return self.voice.month_of(PartialDate(day.year, None if step >= 12 else day.month))


def width(label: str) -> float:
    """How many pixels a label takes at most, with a little room after it."""
    return len(label) * LETTER + 8


def percent(units: float) -> str:
    """Units as a part of the width: 371 is 37.1%."""
    return f"{units / 10:g}%"

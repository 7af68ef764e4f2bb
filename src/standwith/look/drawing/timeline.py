"""A line of time: each thing that happened is a numbered mark in the row of its sort; many are counted in columns.

Invariant: marks of a row never cover each other at 360 pixels: who finds no room stands one line lower. A day is a
point, what lasts a thick bar, and a month or year of which the day is not known a thin bar with the mark in its middle.
Where there are too many for numbers, no mark is left out: each is in exactly one column, that of its first day.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from standwith.languages import Voice
from standwith.look.drawing.axis import EDGE, NARROW, WIDTH, Axis
from standwith.look.drawing.frame import FOOT, beginning, frame, path, ruled, stretch, text

MOST = 60  # marks with numbers of their own
LINES = 6  # lines of one row
LINE, HEAD = 27, 25  # pixels of a line, and of the words above a row
MARK = 26  # pixels that a mark takes across
GAP = MARK * WIDTH // NARROW
COLUMNS, HIGH = 48, 40  # columns of a row, and pixels of the highest one


class Mark(NamedTuple):
    """When something happened, and in which row it stands; `vague`: between these days, rather than all the time."""

    start: date
    end: date
    row: int
    vague: bool = False


class _Placed(NamedTuple):
    """A mark with its number, the line that it stands on, and where it begins, ends, and has its number."""

    number: int
    row: int
    line: int
    begin: int
    end: int
    at: int
    vague: bool


def draw_timeline(
    name: str, marks: Sequence[Mark], rows: Sequence[str], voice: Voice, title: str, words: str
) -> Markup:
    """Return the drawing of marks that are numbered from 1 in their order; `rows` are the words above the rows."""
    axis = axis_of(marks, voice)
    if is_numbered(marks, voice):
        return _draw_marks(name, axis, _place(axis, marks), rows, title, words)
    return _draw_columns(name, axis, marks, rows, title, words)


def is_numbered(marks: Sequence[Mark], voice: Voice) -> bool:
    """Whether each mark has room for its number."""
    return len(marks) <= MOST and all(one.line < LINES for one in _place(axis_of(marks, voice), marks))


def axis_of(marks: Sequence[Mark], voice: Voice) -> Axis:
    """The time from the month of the first mark to the last day of the last one."""
    start = min(mark.start for mark in marks)
    return Axis(start.replace(day=1), max(mark.end for mark in marks), voice)


def _place(axis: Axis, marks: Sequence[Mark]) -> list[_Placed]:
    """Each mark on the first line of its row where nothing lies in its way."""
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    placed = []
    for number, mark in enumerate(marks, 1):
        begin, end = sorted((axis.at(mark.start), axis.at(mark.end)))
        at = (begin + end) // 2 if mark.vague else axis.at(mark.start)
        room = (min(begin, at) - GAP // 2, max(end, at) + GAP // 2)
        line = 0
        while any(room[0] < other[1] and other[0] < room[1] for other in taken.get((mark.row, line), ())):
            line += 1
        taken.setdefault((mark.row, line), []).append(room)
        placed.append(_Placed(number, mark.row, line, begin, end, at, mark.vague))
    return placed


def _draw_marks(
    name: str, axis: Axis, placed: Sequence[_Placed], rows: Sequence[str], title: str, words: str
) -> Markup:
    paths, labels, y = [], [], 0
    for row, said in enumerate(rows):
        ours = [one for one in placed if one.row == row]
        if ours:
            labels.append(text(beginning(axis), y + 15, said, "row"))
            paths.append(_paths(ours, row, y + HEAD + LINE // 2 - 3))
            labels += _numbers(ours, row, y + HEAD + LINE // 2 - 3, axis.voice)
            y += HEAD + LINE * (1 + max(one.line for one in ours))
    grid, ticks = ruled(axis, 0, y + 4)
    return frame(name, "line-of-time", y + 4 + FOOT, title, words, [stretch(y + 10, [grid, *paths]), ticks, *labels])


def _paths(placed: Iterable[_Placed], row: int, y: int) -> str:
    """The marks of a row, first the thin lines under them."""
    thin = thick = ""
    for one in placed:
        height = y + one.line * LINE
        if one.vague:
            thin += f"M{one.begin} {height}H{one.end}"
        end = one.at + 0.1 if one.vague or one.begin == one.end else one.begin + one.end - one.at
        thick += f"M{one.at} {height}H{end:g}"
    return path("thin", thin) + path(f"mark m{row % 4}", thick) + (path("hollow", thick) if row % 4 > 1 else "")


def _numbers(placed: Iterable[_Placed], row: int, y: int, voice: Voice) -> Iterable[str]:
    return [text(one.at, y + 5 + one.line * LINE, voice.number(one.number), f"n{row % 4}") for one in placed]


def _draw_columns(name: str, axis: Axis, marks: Sequence[Mark], rows: Sequence[str], title: str, words: str) -> Markup:
    counted = [count_columns(axis, [mark for mark in marks if mark.row == row]) for row in range(len(rows))]
    highest = max(max(counts) for counts in counted)
    paths, labels, y = [], [], 0
    for row, (said, counts) in enumerate(zip(rows, counted, strict=True)):
        if any(counts):
            labels.append(text(beginning(axis), y + 15, f"{said} · {axis.voice.number(sum(counts))}", "row"))
            y += HEAD + HIGH
            paths.append(path(f"bars b{row % 4}", _bars(counts, highest, y, axis.voice.dir == "rtl")))
    grid, ticks = ruled(axis, 0, y + 4)
    return frame(name, "line-of-time", y + 4 + FOOT, title, words, [stretch(y + 10, [grid, *paths]), ticks, *labels])


def count_columns(axis: Axis, marks: Iterable[Mark]) -> list[int]:
    """How many marks begin in each of the columns into which the time is cut."""
    counts = [0] * COLUMNS
    for mark in marks:
        counts[min((mark.start - axis.start).days * COLUMNS // axis.days, COLUMNS - 1)] += 1
    return counts


def _bars(counts: Sequence[int], highest: int, base: int, mirrored: bool) -> str:
    wide = (WIDTH - 2 * EDGE) / COLUMNS
    drawn = ""
    for column, count in enumerate(counts):
        if count:
            left = EDGE + (COLUMNS - 1 - column if mirrored else column) * wide
            drawn += f"M{left:.0f} {base}V{base - HIGH * count / highest:.1f}h{wide - 3:.0f}V{base}"
    return drawn

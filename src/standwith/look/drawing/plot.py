"""Figures over time: a mark for each, as high as the figure; ranges as upright bars, from zero.

Invariant: no figure is made that nobody said: "at least" stands at its lower end with dots above it, "at most" at its
upper end with dots below, a range is a bar without a middle, and words without a figure are a mark below the line.
Whose figure it is, the shape of its mark says. Where there are too many to tell apart, those of one source that lie
together become the range from the lowest to the highest of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from standwith.languages import Voice
from standwith.look.drawing.axis import WIDTH, Axis
from standwith.look.drawing.frame import FOOT, beginning, frame, path, ruled, stretch, text

SHAPES = 4  # sources from the fourth on share the last one
TALL, TOP = 180, 24  # pixels of the highest figure, and the room above it for the label of its line
BELOW, SAID = 18, 11  # pixels below the zero, for words without a figure, and where their mark stands there
OPEN = 22  # pixels of the dots that stand for "or more"
APART = 13  # units between the marks of different sources on the same day
MANY, COLUMNS = 120, 30
VAGUE = 12  # units from which on it is drawn that the day is not known


class Point(NamedTuple):
    """A figure, when it was true, whose it is (a number from 0); without low or high it is open to that side."""

    start: date
    end: date
    low: int | None
    high: int | None
    source: int = 0


def draw_plot(
    name: str, points: Sequence[Point], voice: Voice, title: str, words: str, measured: Callable[[int], str]
) -> Markup:
    """Return the drawing of at least one point; `measured` says a number of the upright scale in words."""
    axis = Axis(min(point.start for point in points).replace(day=1), max(point.end for point in points), voice)
    shown = sorted(gather(points, axis) if len(points) > MANY else points, key=lambda point: (point.start, point.end))
    scale = rounded_up(max((known(point, most=True) or 0 for point in shown), default=0))
    base = TOP + TALL
    lines, heights = _levels(axis, scale, base, measured)
    grid, ticks = ruled(axis, TOP, base, BELOW)
    drawn = [_draw_source(axis, shown, shape, scale, base) for shape in range(SHAPES)]
    inside = stretch(base + BELOW + 6, [grid, path("grid", lines), *drawn])
    return frame(name, "plot", base + BELOW + FOOT, title, words, [inside, ticks, *heights])


def known(point: Point, *, most: bool = False) -> int | None:
    """The figure that was said; of a range the lower end, or the upper one."""
    first, other = (point.high, point.low) if most else (point.low, point.high)
    return other if first is None else first


def rounded_up(most: int) -> int:
    """The end of the scale: the next of 1, 2, 5, 10, 20, 50 … that reaches so far."""
    step = 1
    while True:
        for end in (step, 2 * step, 5 * step):
            if end >= max(most, 1):
                return end
        step *= 10


def gather(points: Iterable[Point], axis: Axis) -> list[Point]:
    """Points of one source in one stretch of time as one range; those in words stay one, too."""
    together: dict[tuple[int, int, bool], list[Point]] = {}
    for point in points:
        column = (point.start - axis.start).days * COLUMNS // axis.days
        together.setdefault((point.source, column, known(point) is None), []).append(point)
    return [_range_of(ones) for ones in together.values()]


def _range_of(points: Sequence[Point]) -> Point:
    lows = [low for point in points if (low := known(point)) is not None]
    highs = [high for point in points if (high := known(point, most=True)) is not None]
    return Point(
        min(point.start for point in points),
        max(point.end for point in points),
        min(lows, default=None),
        max(highs, default=None),
        points[0].source,
    )


def _levels(axis: Axis, scale: int, base: int, measured: Callable[[int], str]) -> tuple[str, list[str]]:
    """The level lines and what is written on them: zero, the top, and what lies between in whole numbers."""
    parts = next((parts for parts in (4, 5, 2) if scale % parts == 0), 1)
    lines, labels = "", []
    for part in range(parts + 1):
        y = base - TALL * part / parts
        lines += f"M0 {y:g}H{WIDTH}"
        labels.append(text(beginning(axis), y - 5, measured(scale * part // parts), "level"))
    return lines, labels


def _draw_source(axis: Axis, points: Sequence[Point], shape: int, scale: int, base: int) -> str:
    """Everything that one shape stands for: steps, stretches of time, ranges, open ends, marks."""
    ours = [point for point in points if min(point.source, SHAPES - 1) == shape]
    count = len({min(point.source, SHAPES - 1) for point in points})
    shift = round((shape - (count - 1) / 2) * APART)

    def up(figure: int) -> str:
        return f"{base - TALL * figure / scale:.4g}"

    placed = [(_middle(axis, point) + shift, point) for point in ours]
    marks = "".join(f"M{x} {y}h.1" for x, point in placed for y in _mark_heights(point, up) or (base + SAID,))
    return (
        path("steps", "".join(_steps(placed, up)))
        + path("thin", "".join(_stretches(axis, ours, up)))
        + path("range", "".join(_ranges(placed, up)))
        + path("open", "".join(_open_ends(placed, base, scale)))
        + path(f"mark m{shape}", marks)
        + (path("hollow", marks) if shape > 1 else "")
    )


def _middle(axis: Axis, point: Point) -> int:
    return (axis.at(point.start) + axis.at(point.end)) // 2


def _mark_heights(point: Point, up: Callable[[int], str]) -> Sequence[str]:
    """One mark, two at the ends of a range, none for words alone."""
    return [up(figure) for figure in dict.fromkeys((point.low, point.high)) if figure is not None]


def _steps(placed: Sequence[tuple[int, Point]], up: Callable[[int], str]) -> Iterator[str]:
    """A figure stands until the next one is said."""
    said = [(x, figure) for x, point in placed if (figure := known(point)) is not None]
    for number, (x, figure) in enumerate(said):
        yield f"M{x} {up(figure)}" if number == 0 else f"H{x}V{up(figure)}"


def _stretches(axis: Axis, points: Iterable[Point], up: Callable[[int], str]) -> Iterator[str]:
    for point in points:
        begin, end = axis.at(point.start), axis.at(point.end)
        if abs(end - begin) >= VAGUE and known(point) is not None:
            for y in _mark_heights(point, up):
                yield f"M{begin} {y}H{end}"


def _ranges(placed: Iterable[tuple[int, Point]], up: Callable[[int], str]) -> Iterator[str]:
    for x, point in placed:
        if point.low is not None and point.high is not None and point.low != point.high:
            yield f"M{x} {up(point.low)}V{up(point.high)}"


def _open_ends(placed: Iterable[tuple[int, Point]], base: int, scale: int) -> Iterator[str]:
    for x, point in placed:
        if (point.low is None) != (point.high is None):
            y = base - TALL * (known(point) or 0) / scale
            end = max(y - OPEN, 2) if point.high is None else min(y + OPEN, base)
            yield f"M{x} {y:.4g}V{end:.4g}"

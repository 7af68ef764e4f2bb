"""Drawings: nothing is covered or left out, nothing is said that was not said, and time runs as one reads."""

import gzip
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from standwith.languages import INTERFACE, voice
from standwith.look.drawing import Axis, Mark, Point, draw_plot, draw_timeline, is_numbered
from standwith.look.drawing.axis import NARROW, WIDTH
from standwith.look.drawing.axis import width as width_of
from standwith.look.drawing.plot import gather, rounded_up
from standwith.look.drawing.timeline import _place, axis_of, count_columns

SVG = "{http://www.w3.org/2000/svg}"
ROWS = ("Arrests", "Strikes", "Solidarity", "Law")
START = date(2020, 8, 9)


def days(number: int, apart: int = 11) -> list[Mark]:
    """So many marks in all rows: days, some that last, some months."""
    starts = [START + timedelta(days=at * apart) for at in range(number)]
    return [
        Mark(one, one + timedelta(days=(0, 0, 9, 30)[at % 4]), at % 4, vague=at % 4 == 3)
        for at, one in enumerate(starts)
    ]


def draw(marks: list[Mark], code: str = "en") -> str:
    return str(draw_timeline("t", marks, ROWS, voice(code), "What <happened>", "all of it"))


def plot(*points: Point, code: str = "en") -> str:
    return str(draw_plot("p", points, voice(code), "people", "figures", voice(code).number))


def paths(drawing: str, kind: str) -> list[list[float]]:
    """Where the paths of a class go: the numbers of each piece."""
    found = re.findall(rf'class="{kind}" d="([^"]*)"', drawing)
    return [[float(n) for n in re.findall(r"-?\d*\.?\d+", piece)] for one in found for piece in one.split("M") if piece]


def texts(drawing: str, kind: str = "") -> list[str]:
    of_kind = f' class="{kind}"' if kind else ""
    return re.findall(rf"<text{of_kind} x[^>]*>([^<]*)<", drawing)


def test_a_drawing_is_well_formed_and_says_what_it_shows() -> None:
    root = ElementTree.fromstring(draw(days(9)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    assert root.get("role") == "img"
    title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, words.text) == ("What <happened>", "all of it")
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), words.get("id"))


@pytest.mark.parametrize("drawing", [draw(days(40)), plot(*(Point(START, START, n, n) for n in range(9)))])
def test_a_drawing_loads_nothing_and_has_the_colours_of_the_page(drawing: str) -> None:
    assert not re.search(r"href|url\(|<script|style=|font|fill=|stroke=|#[0-9a-f]{3}", drawing)


def test_forty_events_are_light() -> None:
    assert all(len(gzip.compress(draw(days(40), code).encode())) < 3000 for code in INTERFACE)


def test_every_mark_has_its_number_in_the_digits_of_the_language() -> None:
    numbers = [one for kind in "0123" for one in texts(draw(days(12), "ar"), f"n{kind}")]
    assert sorted(numbers) == sorted(voice("ar").number(n) for n in range(1, 13))


def test_marks_do_not_cover_each_other_on_a_telephone() -> None:
    marks = days(40, apart=3)
    placed = _place(axis_of(marks, voice("en")), marks)
    for one in placed:
        for other in placed:
            if one.number < other.number and (one.row, one.line) == (other.row, other.line):
                ends = [(min(who.begin, who.at), max(who.end, who.at)) for who in (one, other)]
                apart = max(ends[0][0], ends[1][0]) - min(ends[0][1], ends[1][1])
                assert apart * NARROW / WIDTH >= 24


def test_a_day_is_a_point_and_what_lasts_a_bar_and_a_month_a_thin_one() -> None:
    marks = [Mark(START, START, 0), Mark(START, date(2020, 10, 9), 1), Mark(START, date(2020, 12, 9), 2, vague=True)]
    drawing = draw(marks)
    [(_, _, point)], [(start, _, end)] = paths(drawing, "mark m0"), paths(drawing, "mark m1")
    assert point - paths(drawing, "mark m0")[0][0] <= 1 and end - start > 400
    [(begin, _, last)], [(middle, *_)] = paths(drawing, "thin"), paths(drawing, "mark m2")
    assert begin < middle < last


def test_time_runs_as_one_reads() -> None:
    marks = days(2, apart=200)
    for code, order in (("en", 1), ("ar", -1)):
        [(first, *_)], [(last, *_)] = (paths(draw(marks, code), f"mark m{row}") for row in (0, 1))
        assert (last - first) * order > 300
    assert paths(draw(marks, "ar"), "mark m0")[0][0] == WIDTH - paths(draw(marks), "mark m0")[0][0]


def test_many_events_are_counted_and_none_is_left_out() -> None:
    marks = sorted(days(400, apart=5))
    assert not is_numbered(marks, voice("en"))
    axis = axis_of(marks, voice("en"))
    assert sum(sum(count_columns(axis, [one for one in marks if one.row == row])) for row in range(4)) == 400
    assert texts(draw(marks), "row") == [f"{row} · 100" for row in ROWS]
    assert len(gzip.compress(draw(marks).encode())) < 3000


def test_forty_on_one_day_are_counted_too() -> None:
    assert not is_numbered([Mark(START, START, 0)] * 40, voice("en"))
    assert "Arrests · 40" in draw([Mark(START, START, 0)] * 40)


@pytest.mark.parametrize("code", INTERFACE)
@pytest.mark.parametrize("length", [1, 40, 100, 400, 900, 3000, 20000])
def test_labels_of_time_neither_overlap_nor_stick_out(code: str, length: int) -> None:
    axis = Axis(date(2001, 12, 5), date(2001, 12, 5) + timedelta(days=length), voice(code))
    ticks = sorted((WIDTH - at if code == "ar" else at, label) for at, label in axis.ticks())
    assert ticks
    room = [*(at for at, _ in ticks[1:]), WIDTH + 8 * WIDTH / NARROW]
    for (at, label), end in zip(ticks, room, strict=True):
        assert at + (width_of(label) - 8) * WIDTH / NARROW <= end


def test_figures_are_as_high_as_they_are_from_zero() -> None:
    drawing = plot(Point(START, START, 50, 50), Point(date(2020, 12, 1), date(2020, 12, 1), 100, 100))
    (_, half, _), (_, whole, _) = paths(drawing, "mark m0")
    [zero] = [y for _, y, _ in paths(drawing, "base")]
    assert zero - whole == pytest.approx(2 * (zero - half))
    assert texts(drawing, "level") == ["0", "25", "50", "75", "100"]


def test_open_ends_point_where_the_figure_is_open() -> None:
    least = paths(plot(Point(START, START, 50, None)), "open")[0]
    most = paths(plot(Point(START, START, None, 50)), "open")[0]
    assert least[2] < least[1] and most[2] > most[1]
    assert not paths(plot(Point(START, START, 50, 50)), "open")


def test_a_range_is_a_bar_between_two_marks_without_a_middle() -> None:
    drawing = plot(Point(START, START, 100, 200))
    heights = sorted(y for _, y, _ in paths(drawing, "mark m0"))
    [(_, low, high)] = paths(drawing, "range")
    assert heights == sorted((low, high))


def test_words_without_a_figure_stand_below_the_line() -> None:
    drawing = plot(Point(START, START, 40, 40), Point(START, START, None, None, 1))
    [(_, said, _)], [(_, zero, _)] = paths(drawing, "mark m1"), paths(drawing, "base")
    assert said > zero
    assert plot(Point(START, START, None, None))  # nothing but words


def test_sources_on_the_same_day_stand_beside_each_other_in_other_shapes() -> None:
    drawing = plot(*(Point(START, START, 5, 5, source) for source in range(6)))
    places = {x for shape in range(4) for x, *_ in paths(drawing, f"mark m{shape}")}
    assert len(places) == 4  # the last three share a shape; the table tells them apart


def test_a_month_is_as_wide_as_it_is_vague() -> None:
    drawing = plot(Point(date(2020, 8, 1), date(2020, 8, 31), 5, 5), Point(date(2021, 1, 1), date(2021, 1, 1), 6, 6))
    assert len(paths(drawing, "thin")) == 1


def test_too_many_figures_become_ranges_that_reach_as_far() -> None:
    points = [Point(START + timedelta(days=at), START + timedelta(days=at), at, at + 5, at % 2) for at in range(900)]
    fewer = gather(points, Axis(START, START + timedelta(days=900), voice("en")))
    assert len(fewer) <= 64
    assert {point.source for point in fewer} == {0, 1}
    assert (min(point.low for point in fewer), max(point.high for point in fewer)) == (0, 904)
    assert len(gzip.compress(plot(*points).encode())) < 4000


@pytest.mark.parametrize(("most", "end"), [(0, 1), (1, 1), (3, 5), (10, 10), (11, 20), (2100, 5000)])
def test_the_scale_ends_at_a_round_figure(most: int, end: int) -> None:
    assert rounded_up(most) == end

import pytest

from standwith.manuscript import FILE_MISTAKES, Place, Report, Slip
from standwith.manuscript.finding import Lines

TEXT = "one\nзвук\n\nlast"


@pytest.mark.parametrize(
    ("offset", "line", "column"), [(0, 1, 1), (3, 1, 4), (4, 2, 1), (6, 2, 3), (9, 3, 1), (10, 4, 1), (14, 4, 5)]
)
def test_places_count_characters_from_one(offset, line, column):
    lines = Lines(TEXT, "file")
    assert lines.place(offset) == Place("file", line, column)
    assert lines.offset(line, column) == offset


def test_a_report_describes_a_mistake_and_takes_better_advice():
    report = Report(FILE_MISTAKES)
    report.add("ragged-row", Place("b.csv", 2, 1), "Too short.")
    report.add_slip(Slip("comment-lost", "Lost.", "Keep it."), Place("a.toml", 1, 5))
    first, second = report.sorted()
    assert (first.file, first.severity, first.mend) == ("a.toml", "warning", "Keep it.")
    assert (second.code, second.why) == ("ragged-row", "The values may have slipped into the wrong columns.")
    assert report.has_errors


def test_a_code_without_a_description_is_refused():
    with pytest.raises(KeyError):
        Report(FILE_MISTAKES).add("no-such-code", Place("a", 1, 1), "What?")


def test_seek_finds_the_next_place_in_the_text():
    report = Report(FILE_MISTAKES)
    report.texts["file"] = "x = 'a {b}'\ny = '{b}'"
    assert report.seek(Place("file", 1, 5), "{b}") == Place("file", 1, 8)
    assert report.seek(Place("file", 2, 1), "{b}") == Place("file", 2, 6)
    assert report.seek(Place("file", 1, 5), "{c}") == Place("file", 1, 5)

"""The limits on sizes hold for the house, and the measure sees what breaks them."""

from pathlib import Path

from tests.architecture import sizes

SMALL = "def greet():\n    return 1\n"


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def long_function(lines: int) -> str:
    return "def count():\n" + "    x = 1\n" * (lines - 1)


def test_every_limit_holds_in_the_house() -> None:
    assert sizes.broken(*sizes.measure(sizes.SOURCE)) == []


def test_a_house_of_small_functions_is_accepted(tmp_path: Path) -> None:
    write(tmp_path, "small.py", SMALL)
    assert sizes.broken(*sizes.measure(tmp_path)) == []


def test_a_median_of_ten_lines_is_told(tmp_path: Path) -> None:
    write(tmp_path, "even.py", long_function(10))
    assert sizes.broken(*sizes.measure(tmp_path)) == ["the median function has 10 lines; it should have under 10"]


def test_a_function_over_the_limit_is_named_with_its_line(tmp_path: Path) -> None:
    write(tmp_path, "hall.py", "\n" + long_function(101) + SMALL * 60)
    assert sizes.broken(*sizes.measure(tmp_path)) == ["hall.py:2 count has 101 lines"]


def test_many_long_functions_are_told(tmp_path: Path) -> None:
    write(tmp_path, "halls.py", long_function(61) * 2 + SMALL * 30)
    assert sizes.broken(*sizes.measure(tmp_path)) == ["2 of 32 functions are over 60 lines; at most 2% may be"]


def test_a_long_file_needs_a_reason_and_a_very_long_one_has_none(tmp_path: Path) -> None:
    write(tmp_path, "plain.py", "x = 1\n" * 301)
    write(tmp_path, "reasoned.py", '"""A table.\n\nLong\nbecause it lists every country.\n"""\n' + "x = 1\n" * 300)
    write(tmp_path, "tower.py", '"""Long because nobody tidied up."""\n' + "x = 1\n" * 500)
    assert sizes.broken(*sizes.measure(tmp_path)) == [
        'plain.py has 301 lines and no "Long because" in its docstring',
        "tower.py has 501 lines; none may have over 500",
    ]

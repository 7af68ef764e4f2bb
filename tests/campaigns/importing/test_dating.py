"""Dates in running text, in every language."""

import pytest

from standwith.campaigns.importing.dating import find_dates
from standwith.languages import INTERFACE, PartialDate, voice


@pytest.mark.parametrize("code", INTERFACE)
@pytest.mark.parametrize("month", range(1, 13))
def test_a_date_as_its_language_writes_it_is_found(code: str, month: int) -> None:
    for when in (PartialDate(2020, month, 9), PartialDate(2020, month)):
        text = f"— {voice(code).date(when)}, —"
        assert [str(date.on()) for date in find_dates(text)] == [str(when)], text


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("28 August, 2020Unions worldwide", 2020, 8, 28),
        ("held in Belarus on August 9 caused", None, 8, 9),
        ("the day November 13, when", None, 11, 13),
        ("Depuis dimanche 9 août, les", None, 8, 9),
        ("le 1er mai 2021", 2021, 5, 1),
        ("el 1º de mayo", None, 5, 1),
        ("w niedzielę 9 sierpnia 2020 r.", 2020, 8, 9),
        ("у неділю 9 серпня 2020 року", 2020, 8, 9),
        ("у нядзелю 9 жніўня 2020 года", 2020, 8, 9),
        ("2020-жылдын 9-августунда", 2020, 8, 9),
        ("2020 წლის 9 აგვისტოს", 2020, 8, 9),
        ("в августе 2020 года", 2020, 8, None),
        ("٩ أغسطس ٢٠٢٠", 2020, 8, 9),
        ("9 آب 2020", 2020, 8, 9),
        ("on the 3rd of March 2021", 2021, 3, 3),
        ("am 31.08.2020 um 12.30 Uhr", 2020, 8, 31),
        ("since 2020-08-31:", 2020, 8, 31),
    ],
)
def test_dates_of_real_letters(text: str, year: int | None, month: int, day: int | None) -> None:
    assert [(date.year, date.month, date.day) for date in find_dates(text)] == [(year, month, day)]


def test_a_range_has_two_days() -> None:
    (found,) = find_dates("from 9-11 August 2020")
    assert (str(found.on()), found.last_day) == ("2020-08-09", 11)


def test_a_day_that_could_be_a_month_is_unsure() -> None:
    assert [date.unsure for text in ("08/09/2020", "31/08/2020", "08.08.2020") for date in find_dates(text)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    ["may 7000 people", "in May", "31 February 2020", "version 1.2.2020.4", "40.13.2020", "le mars", "42 people"],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert find_dates(text) == []

"""Calendars, read back by a library that did not write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from standwith.languages import PartialDate
from standwith.site.data.ics import Entry, fold, write_calendar
from tests.site.data.record import SMALL, files_of


def entries(data: bytes) -> dict[str, dict[str, object]]:
    """The entries of a calendar by the name before the @ of their UIDs."""
    events = Calendar.from_ical(data).walk("VEVENT")
    return {
        str(event["UID"]).partition("@")[0]: {
            "summary": str(event["SUMMARY"]),
            "first": event["DTSTART"].dt,
            "last": event["DTEND"].dt - timedelta(days=1),
            "again": event["RRULE"].to_ical().decode() if "RRULE" in event else "",
            "text": str(event.get("DESCRIPTION", "")),
        }
        for event in events
    }


def test_every_date_is_in_the_calendar() -> None:
    found = entries(files_of()["en.ics"])
    assert {name: (one["first"], one["last"]) for name, one in found.items()} == {
        "event-2020-08-09": (date(2020, 8, 9), date(2020, 8, 9)),
        "event-2020-08-09-2": (date(2020, 8, 9), date(2020, 8, 9)),
        "event-2020-08-20": (date(2020, 8, 20), date(2020, 8, 22)),
        "event-2020-12": (date(2020, 12, 1), date(2020, 12, 31)),
        "hearing-amina-example": (date(2020, 12, 3), date(2020, 12, 3)),
        "birthday-amina-example": (date(2020, 2, 29), date(2020, 2, 29)),
        "hearing-nr-2": (date(2020, 12, 1), date(2020, 12, 31)),
        "closes": (date(2020, 12, 31), date(2020, 12, 31)),
    }
    assert found["event-2020-12"]["text"] == "December 2020\nExample Union"
    assert found["event-2020-08-20"]["summary"] == "Strike of more than 7,000 people and more"
    assert found["hearing-nr-2"]["summary"] == "Hearing: B. S."


def test_a_birthday_comes_back_every_year() -> None:
    amina = SMALL.people[0]
    found = entries(files_of(replace(SMALL, people=(amina, replace(amina, id="b", birthday="02-28"))))["en.ics"])
    assert found["birthday-amina-example"]["again"] == "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"
    assert found["birthday-b"]["again"] == "FREQ=YEARLY"
    common_year = replace(SMALL, people=(amina,), opened=PartialDate(2021, 1, 1))
    assert entries(files_of(common_year)["en.ics"])["birthday-amina-example"]["first"] == date(2021, 2, 28)


def test_only_those_inside_have_a_birthday_in_the_calendar() -> None:
    assert not any(name.startswith("birthday-dana") for name in entries(files_of()["en.ics"]))


def test_both_languages_have_the_same_dates_under_the_same_names() -> None:
    made = files_of()
    english, french = entries(made["en.ics"]), entries(made["fr.ics"])
    assert english.keys() == french.keys()
    assert french["event-2020-12"]["summary"] == "fr: Day of action"


def test_a_calendar_is_stable_and_its_lines_are_short() -> None:
    made = files_of()
    assert made == files_of()
    for name in ("en.ics", "fr.ics"):
        assert made[name].endswith(b"END:VCALENDAR\r\n")
        assert max(map(len, made[name].split(b"\r\n"))) <= 75
        assert made[name].replace(b"\r\n", b"").count(b"\n") == 0


def test_the_end_of_time_is_a_date_too() -> None:
    last = replace(SMALL, closes=PartialDate(9999, 12, 31), timeline=(), people=())
    assert b"DTSTART;VALUE=DATE:99991231\r\n" in files_of(last)["en.ics"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_text_breaks_a_calendar(text: str) -> None:
    day = date(2020, 8, 17)
    entry = Entry(uid="x@example.org", first=day, last=day, summary=f"a{text}b", text=text, place="here")
    data = write_calendar([entry], name=text, language="en", stamp=day)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    [event] = Calendar.from_ical(data).walk("VEVENT")
    assert event["LOCATION"] == "here"
    kept = "".join(char for char in text if char in "\n\t" or (char >= " " and char != "\x7f")).replace("\t", " ")
    assert str(event["SUMMARY"]) == f"a{kept}b"


@pytest.mark.parametrize("length", [0, 74, 75, 76, 149, 150, 400])
def test_a_folded_line_unfolds_to_itself(length: int) -> None:
    for letter in ("a", "ж", "語", "😀"):
        line = f"SUMMARY:{letter * length}"
        assert fold(line).replace("\r\n ", "") == f"{line}\r\n"
        assert all(len(part.encode()) <= 75 for part in fold(line).split("\r\n"))

"""What is wrong only over time or over several rows: reviews and hearings, facts in place of others, tombstones."""

from datetime import date

import pytest

from standwith.campaigns.folder import load_files
from tests.campaigns.good_folder import good_folder
from tests.campaigns.slips import FACTS, PEOPLE, SOURCES

PERSON = (
    "amina-example,Amina Example,welder,Metalworkers,full name,own,low,"
    ",,,,,{hearing},{review},2020-08-11,detained,,union-2020\n"
)
HEADER = good_folder()[PEOPLE].decode().partition("\n")[0] + "\n"


def codes(changes: dict[str, str], today: date) -> list[str]:
    files = good_folder() | {name: text.encode() for name, text in changes.items()}
    return [finding.code for finding in load_files(files, today).findings]


@pytest.mark.parametrize(
    ("review", "today", "found"),
    [
        ("2020-09-30", date(2020, 9, 30), []),
        ("2020-09-30", date(2020, 10, 1), ["review-due"]),
        ("2020-09", date(2020, 9, 30), []),
        ("2020-09", date(2020, 10, 1), ["review-due"]),
        ("", date(2020, 10, 1), ["person-without-review"]),
    ],
)
def test_a_review_is_due_on_the_day_after_its_last(review, today, found):
    assert codes({PEOPLE: HEADER + PERSON.format(hearing="", review=review)}, today) == found


@pytest.mark.parametrize(
    ("hearing", "today", "found"),
    [
        ("2020-08-11", date(2020, 8, 1), []),
        ("2020-08-10", date(2020, 8, 1), ["hearing-past"]),
        ("2020-09-01", date(2020, 9, 1), []),
        ("2020-09-01", date(2020, 9, 2), ["hearing-past"]),
    ],
)
def test_a_hearing_is_past_after_a_change_of_status_or_its_day(hearing, today, found):
    assert codes({PEOPLE: HEADER + PERSON.format(hearing=hearing, review="2999")}, today) == found


def test_a_person_who_is_not_shown_needs_no_review():
    row = PERSON.format(hearing="", review="").replace("full name", "none")
    assert codes({PEOPLE: HEADER + row}, date(2020, 9, 1)) == []


def test_a_tombstone_may_say_the_strictest_words_and_nothing_else():
    row = "withdrawn-7,,,,none,withdrawn,high,,,,,,,,,,,\n"
    assert codes({PEOPLE: HEADER + row}, date(2020, 9, 1)) == []
    campaign = load_files(good_folder() | {PEOPLE: (HEADER + row).encode()}).campaign
    assert [(person.id, person.name, person.shown) for person in campaign.people] == [("withdrawn-7", "", "none")]


def test_every_row_of_a_tombstone_but_the_first_is_a_trace():
    rows = "withdrawn-1,,,,,withdrawn,,,,,,,,,,,,\nwithdrawn-1,,,,,,,,,,,,,,2020,released,,union-2020\n"
    assert codes({PEOPLE: HEADER + rows}, date(2020, 9, 1)) == ["tombstone-with-traces"]


FACT = "{id},counted,,,people,several,{as_of},paper-2020,,,,{supersedes},{series}\n"


def figures(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    names = ("id", "as_of", "supersedes", "series")
    text = "".join(FACT.format(**dict(zip(names, row, strict=True))) for row in rows)
    return {FACTS: good_folder()[FACTS].decode() + text}


def test_a_circle_of_facts_is_one_mistake():
    rows = figures(("a", "2020", "c", ""), ("b", "2020", "a", ""), ("c", "2020", "b", ""), ("d", "2020", "c", ""))
    assert codes(rows, date(2020, 9, 1)) == ["supersedes-loop"]


def test_a_fact_may_be_superseded_by_one_of_the_same_month_or_of_later():
    rows = figures(("a", "2020-08", "", ""), ("b", "2020-08-17", "a", ""), ("c", "2021", "b", ""))
    assert codes(rows, date(2020, 9, 1)) == []


def test_in_a_series_a_corrected_figure_may_stand_beside_the_one_that_it_replaced():
    rows = figures(("a", "2020-08", "", "s"), ("b", "2020-08", "a", "s"))
    assert codes(rows, date(2020, 9, 1)) == []
    rows = figures(("a", "2020-08", "", "s"), ("b", "2020-08", "", "s"))
    assert codes(rows, date(2020, 9, 1)) == ["series-twice"]


def test_one_copy_may_be_kept_for_several_sources():
    rows = good_folder()[SOURCES].decode()
    again = rows.splitlines()[2].replace("paper-2020", "paper-fr") + "\n"
    assert codes({SOURCES: rows + again}, date(2020, 9, 1)) == ["unused-source"]


def test_tables_of_before_may_lack_the_later_columns():
    files = good_folder()
    people = "id,name,role,organisation,shown,consent,risk,sources,date,status,detail,source\n"
    people += "second,N. N.,,,none,family,high,,2020-08-12,detained,,paper-2020\n"
    loaded = load_files(files | {PEOPLE: people.encode()}, date(2020, 9, 1))
    assert loaded.findings == ()
    assert loaded.campaign.people[0].review is None

from datetime import date

import pytest

from standwith.languages import PartialDate
from standwith.people import Days, Person, Status, days_inside, is_free, is_inside

TODAY = date(2020, 9, 1)


def person(*history: tuple[str, str]) -> Person:
    changes = tuple(Status(date=PartialDate.parse(day), status=status, source="s") for day, status in history)
    return Person(id="a", shown="none", consent="own", risk="low", history=changes)


@pytest.mark.parametrize(
    ("history", "days"),
    [
        ([("2020-08-11", "detained"), ("2020-08-17", "released")], Days(6, 6, False)),
        ([("2020-08-11", "detained")], Days(21, 21, True)),
        ([("2020-08-31", "detained")], Days(1, 1, True)),
        ([("2020-09-01", "detained")], Days(0, 0, True)),
        ([("2020-08", "detained")], Days(1, 31, True)),
        ([("2020-08", "detained"), ("2020-08-17", "released")], Days(0, 16, False)),
        ([("2020-08", "detained"), ("2020-08", "released")], Days(0, 30, False)),
        ([("2019", "detained"), ("2020-02-01", "released")], Days(32, 396, False)),
        ([("2020-08-01", "detained"), ("2020-08-05", "imprisoned"), ("2020-08-11", "died")], Days(10, 10, False)),
        ([("2020-08-01", "under house arrest"), ("2020-08-03", "moved")], Days(31, 31, True)),
        # several times are added, and what happens in between does not count
        (
            [
                ("2020-07-01", "detained"),
                ("2020-07-04", "released"),
                ("2020-08-01", "charged"),
                ("2020-08-30", "detained"),
            ],
            Days(5, 5, True),
        ),
        ([("2020-08", "detained"), ("2020-08", "released"), ("2020-08", "detained")], Days(1, 31, True)),
        # a status that says nothing about where somebody is
        ([("2020-08-01", "detained"), ("2020-08-02", "missing")], Days(31, 31, True)),
        ([("2020-08-01", "detained"), ("2020-08-02", "dismissed"), ("2020-08-03", "sentenced")], Days(31, 31, True)),
        ([("2020-08-01", "on trial"), ("2020-08-02", "sentenced")], None),
        ([("2020-08-01", "missing")], None),
        ([("2020-08-17", "released")], None),
        ([("2020-10", "imprisoned")], None),
        ([], None),
    ],
)
def test_days_are_counted_from_the_history(history, days):
    assert days_inside(person(*history), TODAY) == days


def test_an_end_that_may_be_to_come_counts_until_today():
    assert days_inside(person(("2020-08-30", "detained"), ("2020-09", "released")), TODAY) == Days(2, 2, False)


@pytest.mark.parametrize(
    ("statuses", "inside", "free"),
    [
        (["detained"], True, False),
        (["detained", "charged"], True, False),
        (["charged"], False, False),
        (["detained", "missing"], True, False),
        (["detained", "released"], False, True),
        (["released"], False, True),
        (["released", "detained"], True, False),
        (["on trial", "acquitted"], False, True),
        (["detained", "in exile"], False, True),
        (["released", "in exile"], False, True),
        (["dismissed", "in exile"], False, False),
        (["detained", "died"], False, False),
        (["detained", "released", "dismissed"], False, True),
        (["dismissed"], False, False),
        ([], False, False),
    ],
)
def test_who_is_inside_and_who_is_free_again(statuses, inside, free):
    somebody = person(*(("2020", status) for status in statuses))
    assert (is_inside(somebody), is_free(somebody)) == (inside, free)

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.languages import NotADate, PartialDate

PARTIAL = st.dates(date(1, 1, 1)).flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)


@given(PARTIAL)
def test_a_date_reads_back_as_it_was_written(when: PartialDate) -> None:
    assert PartialDate.parse(str(when)) == when
    assert when.first_day() <= when.last_day()


def test_a_date_is_written_as_exactly_as_it_is_known() -> None:
    assert [str(PartialDate.parse(text)) for text in ("2020", "2020-08", "2020-08-09")] == [
        "2020",
        "2020-08",
        "2020-08-09",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "2020-8",
        "2020-13",
        "2020-00",
        "2021-02-29",
        "2020-08-32",
        "2020-08-09T00",
        "09.08.2020",
        "٢٠٢٠",
        "0000",
        "2020\n",
    ],
)
def test_what_is_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        PartialDate.parse(text)


def test_a_day_without_its_month_is_refused_also_when_decoded() -> None:
    with pytest.raises(NotADate):
        PartialDate(2020, None, 9)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"year":2020,"month":2,"day":30}', type=PartialDate)


def test_dates_sort_by_time_the_less_exact_first() -> None:
    texts = ["2021", "2020-08-09", "2020-08", "2020", "2020-12"]
    assert [str(when) for when in sorted(map(PartialDate.parse, texts))] == [
        "2020",
        "2020-08",
        "2020-08-09",
        "2020-12",
        "2021",
    ]


def test_the_last_day_that_a_date_may_mean() -> None:
    days = [PartialDate.parse(text).last_day() for text in ("2020", "2020-02", "2020-02-03")]
    assert days == [date(2020, 12, 31), date(2020, 2, 29), date(2020, 2, 3)]

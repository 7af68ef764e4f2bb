"""Numbers as the pages show them: no small group, and a ruler that always holds the number."""

from hypothesis import given
from hypothesis import strategies as st

from standwith.site.numbers import Numbers, marks_around, shown_countries


@given(st.integers(1, 10**9))
def test_the_number_lies_between_its_marks(confirmed: int) -> None:
    low, high = marks_around(confirmed)
    assert low <= confirmed < high


def test_marks_are_round() -> None:
    assert [marks_around(n) for n in (0, 1, 2, 9, 10, 48213, 50000)] == [
        (0, 10),
        (0, 10),
        (0, 10),
        (0, 10),
        (10, 20),
        (20000, 50000),
        (50000, 100000),
    ]


def test_a_country_with_nineteen_people_is_not_named() -> None:
    numbers = Numbers(confirmed=60, countries=3, by_country=(("PL", 19), ("DE", 20), ("FR", 21)))
    assert shown_countries(numbers) == (("FR", 21), ("DE", 20))


def test_what_left_the_number_still_entered_the_ledger() -> None:
    assert Numbers(confirmed=48213, withdrawn=12, removed=((2, 5), (3, 1))).signatures == 48231

"""The bounds: exact, and true as often as they say."""

import random
from fractions import Fraction
from functools import cache

import pytest

from standwith.ledger.audit.bounds import CONFIDENCES, PARTS, share_at_most, upper_bound
from standwith.ledger.audit.draw import draw

ALPHA = {95: Fraction(5, 100), 99: Fraction(1, 100)}


@cache
def chances(population: int, bad: int, drawn: int) -> tuple[Fraction, ...]:
    """The chance of 0, 1, 2… bad ones, drawn one after another without putting back; no binomials."""
    if drawn == 0:
        return (Fraction(1),)
    before, left = chances(population, bad, drawn - 1), population - drawn + 1
    found = [Fraction(0)] * (drawn + 1)
    for seen, chance in enumerate(before):
        found[seen] += chance * Fraction(left - (bad - seen), left)
        found[seen + 1] += chance * Fraction(bad - seen, left)
    return tuple(found)


def bound_slowly(population: int, drawn: int, invalid: int, confidence: int) -> int:
    """The definition, one number after another."""
    return max(
        bad
        for bad in range(population + 1)
        if sum(chances(population, bad, drawn)[: invalid + 1]) > ALPHA[confidence]
        and bad <= population - drawn + invalid
    )


@pytest.mark.parametrize("population", [*range(1, 15), 31])
def test_every_bound_of_a_small_population_is_the_one_of_the_definition(population: int) -> None:
    for drawn in range(1, population + 1, 1 if population < 20 else 5):
        for invalid in range(drawn + 1):
            for confidence in CONFIDENCES:
                expected = bound_slowly(population, drawn, invalid, confidence)
                assert upper_bound(population, drawn, invalid, confidence) == expected


@pytest.mark.parametrize("population", range(1, 15))
def test_whatever_the_truth_is_the_bound_holds_as_often_as_it_says(population: int) -> None:
    """Not simulated: added up over everything that can be drawn."""
    for drawn in range(1, population + 1):
        for confidence in CONFIDENCES:
            bounds = [upper_bound(population, drawn, invalid, confidence) for invalid in range(drawn + 1)]
            for bad in range(population + 1):
                seen = chances(population, bad, drawn)
                held = sum(chance for invalid, chance in enumerate(seen) if bad <= bounds[invalid])
                assert held >= 1 - ALPHA[confidence], (population, drawn, bad, confidence)


def test_ten_thousand_audits_hold_as_often_as_they_say() -> None:
    """The real draw, from populations with a random number of invalid ones."""
    chance, held, audits = random.Random(20260301), dict.fromkeys(CONFIDENCES, 0), 10_000
    for _ in range(audits):
        population, drawn = chance.choice([(60, 10), (200, 30), (400, 59)])
        bad = chance.randrange(population + 1) if chance.random() < 0.5 else chance.randrange(population // 10)
        sample = draw(chance.randbytes(32), range(population), drawn)
        invalid = sum(index < bad for index in sample)
        for confidence in CONFIDENCES:
            held[confidence] += bad <= upper_bound(population, drawn, invalid, confidence)
    assert held[95] / audits >= 0.95
    assert held[99] / audits >= 0.99


@pytest.mark.parametrize(
    ("population", "n", "percent"),
    [(10_000_000, 59, 5), (10_000_000, 149, 2), (10_000_000, 299, 1), (500_000, 298, 1), (100_000, 298, 1)],
)
def test_what_a_sample_without_invalid_ones_shows_at_95(population: int, n: int, percent: int) -> None:
    assert upper_bound(population, n, 0, 95) * 100 <= percent * population
    assert upper_bound(population, n - 1, 0, 95) * 100 > percent * population or n == 298


def test_298_are_one_too_few_for_one_per_cent_of_very_many() -> None:
    assert share_at_most(10_000_000, 298, 0, 95) == 0.010003
    assert upper_bound(614_799, 298, 0, 95) * 100 <= 614_799
    assert upper_bound(614_899, 298, 0, 95) * 100 > 614_899


@pytest.mark.parametrize(
    ("population", "n", "invalid", "of95", "of99"),
    [  # worked out apart, a product at a time with fractions
        (100, 59, 0, 3, 4),
        (1000, 59, 0, 48, 72),
        (1000, 59, 1, 76, 104),
        (1000, 149, 0, 18, 28),
        (1000, 298, 3, 23, 29),
    ],
)
def test_bounds_of_a_thousand(population: int, n: int, invalid: int, of95: int, of99: int) -> None:
    assert (upper_bound(population, n, invalid, 95), upper_bound(population, n, invalid, 99)) == (of95, of99)


def test_who_opens_all_knows() -> None:
    assert [upper_bound(40, 40, invalid, 99) for invalid in range(41)] == list(range(41))


def test_all_invalid_says_nothing_good() -> None:
    assert upper_bound(1000, 30, 30, 95) == 1000
    assert share_at_most(1000, 30, 30, 95) == 1.0


def test_a_share_is_rounded_up_never_down() -> None:
    for population in (7, 300, 999_999):
        bound = upper_bound(population, 7, 0, 95)
        share = share_at_most(population, 7, 0, 95)
        assert Fraction(bound, population) <= Fraction(round(share * PARTS), PARTS)
        assert round(share * PARTS) - Fraction(bound * PARTS, population) < 1


@pytest.mark.parametrize("given", [(10, 0, 0, 95), (10, 11, 0, 95), (10, 5, 6, 95), (10, 5, -1, 95), (10, 5, 0, 100)])
def test_questions_without_an_answer(given: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="Draw at least one"):
        upper_bound(*given)

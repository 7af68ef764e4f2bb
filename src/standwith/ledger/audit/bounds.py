"""How many of all signatures are invalid at most, when so many of a sample were.

    the largest K for which   P(X <= x) > 1 - confidence,   X: invalid ones among n drawn from N of which K are invalid

X is hypergeometric: nobody is drawn twice. Whatever the true K is, the bound lies below it in at most 5 (or 1) of 100
audits. With no invalid one among 59, 149 or 299 drawn from however many, it is at most 5, 2 or 1 % at 95 % confidence;
298 are enough up to 600,000.
Invariant: exact. It compares whole numbers, so no rounding can make a bound too small; a share is rounded up.
"""

from math import comb

CONFIDENCES = (95, 99)
PARTS = 1_000_000  # a share is told in millionths


def upper_bound(population: int, drawn: int, invalid: int, confidence: int) -> int:
    """How many of the population are invalid at most, with this confidence in per cent."""
    if not 0 <= invalid <= drawn <= population or drawn == 0 or not 0 < confidence < 100:
        raise ValueError("Draw at least one and at most all, of which some, all or none are invalid.")
    doubt = (100 - confidence) * comb(population, drawn)
    low, high = invalid, population - drawn + invalid  # what was seen leaves no more and no fewer
    while low < high:
        middle = (low + high + 1) // 2
        if 100 * _ways(population, middle, drawn, invalid) > doubt:
            low = middle
        else:
            high = middle - 1
    return low


def share_at_most(population: int, drawn: int, invalid: int, confidence: int) -> float:
    """The bound as a share of the population, 0 to 1, rounded up to a millionth."""
    bound = upper_bound(population, drawn, invalid, confidence)
    return -(-bound * PARTS // population) / PARTS


def _ways(population: int, bad: int, drawn: int, invalid: int) -> int:
    """How many of all samples hold at most so many of the bad ones."""
    good = population - bad
    held = max(0, drawn - good)
    ways = comb(bad, held) * comb(good, drawn - held)
    total = ways
    while held < invalid:
        ways = ways * (bad - held) * (drawn - held) // ((held + 1) * (good - drawn + held + 1))
        held += 1
        total += ways
    return total

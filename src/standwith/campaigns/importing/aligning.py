"""Two language versions of one text, set side by side block by block.

Finds the pairing of blocks that fits their lengths best, as Gale and Church (1993) do for sentences: one to one as a
rule, one to two, two to one or one to none where the lengths ask for it; a heading goes with a heading. Invariant:
order is kept, and every block of both versions is in exactly one pair. A pair says why it is doubtful; whoever uses it
marks it for a human.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from standwith.campaigns.importing.tongue_runs import Passage

_BEADS = {(1, 1): 0.0, (1, 2): 4.5, (2, 1): 4.5, (1, 0): 6.0, (0, 1): 6.0}
"""How unlikely each pairing is before the lengths are known, as minus its logarithm."""
_SPREAD = 6.8
_OTHER_KIND = 5.0
_FAR = 2.3
"""Deviations of length beyond which a pair is doubtful."""
_NUMBER = re.compile(r"\d+(?:[.,'’ \u00a0\u202f]\d{3})*")


class Pair(Struct, frozen=True, kw_only=True):
    """Passages that say the same; `doubts` is why they may not."""

    source: tuple[Passage, ...]
    target: tuple[Passage, ...]
    doubts: tuple[str, ...] = ()


def align(source: Sequence[Passage], target: Sequence[Passage]) -> list[Pair]:
    """The pairs of two versions, in order."""
    ratio = max(1, _letters(target)) / max(1, _letters(source))

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[int, int]]:
        """The least cost of everything up to here, and the pairing that ends it."""
        if not (i or j):
            return 0.0, (0, 0)
        ends = [(a, b) for a, b in _BEADS if a <= i and b <= j]
        return min(
            (_cost(source[i - a : i], target[j - b : j], ratio) + best(i - a, j - b)[0], (a, b)) for a, b in ends
        )

    for i in range(len(source) + 1):  # from the start, so that no recursion is deep
        for j in range(len(target) + 1):
            best(i, j)
    pairs = []
    i, j = len(source), len(target)
    while i or j:
        a, b = best(i, j)[1]
        pairs.append(_pair(source[i - a : i], target[j - b : j], ratio))
        i, j = i - a, j - b
    return pairs[::-1]


def _letters(passages: Sequence[Passage]) -> int:
    return sum(len(passage.plain) for passage in passages)


def _cost(source: Sequence[Passage], target: Sequence[Passage], ratio: float) -> float:
    cost = _BEADS[len(source), len(target)]
    if not source or not target:
        return cost + 0.5 * math.log1p(_letters(source) + _letters(target))
    if {passage.kind for passage in source} != {passage.kind for passage in target}:
        cost += _OTHER_KIND
    return cost + _deviation(source, target, ratio) ** 2 / 2


def _deviation(source: Sequence[Passage], target: Sequence[Passage], ratio: float) -> float:
    """How far the lengths are from what the two languages' ratio asks for, in deviations."""
    here, there = _letters(source) * ratio, _letters(target)
    mean = (here + there) / 2
    return abs(there - here) / math.sqrt(max(mean, 1) * _SPREAD)


def _pair(source: Sequence[Passage], target: Sequence[Passage], ratio: float) -> Pair:
    return Pair(source=tuple(source), target=tuple(target), doubts=tuple(_doubts(source, target, ratio)))


def _doubts(source: Sequence[Passage], target: Sequence[Passage], ratio: float) -> list[str]:
    if not source or not target:
        return ["it has no counterpart in the other language"]
    doubts = []
    if (len(source), len(target)) != (1, 1):
        doubts.append(f"{len(source)} blocks of the source stand against {len(target)} of the translation")
    if {passage.kind for passage in source} != {passage.kind for passage in target}:
        doubts.append("one is a heading or a list, the other is not")
    elif sum(len(passage.blocks) for passage in source) != sum(len(passage.blocks) for passage in target):
        doubts.append("the lists have different numbers of items")
    if _deviation(source, target, ratio) > _FAR and _is_far(source, target, ratio):
        doubts.append("one is much longer than the other")
    return doubts + _unlike_numbers(source, target)


def _is_far(source: Sequence[Passage], target: Sequence[Passage], ratio: float) -> bool:
    """Whether the lengths differ by a quarter at least: short texts vary, long ones add up."""
    here, there = _letters(source) * ratio, _letters(target)
    return max(here, there) > 1.25 * min(here, there) and abs(here - there) > 30


def _unlike_numbers(source: Sequence[Passage], target: Sequence[Passage]) -> list[str]:
    here, there = _numbers(source), _numbers(target)
    only_here, only_there = sorted((here - there).elements()), sorted((there - here).elements())
    doubts = [f"only the source has {', '.join(only_here)}"] if only_here else []
    return doubts + ([f"only the translation has {', '.join(only_there)}"] if only_there else [])


def _numbers(passages: Sequence[Passage]) -> Counter[str]:
    text = "\n".join(passage.plain for passage in passages)
    return Counter(str(int("".join(filter(str.isdigit, found)))) for found in _NUMBER.findall(text))

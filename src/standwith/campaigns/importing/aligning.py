"""Two language versions of one text, set side by side block by block.

Finds the pairing of blocks that fits their lengths best, as Gale and Church (1993) do for sentences: one to one as a
rule, one to two, two to one or one to none where the lengths ask for it; a heading goes with a heading. Invariant:
order is kept, and every block of both versions is in exactly one pair. A pair says why it is doubtful; whoever uses it
marks it for a human.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from standwith.campaigns.importing.tongue_runs import Passage

_BEADS = {(1, 1): 0.0, (1, 2): 4.5, (2, 1): 4.5, (1, 0): 6.0, (0, 1): 6.0}
"""How unlikely each pairing is before the lengths are known, as minus its logarithm."""
_BAND = 60
"""How far one version may run ahead of the other, in blocks; what is further off is not looked for."""
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
    whole = _ratio(source, target)
    _, beads = min(_best(source, target, ratio) for ratio in {whole, 1.0})
    alike = [(source[i], target[j]) for i, j, a, b in _walk(beads) if a == b == 1]
    ratio = _ratio([one for one, _ in alike], [two for _, two in alike]) if alike else whole
    _, beads = _best(source, target, ratio)
    return [_pair(source[i : i + a], target[j : j + b], ratio) for i, j, a, b in _walk(beads)]


def _ratio(source: Sequence[Passage], target: Sequence[Passage]) -> float:
    """How much longer the one language says the same; a missing paragraph would distort it."""
    return max(1, _letters(target)) / max(1, _letters(source))


def _walk(beads: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Each pairing with where it starts in both versions."""
    i = j = 0
    for a, b in beads:
        yield i, j, a, b
        i, j = i + a, j + b


def _best(source: Sequence[Passage], target: Sequence[Passage], ratio: float) -> tuple[float, list[tuple[int, int]]]:
    """The least cost of a whole alignment, and its pairings."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    slope = len(target) / max(1, len(source))
    for i in range(len(source) + 1):
        for j in range(max(0, int(i * slope) - _BAND), min(len(target), int(i * slope) + _BAND) + 1):
            ends = [(a, b) for a, b in _BEADS if (i - a, j - b) in best]
            if ends:
                best[i, j] = min(
                    (_cost(source[i - a : i], target[j - b : j], ratio) + best[i - a, j - b][0], (a, b))
                    for a, b in ends
                )
    beads = []
    i, j = len(source), len(target)
    while i or j:
        beads.append(best[i, j][1])
        i, j = i - beads[-1][0], j - beads[-1][1]
    return best[len(source), len(target)][0], beads[::-1]


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

"""Audits as the page shows them: how much the opened sample tells about all signatures, in a sentence and a drawing.

Invariant: a bound is rounded up, never down; the drawing says nothing that the text does not say. It calculates no
bound of an audit: the report has them. Standard: SVG 2, as far as a line and a dot need it.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from standwith.languages import Voice
from standwith.languages import translatable as _t
from standwith.site.numbers import AuditShown

# With so many opened and none of them not valid, at most this part of all is not valid, at 95 %.
SAMPLES = ((59, 0.05), (149, 0.02), (299, 0.01))
LEFT, RIGHT, TOP, BOTTOM = 14.0, 98.0, 4.0, 44.0
FEWEST, STEPS = 10, 40
ALT = _t(
    "The more records are opened, the lower the line. This audit opened {n} and found {invalid} not valid: {share}."
)


@dataclass(frozen=True)
class Mark:
    """A line of the grid with what it stands for, and where that is written."""

    path: str
    label: str
    x: float
    y: float
    end: str


@dataclass(frozen=True)
class AuditView:
    """One audit of a campaign with this title; the drawing's line (`curve`), its grid and its dot at (x, y)."""

    audit: AuditShown
    title: str
    curve: str
    marks: tuple[Mark, ...]
    x: float
    y: float
    alt: str


def share(part: float, voice: Voice) -> str:
    """Return the part (0 to 1) of a whole as per cent, rounded up to a tenth."""
    tenths = math.ceil(part * 1000 - 1e-6)
    return voice.percent(tenths // 10 if tenths % 10 == 0 else tenths / 10)


def bound_of(n: float) -> float:
    """Return what `n` opened and none not valid say at 95 %, of a number that is large beside `n`."""
    return float(1 - 0.05 ** (1 / n))


def view_audits(audits: Iterable[tuple[AuditShown, str]], voice: Voice) -> tuple[AuditView, ...]:
    """Return the audits, each with the title of its campaign, the latest first."""
    latest = sorted(audits, key=lambda pair: (pair[0].date, pair[0].upto), reverse=True)
    return tuple(_draw(audit, title, voice) for audit, title in latest)


def _draw(audit: AuditShown, title: str, voice: Voice) -> AuditView:
    most = 10.0 ** max(3, math.ceil(math.log10(max(audit.n, 1))))
    highest = min(1.0, math.ceil(max(bound_of(FEWEST), audit.bound95) * 10) / 10)

    def across(n: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * math.log(max(n, FEWEST) / FEWEST) / math.log(most / FEWEST), 1)

    def upwards(part: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * part / highest, 1)

    opened = [FEWEST * (most / FEWEST) ** (step / STEPS) for step in range(STEPS + 1)]
    points = [f"{across(n)} {upwards(bound_of(n))}" for n in opened]
    return AuditView(
        audit=audit,
        title=title,
        curve="M" + "L".join(points),
        marks=(*_columns(most, across, voice), *_rows(highest, upwards, voice)),
        x=across(audit.n),
        y=upwards(audit.bound95),
        alt=voice.gettext(ALT, n=audit.n, invalid=audit.invalid, share=share(audit.bound95, voice)),
    )


def _columns(most: float, across: Callable[[float], float], voice: Voice) -> Iterator[Mark]:
    n = FEWEST
    while n <= most:
        x = across(n)
        yield Mark(f"M{x} {TOP}V{BOTTOM}", voice.number(n), x, BOTTOM + 6, "middle" if n < most else "end")
        n *= 10


def _rows(highest: float, upwards: Callable[[float], float], voice: Voice) -> Iterator[Mark]:
    step = 0.1 if highest <= 0.5 else 0.2
    for number in range(round(highest / step) + 1):
        y = upwards(number * step)
        yield Mark(f"M{LEFT} {y}H{RIGHT}", share(number * step, voice), LEFT - 2, y + 1.5, "end")

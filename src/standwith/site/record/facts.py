"""The pages of facts: every figure with all its sources side by side, what was said before, and series drawn over time.

Invariant: every fact stands on one of them, under the anchor `#fact-ID`; nothing is averaged, and a drawing says
nothing that the table beside it does not. The frame of every page covers all facts, so a page is made from their
sources besides, and from its number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from standwith.campaigns.model import Source
from standwith.facts import Fact
from standwith.languages import Voice
from standwith.languages import translatable as _t
from standwith.look.drawing import SHAPES, Point, draw_plot
from standwith.site.edition import Edition
from standwith.site.matters import Arrangement, Part, arrange
from standwith.site.paging import Cut
from standwith.site.planned import Sheet
from standwith.site.view import CampaignView, FactView

WORDS = _t("Figures from {start} to {end}: {n}. The table beside this drawing says the same.")


@dataclass(frozen=True)
class Row:
    """A line of a series' table; one that stands large above has its anchor there, and its history."""

    fact: FactView
    large: bool


@dataclass(frozen=True)
class SeriesView:
    """A series on one page: its drawing (where it begins), whose figures have which mark, its table."""

    name: FactView
    drawing: Markup | None
    keys: Sequence[tuple[int, Source]]
    rows: Sequence[Row]


@dataclass(frozen=True)
class MatterView:
    """A matter on one page; without facts it goes on from the page before."""

    facts: Sequence[FactView]
    series: Sequence[SeriesView]
    before: Mapping[str, Sequence[FactView]]


def plan_facts(edition: Edition) -> Iterator[Sheet]:
    """All facts, page by page; nothing where a campaign has none."""
    if not edition.campaign.facts:
        return
    arranged, sources = arrange(edition.campaign), {source.id: source for source in edition.campaign.sources}
    for piece in arranged.pages:
        yield Sheet(
            place=piece.place,
            template="facts.html",
            made_from=(piece.number, piece.of, list(map(sources.get, arranged.sources[piece.place]))),
            tell=partial(_tell, edition, piece, arranged),
            listed=piece.number == 1,
        )


def _tell(edition: Edition, piece: Cut[Part], arranged: Arrangement) -> dict[str, Any]:
    spoken = edition.voice
    page = [spoken.gettext("Page {k} of {n}", k=piece.number, n=piece.of)] if piece.number > 1 else []
    return {
        "title": " · ".join([spoken.gettext("What is known"), *page]),
        "piece": piece,
        "matters": [_lay_out(edition.view, part, arranged) for part in piece.rows],
    }


def _lay_out(view: CampaignView, part: Part, arranged: Arrangement) -> MatterView:
    facts = part.matter.facts if part.first else ()
    return MatterView(
        facts=[view.fact(fact) for fact in facts],
        series=[_lay_out_series(view, part, number) for number, rows in enumerate(part.rows) if rows],
        before={
            fact.id: [view.fact(old) for old in arranged.before[fact.id]]
            for fact in (*facts, *(fact for rows in part.rows for fact in rows))
            if fact.id in arranged.before
        },
    )


def _lay_out_series(view: CampaignView, part: Part, number: int) -> SeriesView:
    series, large = part.matter.series[number], {fact.id for fact in part.matter.facts}
    begins = part.first or not part.rows[number] or part.rows[number][0].id == series[0].id
    latest = view.fact(series[-1])
    order = list(dict.fromkeys(fact.source for fact in series))
    named = [(min(shape, SHAPES - 1), view.source(name)) for shape, name in enumerate(order)]
    return SeriesView(
        name=latest,
        drawing=_draw(view.voice, series, order, latest) if begins else None,
        keys=[(shape, source) for shape, source in named if source] if begins and len(order) > 1 else [],
        rows=[Row(view.fact(fact), fact.id in large) for fact in part.rows[number]],
    )


def _draw(voice: Voice, series: Sequence[Fact], order: Sequence[str], latest: FactView) -> Markup:
    """The series over time; only what is counted in the unit of the latest can stand on one scale."""
    measured = [fact for fact in series if fact.unit == series[-1].unit]
    words = voice.gettext(WORDS, n=len(measured), start=measured[0].as_of, end=measured[-1].as_of)
    points = [_point(fact, order.index(fact.source)) for fact in measured]
    said = voice.percent if series[-1].unit == "percent" else voice.number
    return draw_plot(f"plot-{latest.id}", points, voice, str(latest.what), words, said)


def _point(fact: Fact, source: int) -> Point:
    return Point(fact.as_of.first_day(), fact.as_of.last_day(), fact.low, fact.high, source)

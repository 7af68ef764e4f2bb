"""The pages of the timeline: everything that happened as a drawing, then as a list by year, each event with its source.

Invariant: the drawing is on the first page and shows all events; the list says everything that it shows, and more. A
page of the list is made again only for its own events, the first one for all of them.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from standwith.campaigns.model import Source
from standwith.languages import PartialDate
from standwith.languages import translatable as _t
from standwith.look.drawing import Mark, draw_timeline, is_numbered
from standwith.site.edition import Edition
from standwith.site.events import Chronicle, Dated, chronicle
from standwith.site.labels import EVENT_ROWS
from standwith.site.paging import Cut
from standwith.site.planned import Sheet

ROW_OF = {kind: row for row, kinds in enumerate(EVENT_ROWS.values()) for kind in kinds}
WORDS = _t("Events from {start} to {end}: {n}. The list below says what each of them was.")


def plan_timeline(edition: Edition) -> Iterator[Sheet]:
    """All events, page by page; nothing where a campaign tells of none."""
    if not edition.campaign.timeline:
        return
    told, sources = chronicle(edition.campaign), {source.id: source for source in edition.campaign.sources}
    for piece in told.pages:
        yield Sheet(
            place=piece.place,
            template="timeline.html",
            made_from=_made_from(edition, piece, sources),
            tell=partial(_tell, edition, piece, told),
            listed=piece.number == 1,
        )


def _made_from(edition: Edition, piece: Cut[Dated], sources: Mapping[str, Source]) -> object:
    spoken_of = dict.fromkeys(one.event.source for one in piece.rows)
    named = [sources[name] for name in spoken_of if name in sources]
    if piece.number == 1:
        return piece.of, edition.made_of.part("timeline"), named
    numbered = is_numbered(_marks(chronicle(edition.campaign)), edition.voice)
    rows = [(one.number, one.key, one.event, edition.made_of.words(one.key)) for one in piece.rows]
    return piece.number, piece.of, numbered, rows, named


def _tell(edition: Edition, piece: Cut[Dated], told: Chronicle) -> dict[str, Any]:
    spoken, view = edition.voice, edition.view
    page = [spoken.gettext("Page {k} of {n}", k=piece.number, n=piece.of)] if piece.number > 1 else []
    numbered = is_numbered(_marks(told), spoken)

    def number(one: Dated) -> str:
        return spoken.number(one.number) if numbered else ""

    years = groupby(piece.rows, key=lambda one: one.event.date.year)
    return {
        "title": " · ".join([spoken.gettext("What happened"), *page]),
        "piece": piece,
        "numbered": numbered,
        "drawing": _draw(edition, told) if piece.number == 1 else None,
        "years": [
            (PartialDate(year), [(view.event(one), ROW_OF[one.event.kind], number(one)) for one in ones])
            for year, ones in years
        ],
    }


def _draw(edition: Edition, told: Chronicle) -> Markup:
    spoken = edition.voice
    first, last = told.events[0].event, max(told.events, key=_last_day).event
    words = spoken.gettext(WORDS, n=len(told.events), start=first.date, end=last.end or last.date)
    rows = [spoken.gettext(heading) for heading in EVENT_ROWS]
    return draw_timeline("drawn", _marks(told), rows, spoken, spoken.gettext("What happened"), words)


def _marks(told: Chronicle) -> list[Mark]:
    return [_mark(one) for one in told.events]


def _mark(one: Dated) -> Mark:
    """What has an end lasts; what has none and no day is somewhere in its month or year."""
    vague = one.event.end is None and one.event.date.day is None
    return Mark(one.event.date.first_day(), _last_day(one), ROW_OF[one.event.kind], vague)


def _last_day(one: Dated) -> date:
    return (one.event.end or one.event.date).last_day()

"""The tables as JSON: each with its head, its rows, and the sources that the rows name.

Invariant: the same campaign gives the same bytes; keys stand in the order of `standwith.site.data.rows`. A text is
exactly what the campaign says, without the guard that tables for spreadsheets need. Standard: RFC 8259.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from standwith.campaigns.model import Campaign
from standwith.people import is_withdrawn
from standwith.site.data import rows as shapes
from standwith.site.data.rows import DemandRow, EventRow, FactRow, Owner, PersonRow, SourceRow
from standwith.site.data.tables import show_source

SHAPES: Mapping[str, type[shapes.Head]] = {
    "facts": shapes.Facts,
    "people": shapes.People,
    "timeline": shapes.Timeline,
    "organisations": shapes.Organisations,
    "sources": shapes.Sources,
    "demands": shapes.Demands,
}
VERSION = 1


def head_of(campaign: Campaign, table: str, languages: Sequence[str], site_url: str) -> dict[str, Any]:
    """Return what every file begins with, but the day; the licence is the owner's to give, and none has a field yet."""
    return {
        "schema": f"standwith/{table}/{VERSION}",
        "campaign": campaign.id,
        "url": f"{site_url}/{campaign.source_language}/{campaign.id}/",
        "owner": Owner(name=campaign.owner.name, url=campaign.owner.url or None),
        "licence": None,
        "language": campaign.source_language,
        "languages": tuple(languages),
    }


def write_table(table: str, campaign: Campaign, rows: Sequence[Any], head: Mapping[str, Any]) -> bytes:
    """Return the JSON file of a table; `rows` are all of one shape."""
    more: dict[str, Any] = {"as_of": newest(days_of(table, rows))}
    if table in CITED:
        more["sources"] = _cited(campaign, {name for row in rows for name in CITED[table](row)})
    if table == "people":
        more["withdrawn"] = sum(map(is_withdrawn, campaign.people))
    return msgspec.json.encode(SHAPES[table](rows=tuple(rows), **head, **more)) + b"\n"  # type: ignore[call-arg]


def days_of(table: str, rows: Iterable[Any]) -> Iterable[str | None]:
    """The dates that the rows of a table speak of."""
    return (day for row in rows for day in DAYS[table](row))


def newest(days: Iterable[str | None]) -> str | None:
    """The newest of some dates, the more exact one of two in the same time."""
    return max((day for day in days if day), default=None)


def _cited(campaign: Campaign, names: set[str]) -> dict[str, SourceRow]:
    return {source.id: show_source(source) for source in campaign.sources if source.id in names}


def _days_of_person(row: PersonRow) -> Iterable[str]:
    return (change.date for change in row.history)


def _cited_by_person(row: PersonRow) -> Iterable[str]:
    return (*row.sources, *(change.source for change in row.history))


def _cited_by_demand(row: DemandRow) -> Iterable[str]:
    return (*row.sources, row.state_source or "")


def _days_of_event(row: EventRow) -> Iterable[str | None]:
    return (row.date, row.end)


def _source_of(row: FactRow | EventRow) -> Iterable[str]:
    return (row.source,)


DAYS: Mapping[str, Callable[[Any], Iterable[str | None]]] = {
    "facts": lambda row: (row.as_of,),
    "people": _days_of_person,
    "timeline": _days_of_event,
    "organisations": lambda _: (),
    "sources": lambda row: (row.date,),
    "demands": lambda row: (row.state_date,),
}
CITED: Mapping[str, Callable[[Any], Iterable[str]]] = {
    "facts": _source_of,
    "people": _cited_by_person,
    "timeline": _source_of,
    "demands": _cited_by_demand,
}

"""Invented facts, events and sources: a small record that has everything, and a large one for what is long."""

from typing import Any

from msgspec.structs import replace

from standwith.campaigns.model import EVENT_KINDS, Campaign, Event, Source
from standwith.facts import Fact
from standwith.languages import PartialDate

TOLD = (
    "people detained at the gates of the plant in the second week of the strike",
    "workplaces where a strike committee was elected by show of hands",
    "cases brought before the labour courts of the region since the spring",
    "members whom the union counted when the register was last open",
    "families that the solidarity fund paid for a month or longer",
)
SOURCES = (
    Source(id="s", publisher="Example Union", title="What happened", language="en", sha256="0f" * 32, file="what.html"),
    Source(id="t", publisher="Example Legal Aid", title="List of the detained", url="https://example.org/list?a=1&b=2"),
    Source(id="u", publisher="Example Radio", title="Пять дней в сентябре", language="ru", date=PartialDate(2020, 9)),
    Source(id="idle", publisher="Nobody", title="Never cited"),
)


def fact(name: str, low: int | None, high: int | None, wording: str, day: str, **more: Any) -> Fact:
    """A fact about people, said by the source s unless `more` says otherwise."""
    given = {"what": f"people of {name}", "unit": "people", "source": "s"}
    return Fact(id=name, low=low, high=high, wording=wording, as_of=PartialDate.parse(day), **(given | more))


FACTS = (
    fact("killed", 2, None, "at least", "2020-08-17", group="killed", confidence="confirmed"),
    fact("killed-t", 4, 6, "between", "2020-08", group="killed", source="t", confidence="reported"),
    fact("workers", 1200, 1200, "about", "2020-11", supersedes="workers-2", confidence="disputed", disputed="by none"),
    fact("workers-1", 400, None, "more than", "2020-09"),
    fact("workers-2", 900, None, "more than", "2020-10", supersedes="workers-1", source="t"),
    fact("inside-1", 100, 100, "exactly", "2020-08-20", series="inside", what="people inside"),
    fact("inside-2", 150, None, "at least", "2020-09-20", series="inside", what="people inside"),
    fact("inside-3", None, 300, "at most", "2020-10", series="inside", what="people inside", source="t"),
    fact("inside-4", 180, 220, "between", "2020-11-01", series="inside", what="people inside", supersedes="wrong"),
    fact("wrong", 1800, 2200, "between", "2020-11-01", what="people inside"),
    fact("inside-5", None, None, "hundreds", "2020-11-10", series="inside", what="people inside", source="u"),
    fact("alone", 80, 80, "exactly", "2020", unit="percent"),
    fact("last", None, None, "several", "2020"),
)


def event(day: str, kind: str, title: str, end: str = "", **more: Any) -> Event:
    """An event, told by the source s unless `more` says otherwise."""
    given: dict[str, Any] = {"source": "s", "end": PartialDate.parse(end) if end else None}
    return Event(date=PartialDate.parse(day), kind=kind, title=title, **(given | more))


EVENTS = (
    event("2021-02-01", "trial", "The first trial", place="Minsk"),
    event("2020-08-09", "election", "The vote", country="BY"),
    event("2020-08-10", "protest", "People in the streets", "2020-08-13", source="t"),
    event("2020-09", "strike", "Strikes in many plants"),
    event("2020", "solidarity", "Collections in many countries"),
    event("2020-08-10", "arrests", "First arrests", source="u"),
)


def knowing(campaign: Campaign, **more: Any) -> Campaign:
    """The campaign with the small record; `more` is put in besides."""
    return replace(campaign, **({"facts": FACTS, "timeline": EVENTS, "sources": SOURCES, "demands": ()} | more))


def many_facts(number: int, sources: int = 300) -> tuple[Fact, ...]:
    """So many facts: alone, in groups, in series, and some that supersede the one before."""
    return tuple(_fact_of(at, sources) for at in range(number))


def _fact_of(at: int, sources: int) -> Fact:
    day = PartialDate(2020 + at % 5, at % 12 + 1, at % 28 + 1)
    return fact(
        f"f-{at}",
        at + 3,
        at + 3,
        "exactly",
        str(day),
        what=f"{TOLD[at % 5]}, in district {at}",
        source=f"source-{at % sources}",
        group=f"group-{at // 10}" if at % 10 in (1, 2) else "",
        series=f"series-{at // 40}" if at % 10 in (3, 4) else "",
        supersedes=f"f-{at - 1}" if at % 10 == 6 else "",
        disputed="The ministry says that there was no such thing." if at % 10 == 7 else "",
    )


def many_sources(number: int) -> tuple[Source, ...]:
    """So many sources, each with a checksum of its own."""
    return tuple(
        Source(
            id=f"source-{at}",
            publisher=f"Example Union of district {at % 40}",
            title=f"Report number {at} on what happened in the plants",
            date=PartialDate(2020, at % 12 + 1),
            url=f"https://example.org/reports/{at}",
            language="en",
            sha256=f"{at:064x}",
        )
        for at in range(number)
    )


def many_events(number: int, sources: int = 1) -> tuple[Event, ...]:
    """So many events over some years, several of them on one day."""
    return tuple(
        event(
            str(PartialDate(2018 + at % 7, at % 12 + 1, at % 28 + 1)),
            EVENT_KINDS[at % len(EVENT_KINDS)],
            f"{TOLD[at % 5]}, for the {at}th time",
            place=f"Plant {at % 17}",
            source=f"source-{at % sources}",
        )
        for at in range(number)
    )

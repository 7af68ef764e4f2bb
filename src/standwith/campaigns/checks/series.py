"""Facts over time: which takes the place of which, series of one figure at several dates, and how sure they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from standwith.campaigns.draft import Draft, Entry
from standwith.facts import Fact

DISPUTED = "disputed"


def check_history(draft: Draft) -> None:
    """Each fact against the one that it supersedes, then the series."""
    by_id: dict[str, Entry[Fact]] = {}
    for entry in draft.facts:
        by_id.setdefault(entry.value.id, entry)
        _check_confidence(draft, entry)
    reported: set[str] = set()
    for entry in draft.facts:
        if entry.value.supersedes and entry.sound("supersedes", "id"):
            _check_supersedes(draft, entry, by_id, reported)
    _check_series(draft)


def _check_confidence(draft: Draft, entry: Entry[Fact]) -> None:
    fact = entry.value
    if not fact.confidence or not entry.sound("confidence", "disputed"):
        return
    if (fact.confidence == DISPUTED) != bool(fact.disputed):
        said = "says who disputes it" if fact.disputed else "is empty"
        what = f"confidence is “{fact.confidence}”, and the column disputed {said}."
        draft.report.add("disputed-unlike", entry.at("confidence"), what)


def _check_supersedes(draft: Draft, entry: Entry[Fact], by_id: Mapping[str, Entry[Fact]], reported: set[str]) -> None:
    fact, place = entry.value, entry.at("supersedes")
    older = by_id.get(fact.supersedes)
    if not draft.knows("facts.csv", fact.supersedes):
        draft.report.add("unknown-superseded", place, f"There is no fact “{fact.supersedes}” in facts.csv.")
    elif circle := _circle(fact.id, by_id):
        if reported.isdisjoint(circle):
            draft.report.add("supersedes-loop", place, f"“{fact.id}” would take the place of itself.")
        reported.update(circle)
    elif older and older.sound("as_of") and entry.sound("as_of"):
        _check_age(draft, entry, older.value)


def _circle(start: str, by_id: Mapping[str, Entry[Fact]]) -> Sequence[str]:
    """The ids on the way from a fact back to itself; empty if there is no such way."""
    way = {start: None}
    entry = by_id.get(start)
    while entry and entry.value.supersedes:
        identifier = entry.value.supersedes
        if identifier in way:
            return list(way) if identifier == start else ()
        way[identifier] = None
        entry = by_id.get(identifier)
    return ()


def _check_age(draft: Draft, entry: Entry[Fact], older: Fact) -> None:
    if entry.value.as_of.last_day() < older.as_of.first_day():
        what = f"“{entry.value.id}” is of {entry.value.as_of}, “{older.id}” of {older.as_of}."
        draft.report.add("supersedes-newer", entry.at("supersedes"), what)


def _check_series(draft: Draft) -> None:
    series: dict[str, list[Entry[Fact]]] = defaultdict(list)
    for entry in draft.facts:
        if entry.value.series and entry.sound("series"):
            series[entry.value.series].append(entry)
    for name, entries in series.items():
        if len(entries) == 1 and "facts.csv" not in draft.torn_ids:
            what = f"This fact is alone in the series “{name}”."
            draft.report.add("lonely-series", entries[0].at("series"), what)
        _check_units(draft, [entry for entry in entries if entry.sound("unit")])
        _check_points(draft, [entry for entry in entries if entry.sound("as_of", "source")])


def _check_units(draft: Draft, entries: Sequence[Entry[Fact]]) -> None:
    for entry in entries[1:]:
        if entry.value.unit != entries[0].value.unit:
            there = f"line {entries[0].place.line} of the same series {entries[0].value.unit}"
            draft.report.add("series-units", entry.at("unit"), f"This counts {entry.value.unit}, {there}.")


def _check_points(draft: Draft, entries: Sequence[Entry[Fact]]) -> None:
    """One figure for one date and source, but for one whose place another has taken."""
    first: dict[tuple[object, str], Entry[Fact]] = {}
    for entry in entries:
        if entry.value.id in draft.superseded:
            continue
        point = (entry.value.as_of, entry.value.source)
        if point in first:
            what = f"Line {first[point].place.line} is of the same series, date and source."
            draft.report.add("series-twice", entry.at("as_of"), what)
        first.setdefault(point, entry)

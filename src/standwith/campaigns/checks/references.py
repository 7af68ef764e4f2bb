"""Ids are unique, and every reference to a source can be followed."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from standwith.campaigns.draft import Draft, Entry, Folder
from standwith.manuscript import Place


def check_ids(draft: Draft) -> None:
    """No id stands twice in one table; people.csv repeats them on purpose."""
    for entries in (draft.demand, draft.action, draft.facts, draft.sources):
        check_unique(draft, entries)


def check_unique(draft: Folder, entries: Iterable[Entry[Any]]) -> None:
    """No id stands twice among these."""
    first: dict[str, Place] = {}
    for entry in entries:
        identifier = entry.value.id
        if identifier in first:
            what = f"The id “{identifier}” is taken by line {first[identifier].line}."
            draft.report.add("duplicate-id", entry.at("id"), what)
        elif identifier:
            first[identifier] = entry.place


def check_sources(draft: Draft) -> None:
    """Every source that is named exists, and every source that exists is named."""
    used = set()
    for identifier, place, sound in _references(draft):
        used.add(identifier)
        if sound and not draft.knows("sources.csv", identifier):
            draft.report.add("unknown-source", place, f"There is no source “{identifier}” in sources.csv.")
    if draft.unread or draft.torn_ids:
        return  # what could not be read may well use the others
    for entry in draft.sources:
        if entry.value.id and entry.value.id not in used:
            draft.report.add("unused-source", entry.at("id"), f"Nothing refers to the source “{entry.value.id}”.")


def _references(draft: Draft) -> Iterator[tuple[str, Place, bool]]:
    """(id, place, whether it could be read) of every source that is named anywhere."""
    single: Iterable[Entry[Any]] = chain(draft.action, draft.facts, draft.people, draft.timeline, draft.targets)
    for entry in single:
        if entry.value.source:
            yield entry.value.source, entry.at("source"), entry.sound("source")
    for demand in draft.demand:
        if demand.value.state_source:
            yield demand.value.state_source, demand.at("state_source"), demand.sound("state_source")
    several: Iterable[Entry[Any]] = chain(draft.demand, draft.people)
    for entry in several:
        for identifier in entry.value.sources:
            yield identifier, draft.report.seek(entry.at("sources"), identifier), entry.sound("sources")

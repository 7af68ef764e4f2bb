"""Organisations: each one once, with its country and a parent that is in the list."""

from collections.abc import Sequence
from typing import Any

from standwith.campaigns.draft import Draft, Entry
from standwith.manuscript import Report
from standwith.organisations import WITH_COUNTRY, Organisation


def check_organisations(draft: Draft) -> None:
    """Each row, then who stands above whom."""
    check_duplicates(draft.organisations, draft.report)
    for entry in draft.organisations:
        organisation = entry.value
        if organisation.scope in WITH_COUNTRY and not organisation.country and entry.sound("country"):
            what = f"{organisation.name} has no country."
            draft.report.add("organisation-without-country", entry.at("country"), what)
    _check_parents(draft)


def check_duplicates(organisations: Sequence[Entry[Any]], report: Report) -> None:
    """No name and no acronym stands twice in one country; rows of campaigns and of directories alike."""
    first: dict[tuple[str, str, str], int] = {}
    for entry in organisations:
        for column in ("name", "acronym"):
            written: str = getattr(entry.value, column)
            key = (column, written.casefold(), entry.value.country)
            if written and key in first:
                what = f"“{written}” of the same country stands on line {first[key]}."
                report.add("duplicate-organisation", entry.at(column), what)
                break
        for column in ("name", "acronym"):
            first.setdefault((column, getattr(entry.value, column).casefold(), entry.value.country), entry.place.line)


def _check_parents(draft: Draft) -> None:
    names: dict[str, Entry[Organisation]] = {}
    for entry in draft.organisations:
        for written in (entry.value.name, entry.value.acronym):
            names.setdefault(written, entry)
    for entry in draft.organisations:
        parent = entry.value.parent
        if parent and entry.sound("parent"):
            if parent not in names:
                what = f"No organisation of this table is called “{parent}”."
                draft.report.add("unknown-parent", entry.at("parent"), what)
            elif _comes_back(entry, names):
                what = f"{entry.value.name} would stand above itself."
                draft.report.add("parent-loop", entry.at("parent"), what)


def _comes_back(start: Entry[Organisation], names: dict[str, Entry[Organisation]]) -> bool:
    """Whether going up from `start` leads to `start` again."""
    seen: list[Entry[Organisation]] = []
    entry: Entry[Organisation] | None = start
    while entry is not None and entry not in seen:
        seen.append(entry)
        entry = names.get(entry.value.parent) if entry.value.parent else None
    return entry is start

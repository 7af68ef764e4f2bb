"""People: nobody is shown beyond what they agreed to and what their risk allows; every status has its source."""

import re
from collections.abc import Iterable
from itertools import pairwise

from standwith.campaigns.draft import Draft, Entry
from standwith.campaigns.people_rows import ABOUT_THE_PERSON, ABOUT_THE_STATUS, PersonRow
from standwith.people.showing import TOMBSTONE

FILE = "people.csv"


def check_people(draft: Draft) -> None:
    """Each person by their rows, then each change of status."""
    for first, *more in rows_by_person(draft):
        _check_level(draft, first)
        _check_name(draft, first)
        for entry in more:
            _check_repetition(draft, first, entry)
        for entry in (first, *more):
            _check_status(draft, entry)
        _check_order(draft, [first, *more])


def rows_by_person(draft: Draft) -> Iterable[list[Entry[PersonRow]]]:
    """The rows of each person; of somebody with a torn row nothing can be said."""
    people: dict[str, list[Entry[PersonRow]]] = {}
    torn = draft.torn_ids.get(FILE, set())
    for entry in draft.people:
        if entry.value.id not in torn:
            people.setdefault(entry.value.id, []).append(entry)
    return people.values()


def _check_level(draft: Draft, entry: Entry[PersonRow]) -> None:
    person = entry.value
    if not entry.sound("shown", "consent", "risk") or person.consent == TOMBSTONE:
        return
    for name in ("shown", "consent", "risk"):
        if not getattr(person, name):
            what = f"{name} is empty, so “{person.id}” is not shown."
            draft.report.add("strictest-level-wins", entry.at(name), what)
            return
    if person.shown != "none" and person.consent == "withheld":
        what = f"“{person.id}” would be shown without consent."
        draft.report.add("shown-without-consent", entry.at("shown"), what)
    elif person.shown == "full name" and person.risk == "high":
        what = f"“{person.id}” would be shown with the full name, at high risk."
        draft.report.add("full-name-at-high-risk", entry.at("shown"), what)


def _check_name(draft: Draft, entry: Entry[PersonRow]) -> None:
    person = entry.value
    if not person.name and person.shown not in ("", "none") and person.consent != TOMBSTONE and entry.sound("name"):
        draft.report.add("person-without-name", entry.at("name"), f"“{person.id}” is shown, but has no name.")
    hidden = person.shown != "full name" and person.risk == "high"
    if hidden and len(re.findall(r"[^\W\d_]{2,}(?!\.)", person.name)) > 1:
        what = f"“{person.id}” is at high risk, and this looks like a full name."
        draft.report.add("name-in-folder", entry.at("name"), what)
    public = "already public" in (person.consent, person.photo_consent)
    if public and not person.sources and entry.sound("sources"):
        what = "Nothing says where it was published."
        draft.report.add("public-without-source", entry.at("sources"), what)


def _check_repetition(draft: Draft, first: Entry[PersonRow], entry: Entry[PersonRow]) -> None:
    for name in ABOUT_THE_PERSON:
        again = getattr(entry.value, name)
        if again and again != getattr(first.value, name):
            what = f"This differs from line {first.place.line}, which says who “{first.value.id}” is."
            draft.report.add("person-contradiction", entry.at(name), what)


def _check_status(draft: Draft, entry: Entry[PersonRow]) -> None:
    row = entry.value
    if not any(getattr(row, name) for name in ABOUT_THE_STATUS) or not entry.sound(*ABOUT_THE_STATUS):
        return
    for name in ("date", "status", "source"):
        if not getattr(row, name):
            draft.report.add("status-incomplete", entry.at(name), f"This change of status has no {name}.")
            return


def _check_order(draft: Draft, entries: list[Entry[PersonRow]]) -> None:
    dated = [(entry, entry.value.date) for entry in entries if entry.value.date is not None]
    for (_, earlier), (entry, later) in pairwise(dated):
        if later.last_day() < earlier.first_day():
            draft.report.add("history-order", entry.at("date"), f"{later} comes after {earlier}.")
            return

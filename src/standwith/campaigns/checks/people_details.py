"""What is kept of people beyond name and role: photographs, dates, the next look, and nothing after a withdrawal."""

import re

from standwith.campaigns.checks.people import rows_by_person
from standwith.campaigns.draft import Draft, Entry
from standwith.campaigns.people_rows import SENSITIVE, PersonRow
from standwith.people.showing import HIDDEN, TOMBSTONE

NAMELESS = re.compile(r"withdrawn-[1-9][0-9]*")
HARMLESS = {"shown": ("", "none"), "risk": ("", "high")}
"""What a tombstone may say beside its id and consent; it means the same as nothing."""


def check_people_details(draft: Draft) -> None:
    """Each person by their first row, which says who they are; a tombstone by all of its rows."""
    pictures = {media.value.file for media in draft.media}
    for entries in rows_by_person(draft):
        first = entries[0]
        if first.value.consent == TOMBSTONE:
            _check_tombstone(draft, entries)
            continue
        if NAMELESS.fullmatch(first.value.id) and first.sound("consent"):
            what = f"“{first.value.id}” stands for somebody who took themselves out."
            draft.report.add("reserved-id", first.at("id"), what)
        if first.sound("shown", "consent", "risk"):
            _check_level(draft, first, pictures)
        _check_dates(draft, first)
        _check_hearing(draft, entries)


def _check_tombstone(draft: Draft, entries: list[Entry[PersonRow]]) -> None:
    first, *more = entries
    identifier = first.value.id
    if not NAMELESS.fullmatch(identifier):
        what = f"“{identifier}” was withdrawn, and the id may still tell who it was."
        draft.report.add("tombstone-with-traces", first.at("id"), what)
        return
    blank = PersonRow(id=identifier, consent=TOMBSTONE)
    for name in PersonRow.__struct_fields__:
        if getattr(first.value, name) not in HARMLESS.get(name, (getattr(blank, name),)):
            what = f"“{identifier}” was withdrawn, and {name} is still there."
            draft.report.add("tombstone-with-traces", first.at(name), what)
            return
    for entry in more:
        draft.report.add("tombstone-with-traces", entry.place, f"“{identifier}” has a further row.")


def _check_level(draft: Draft, entry: Entry[PersonRow], pictures: set[str]) -> None:
    """What goes with how much is shown; where that is not said, it is the first thing to mend."""
    person = entry.value
    if not (person.shown and person.consent and person.risk):
        return
    kept = [name for name in SENSITIVE if getattr(person, name)]
    if person.shown == "none" and person.consent == "withheld" and kept:
        what = f"“{person.id}” does not want to be shown, and {kept[0]} is filled in."
        draft.report.add("person-withheld-detail", entry.at(kept[0]), what)
    elif person.photo:
        _check_photo(draft, entry, pictures)
    if person.shown != "none" and entry.sound("review"):
        _check_review(draft, entry)


def _check_photo(draft: Draft, entry: Entry[PersonRow], pictures: set[str]) -> None:
    person = entry.value
    if person.photo not in pictures and draft.unread.isdisjoint(("campaign.toml", "[[media]]")):
        draft.report.add("photo-unlisted", entry.at("photo"), f"No [[media]] table speaks of {person.photo}.")
    if person.photo_consent in HIDDEN and entry.sound("photo_consent"):
        what = f"Nobody agreed that the photograph of “{person.id}” is shown."
        draft.report.add("photo-without-consent", entry.at("photo_consent"), what)
    elif person.shown != "full name":
        what = f"“{person.id}” has a photograph, and shown is “{person.shown}”."
        draft.report.add("photo-shows-more", entry.at("photo"), what)


def _check_review(draft: Draft, entry: Entry[PersonRow]) -> None:
    person = entry.value
    if person.review is None:
        what = f"Nothing says when somebody looks at “{person.id}” again."
        draft.report.add("person-without-review", entry.at("review"), what)
    elif person.review.last_day() < draft.today:
        what = f"“{person.id}” was to be looked at again by {person.review}."
        draft.report.add("review-due", entry.at("review"), what)


def _check_dates(draft: Draft, entry: Entry[PersonRow]) -> None:
    if entry.value.born is not None and entry.value.birthday:
        what = f"Of “{entry.value.id}” both born and birthday are given."
        draft.report.add("full-birth-date", entry.at("birthday"), what)


def _check_hearing(draft: Draft, entries: list[Entry[PersonRow]]) -> None:
    first, hearing = entries[0], entries[0].value.hearing
    if hearing is None:
        return
    dates = [entry.value.date for entry in entries if entry.value.date is not None]
    if dates and hearing.last_day() < dates[-1].first_day():
        what = f"The hearing is of {hearing}, before the last change of status, of {dates[-1]}."
        draft.report.add("hearing-past", first.at("hearing"), what)
    elif hearing.last_day() < draft.today:
        draft.report.add("hearing-past", first.at("hearing"), f"The hearing was to be in {hearing}, which is over.")

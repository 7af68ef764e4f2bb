"""The custodians of a campaign: enough of them, one key each, and for a guarded campaign never one alone."""

from collections.abc import Sequence

from standwith.campaigns.custodians import GUARDED_NEEDS, usual_number
from standwith.campaigns.draft import Draft, Entry, Head
from standwith.campaigns.model import Custodian
from standwith.sealing.envelope import MOST_CUSTODIANS


def check_custodians(draft: Draft) -> None:
    """What campaign.toml says of custodians must work, and is told where it is weak."""
    if "[[custodian]]" in draft.unread or draft.head is None:
        return
    _check_keys(draft, draft.custodian)
    if not draft.head.sound("custodians_needed", "profile"):
        return
    if not draft.custodian:
        _check_without(draft, draft.head)
    elif _check_numbers(draft, draft.head, len(draft.custodian)):
        _check_strength(draft, draft.head, len(draft.custodian))


def _check_keys(draft: Draft, custodians: Sequence[Entry[Custodian]]) -> None:
    seen: set[str] = set()
    for entry in custodians:
        if entry.sound("key") and entry.value.key in seen:
            draft.report.add("duplicate-custodian", entry.at("key"), "Another custodian here has the same key.")
        seen.add(entry.value.key)


def _check_without(draft: Draft, head: Entry[Head]) -> None:
    """The custodians of the installation come with a number of their own."""
    if head.value.custodians_needed is not None:
        what = "No custodian is named in this folder."
        draft.report.add("custodians-needed", head.at("custodians_needed"), what)


def _check_numbers(draft: Draft, head: Entry[Head], count: int) -> bool:
    needed = head.value.custodians_needed
    if count > MOST_CUSTODIANS:
        what = f"There are {count} custodians; {MOST_CUSTODIANS} are the most."
        draft.report.add("too-many-custodians", draft.custodian[MOST_CUSTODIANS].place, what)
        return False
    if needed is not None and not 1 <= needed <= count:
        what = f"{needed} custodians are needed here, and the folder names {count}."
        draft.report.add("custodians-needed", head.at("custodians_needed"), what)
        return False
    return True


def _check_strength(draft: Draft, head: Entry[Head], count: int) -> None:
    needed = head.value.custodians_needed or usual_number(count)
    place = head.at("custodians_needed") if head.value.custodians_needed else draft.custodian[0].place
    if needed < GUARDED_NEEDS and head.value.profile == "guarded":
        what = "The campaign is guarded, and one custodian alone could open its records."
        draft.report.add("guarded-needs-two", place, what)
    elif needed == 1:
        draft.report.add("one-custodian-alone", place, "One custodian alone can open all records.")
    elif needed == count:
        draft.report.add("no-custodian-to-spare", place, f"All {count} custodians are needed to open a record.")

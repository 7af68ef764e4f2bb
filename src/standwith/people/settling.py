"""What may be shown of a person whose row was changed since two people approved it.

The rule: only what was approved is shown, and of that only what the present row still says. A taking back counts at
once, an addition waits for its approval. So a photograph, a role, a hearing or a change of status that was corrected or
taken out is not shown, neither as it was nor as it is; and where the name was changed, nobody is shown until the row is
approved again, for the old name may be what the change is to hide.

Invariant: what `settle` returns holds no text that is not in the approved and in the present row, and shows no more
than the strictest of both. Pure; who approves, and when, is for `standwith.decisions`.
"""

from typing import Any

from msgspec.structs import replace

from standwith.languages import PartialDate
from standwith.people.person import RISKS, Person, Status
from standwith.people.showing import ceiling, may_show_photo, strictest

DETAILS = ("role", "organisation", "born", "birthday", "hearing")


def settle(current: Person, approved: Person | None) -> Person | None:
    """The person as may be shown now; None where nothing of the present row was approved.

    A present row that shows nothing, such as a tombstone, passes as it is.
    """
    allowed = strictest(current.shown, ceiling(current.consent, current.risk))
    if allowed == "none":
        return current if current.shown == "none" else replace(current, shown="none")
    if approved is None or approved.id != current.id or approved.name != current.name:
        return None
    shown = strictest(allowed, approved.shown, ceiling(approved.consent, approved.risk))
    details = {name: _settled(name, current, approved) for name in DETAILS}
    return replace(
        current,
        **details,
        **_photo(current, approved, shown),
        shown=shown,
        risk=max(current.risk, approved.risk, key=_weight),
        sources=tuple(source for source in approved.sources if source in current.sources),
        history=_history(current, approved),
    )


def _settled(name: str, current: Person, approved: Person) -> Any:
    """What both rows say, or what an empty field holds."""
    value = getattr(current, name)
    return value if value == getattr(approved, name) else _BLANK[name]


_BLANK: dict[str, Any] = {"role": "", "organisation": "", "born": None, "birthday": "", "hearing": None}


def _photo(current: Person, approved: Person, shown: str) -> dict[str, str]:
    agreed = current.photo == approved.photo and may_show_photo(current) and may_show_photo(approved)
    if agreed and shown == "full name":
        return {"photo": current.photo, "photo_consent": current.photo_consent}
    return {"photo": "", "photo_consent": ""}


def _history(current: Person, approved: Person) -> tuple[Status, ...]:
    """The approved changes of status that still stand; a text about one that was changed is left out."""
    present = {(change.date, change.status, change.source): change.detail for change in current.history}
    return tuple(
        change if present[_key(change)] == change.detail else replace(change, detail="")
        for change in approved.history
        if _key(change) in present
    )


def _key(change: Status) -> tuple[PartialDate, str, str]:
    return (change.date, change.status, change.source)


def _weight(risk: str) -> int:
    return RISKS.index(risk) if risk else len(RISKS)

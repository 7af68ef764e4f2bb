"""How much of a person may be shown: full name, initials or nothing.

The rule: consent withheld or withdrawn, nothing; risk high, initials at most; consent or risk not stated, nothing. The
strictest level wins. A photograph shows more than initials do: it needs a consent of its own and a full name beside it.
Pure; knows no files.
"""

from standwith.people.person import Person

SHOWN = ("none", "initials", "full name")
HIDDEN = ("", "withheld", "withdrawn")
TOMBSTONE = "withdrawn"


def ceiling(consent: str, risk: str) -> str:
    """The most that may be shown of somebody; an empty consent or risk counts as the strictest."""
    if consent in HIDDEN or not risk:
        return "none"
    return "initials" if risk == "high" else "full name"


def strictest(*levels: str) -> str:
    """The lowest of the levels given; an empty level counts as "none"."""
    return SHOWN[min(SHOWN.index(level) if level else 0 for level in levels)]


def may_show_photo(person: Person) -> bool:
    """Whether there is a photograph, somebody agreed to it, and the person is shown with the full name."""
    return bool(person.photo) and person.photo_consent not in HIDDEN and person.shown == "full name"


def is_withdrawn(person: Person) -> bool:
    """Whether this is a tombstone: somebody took themselves out, and nothing but a nameless row is left."""
    return person.consent == TOMBSTONE

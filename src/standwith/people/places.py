"""What a person is called in public: in an address, in a file to reuse, in a feed.

Invariant: the id of somebody who is shown below their full name never leaves the folder, for ids are made of names; the
number of the row stands in for it. No two people of a table are called the same. Pure; knows no addresses.
"""

import re
from collections.abc import Sequence

from standwith.people.person import Person

# Ids that would be taken for the number of a row, or for a page of a list: people/nr-3/, people/2/.
_MISLEADING = re.compile(r"(nr-)?[0-9]+")


def public_id(people: Sequence[Person], person: Person) -> str:
    """Return the id for a full name, else `nr-` and the number of the person in the table, from 1."""
    return public_ids(people)[people.index(person)]


def public_ids(people: Sequence[Person]) -> tuple[str, ...]:
    """Return what each person of the table is called in public, in the table's order."""
    return tuple(person.id if _may_go_out(person) else f"nr-{number}" for number, person in enumerate(people, 1))


def _may_go_out(person: Person) -> bool:
    return person.shown == "full name" and not _MISLEADING.fullmatch(person.id)

"""What a person is called in public: in an address, in a file to reuse, in a feed.

Invariant: the id of somebody who is shown below their full name never leaves the folder, for ids are made of names; the
number of the row stands in for it. Pure; knows no addresses of the site.
"""

from collections.abc import Sequence

from standwith.people.person import Person


def public_id(people: Sequence[Person], person: Person) -> str:
    """Return the id for a full name, else `nr-` and the number of the person in the table, from 1."""
    return public_ids(people)[people.index(person)]


def public_ids(people: Sequence[Person]) -> tuple[str, ...]:
    """Return what each person of the table is called in public, in the table's order."""
    return tuple(
        person.id if person.shown == "full name" else f"nr-{number}" for number, person in enumerate(people, 1)
    )

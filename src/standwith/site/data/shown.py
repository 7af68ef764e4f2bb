"""The people of a campaign as far as files may show them.

Invariant: whoever may not be shown is not here; below the full name there are initials, and no id, photograph, year of
birth or birthday. The rule itself is in `standwith.people` and `standwith.site.persons`. Lays nothing out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall
from standwith.people import Person, may_show_photo, public_ids
from standwith.site.persons import reduce
from standwith.site.pictures import portraits


class Shown(NamedTuple):
    """A person who may be shown: what they are called in public, where their photograph lies ("" without one).

    `key` is how the keys of their strings begin; it is made of the folder's id and goes into no file.
    """

    person: Person
    called: str
    key: str
    portrait: str


@recall
def show_people(campaign: Campaign) -> tuple[Shown, ...]:
    """The people in the order of the folder."""
    return tuple(_show_people(campaign))


def _show_people(campaign: Campaign) -> Iterator[Shown]:
    hung = portraits(campaign)
    for person, called in zip(campaign.people, public_ids(campaign.people), strict=True):
        if person.shown != "none":
            portrait = hung.get(person.photo) if may_show_photo(person) else None
            yield Shown(reduce(person), called, f"person:{person.id}", portrait.path if portrait else "")

"""Questions to the tables of decisions, and a folder compared with them. Changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from standwith.campaigns.model import Campaign
from standwith.decisions.models import Decision, Standing
from standwith.decisions.versions import Change, changes, read_version, version_of
from standwith.people import Person


class Wait(NamedTuple):
    """A person whose row nobody, or one person only, has agreed to show; `held` says why somebody holds it back."""

    person: Person
    changes: tuple[Change, ...]
    accepted_by: str = ""
    held: str = ""
    held_by: str = ""


class Told(NamedTuple):
    """A decision as the log tells it; `person` is "" for a whole campaign, and for who withdrew."""

    campaign: str
    person: str
    verb: str
    by: str
    at: datetime
    digest: str
    reason: str


def approved_people(campaign: str) -> Mapping[str, Person]:
    """The version of each person that two people approved, by id."""
    rows = Standing.objects.filter(campaign=campaign, approved__isnull=False).values_list("person", "approved")
    return {person: version for person, data in rows if (version := read_version(data)) is not None}


def waiting(campaign: Campaign) -> tuple[Wait, ...]:
    """Those of a campaign folder who could be shown and are not, or not as their row is now; in the order of rows."""
    known = {standing.person: standing for standing in Standing.objects.filter(campaign=campaign.id)}
    found = []
    for person in campaign.people:
        standing = known.get(person.id) or Standing()
        before = read_version(standing.approved)
        if person.shown == "none" or before == version_of(person):
            continue
        accepted = read_version(standing.accepted) == version_of(person)
        by = standing.accepted_by if accepted else ""
        found.append(Wait(person, changes(before, person), by, standing.held, standing.held_by))
    return tuple(found)


def is_known(campaign: str, person: str) -> bool:
    """Whether anything was ever decided about somebody under this id."""
    return Decision.objects.filter(campaign=campaign, person=person).exists()


def log(campaign: str = "") -> Sequence[Told]:
    """All decisions, the oldest first, or those about one campaign."""
    rows = Decision.objects.filter(campaign=campaign) if campaign else Decision.objects.all()
    return [Told(*row) for row in rows.order_by("pk").values_list(*Told._fields)]

"""Accepting and approving: two people decide together that a version of a person's row is shown.

    accept     a first person: I have looked at consent, risk and sources, and this may be shown
    approve    a second person, of another name, says the same of the same version

Invariant: all people of one call in one transaction, or none of them; a Decision for each. What was approved before
stays approved until a second person approves what came after it. Whoever changes a row after it was accepted has it
accepted anew. Does not publish: what is shown changes with the next publication.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from standwith.decisions.errors import Held, NotAccepted, NothingShown, SamePerson, Settled
from standwith.decisions.models import Decision, Standing, Verb
from standwith.decisions.names import are_two, check_name
from standwith.decisions.versions import digest, read_version, version_of, write_version
from standwith.people import Person


@transaction.atomic
def accept(campaign: str, people: Sequence[Person], *, by: str, now: datetime) -> None:
    """Say as the first that these versions may be shown; raises DecisionRefused."""
    name, known = check_name(by), _standings(campaign)
    for person in people:
        standing = known.get(person.id) or Standing(campaign=campaign, person=person.id)
        _check_open(person, standing)
        if read_version(standing.accepted) == version_of(person):
            raise Settled(f"{person.id} was accepted by {standing.accepted_by}, and waits for a second person.")
        standing.accepted, standing.accepted_by, standing.accepted_at = write_version(person), name, now
        standing.save()
    _record(campaign, people, Verb.ACCEPT, name, now)


@transaction.atomic
def approve(campaign: str, people: Sequence[Person], *, by: str, now: datetime) -> None:
    """Say as the second that these versions may be shown; raises DecisionRefused."""
    name, known = check_name(by), _standings(campaign)
    for person in people:
        standing = known.get(person.id) or Standing(campaign=campaign, person=person.id)
        _check_open(person, standing)
        if read_version(standing.accepted) != version_of(person):
            raise NotAccepted(f"Nobody has accepted {person.id} as the row is now.")
        if not are_two(name, standing.accepted_by):
            raise SamePerson(f"{person.id} was accepted by {standing.accepted_by}; somebody else approves.")
        standing.approved, standing.first, standing.second = standing.accepted, standing.accepted_by, name
        standing.accepted, standing.accepted_by, standing.accepted_at = None, "", None
        standing.approved_at = now
        standing.save()
    _record(campaign, people, Verb.APPROVE, name, now)


def _standings(campaign: str) -> dict[str, Standing]:
    return {standing.person: standing for standing in Standing.objects.select_for_update().filter(campaign=campaign)}


def _check_open(person: Person, standing: Standing) -> None:
    """Refuse whoever cannot be shown, is held back, or is shown like this already."""
    if person.shown == "none":
        raise NothingShown(f"Consent and risk let nothing be shown of {person.id}.")
    if standing.held:
        raise Held(f"{person.id} is held back by {standing.held_by} ({standing.held}).")
    if standing.accepted is None and read_version(standing.approved) == version_of(person):
        raise Settled(f"{person.id} is approved as the row is now.")


def _record(campaign: str, people: Sequence[Person], verb: Verb, by: str, now: datetime) -> None:
    Decision.objects.bulk_create(
        Decision(campaign=campaign, person=person.id, verb=verb, by=by, at=now, digest=digest(person))
        for person in people
    )

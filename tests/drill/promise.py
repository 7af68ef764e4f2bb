"""The promise, held against a seizure: a sentence for each part of it that is broken.

    Nobody is named who confirmed a day ago, or let two days go by. Nobody is told from a list of addresses.
    What was deleted is gone, and so are the clerk's old keys. Nothing was written where nobody looked.

In the memory of a machine that runs lie keys, and docs/threats.md says which: that of an open campaign until it is
over, that of guarded ones for an hour, that of their mails for two days; they tell of those and of nobody else. Whoever
asked never to be written to can be told by block.key.
And the drill must see what there is to see: who waits, what memory tells, what custodians open. One that looks in the
wrong place is worth nothing, and is broken as well.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from standwith.supporters.keys import _STAMP, KEEP_AT_MOST, ROTATE_AFTER
from tests.drill.crowd import GUARDED, LIFE, OPEN, VISITS, Person, has_confirmed, has_signed, is_forgotten, waits
from tests.drill.relay import NUMBER
from tests.drill.seizure import DISKS, OPENED, Seizure
from tests.drill.trying import Confirmed

HOUR = timedelta(hours=1)
OLDEST = ROTATE_AFTER + KEEP_AT_MOST + HOUR  # of a clerk's keys


def broken(seizure: Seizure) -> list[str]:
    """What does not hold, each once."""
    parts = (_named, _confirmable, _left_over, _told_by_memory, _blind)
    return [sentence for part in parts for sentence in sorted(set(part(seizure)))]


def number_of(address: str) -> int:
    """Whose address this is."""
    found = NUMBER.search(address.encode())
    assert found
    return int(found[1])


def waiting(seizure: Seizure) -> set[int]:
    """Whom the promise does not cover yet: they have not confirmed, and two days are not over."""
    late = {person.number for person in (*seizure.late.asked, *seizure.late.unread)}
    return late | {person.number for person in seizure.crowd if waits(person, seizure.now)}


def covered(seizure: Seizure) -> set[int]:
    """Whom it covers."""
    return {person.number for person in seizure.crowd if is_forgotten(person, seizure.now)}


def left_over(seizure: Seizure) -> Counter[str]:
    """How many pieces there still are of what must be gone, by what it was. Backups keep records of who withdrew."""
    protected = {person.number: person for person in seizure.crowd if is_forgotten(person, seizure.now)}
    left: Counter[str] = Counter()
    for piece, places in seizure.pieces.items():
        person = protected.get(piece.person)
        if person is None:
            continue
        if piece.of != "record":
            left[f"{piece.of}s of people who must be forgotten"] += 1
        elif not has_confirmed(person, seizure.now):
            left["records of people who did not confirm"] += 1
        elif _has_withdrawn(person, seizure) and any("/home/" in place for place in places):
            left["records of people who withdrew"] += 1
    return left


def _named(seizure: Seizure) -> Iterator[str]:
    for place, spelling in seizure.found.seen.marks:
        yield f"a mark stands in {place} ({spelling})"
    for place, packing in seizure.found.seen.closed:
        yield f"{place} cannot be looked into: {packing}"
    allowed = waiting(seizure)
    for one in seizure.found.opened:
        if number_of(one.address) not in allowed:
            yield f"person {number_of(one.address)} was read in a {one.what} that {one.key.where} opens"


def _confirmable(seizure: Seizure) -> Iterator[str]:
    protected, blocked = covered(seizure), {person.number for person in seizure.blocked}
    for one in seizure.found.confirmed:
        if one.person < 0:
            yield f"a stranger is taken for a supporter by {one.tag} with {one.key.where}"
        elif _on_disk(one) and one.person in protected and not (one.tag == "block" and one.person in blocked):
            yield f"person {one.person} is told by {one.tag} with {one.key.where}"
    yield from (f"person {number} is told by a hash without a key" for number in seizure.found.hashed)


def _left_over(seizure: Seizure) -> Iterator[str]:
    yield from (f"pieces are left of {number} {what}" for what, number in left_over(seizure).items())
    yield from (f"{place} was written to, or spoken to" for place in seizure.outside)
    for key in seizure.found.keys:
        if key.kind == "clerk-secret" and seizure.now - _made(key.where) > OLDEST:
            yield f"{key.where} should have been destroyed"


def _told_by_memory(seizure: Seizure) -> Iterator[str]:
    """No more than the documents say."""
    told = _may_be_told(seizure)
    for one in seizure.found.confirmed:
        if not _on_disk(one) and one.person >= 0 and one.person not in told.get(one.tag, ()):
            yield f"person {one.person} is told by {one.tag} with {one.key.where}"


def _blind(seizure: Seizure) -> Iterator[str]:
    """What a drill that looks in the right place sees."""
    unseen = waiting(seizure) - {number_of(one.address) for one in seizure.found.opened}
    if unseen:
        yield f"the drill did not open what {len(unseen)} people who wait are asked, nor read who they are"
    seen = {one.person for one in seizure.found.confirmed if not _on_disk(one)}
    told = _may_be_told(seizure)
    if not told[f"quota in {OPEN}"] <= seen:
        yield "the duplicate key of the open campaign lies in memory, and the drill could not tell everybody by it"
    if not told[f"address in {GUARDED}"] & seen:
        yield "the duplicate key of the guarded campaign lies in memory, and the drill could tell nobody by it"
    by_block = {one.person for one in seizure.found.confirmed if one.tag == "block"}
    if by_block != {person.number for person in seizure.blocked}:
        yield "block.key tells of others than those who asked never to be written to"
    if seizure.readable < OPENED:
        yield f"custodians opened {seizure.readable} of {OPENED} records"


def _may_be_told(seizure: Seizure) -> dict[str, set[int]]:
    """By which tag the keys in memory may tell of whom: of the open campaign of all who were asked, until it ends."""
    unread = set(seizure.late.unread)
    tried = [person for person in seizure.tried if person.number >= 0 and person not in unread]
    opened = {one.number for one in tried if one.campaign == OPEN and VISITS[one.signs] <= seizure.now}
    lately = {one.number for one in tried if one.guarded and has_signed(one, seizure.now, HOUR)}
    asked = {one.number for one in tried if one.guarded and has_signed(one, seizure.now, LIFE)}
    told = {f"address in {GUARDED}": lately, f"person in {GUARDED}": lately, f"quota in {GUARDED}": asked}
    return told | {f"{what} in {OPEN}": set() if seizure.over else opened for what in ("address", "person", "quota")}


def _has_withdrawn(person: Person, seizure: Seizure) -> bool:
    return person.withdraws is not None and VISITS[person.withdraws] + timedelta(minutes=1) <= seizure.now


def _made(place: str) -> datetime:
    """When a clerk's key was made: its file says so (supporters/keys.py)."""
    return datetime.strptime(place.rpartition("/")[2].partition("-")[0], _STAMP).replace(tzinfo=UTC)


def _on_disk(one: Confirmed) -> bool:
    return one.key.where.startswith(DISKS)

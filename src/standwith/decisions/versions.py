"""One version of a person's row: as bytes to keep, as a digest to name it by, and how it differs from another.

The day of review is not part of a version: whoever looked again changes it without asking two people. Invariant:
`read_version(write_version(person)) == version_of(person)`. Pure; reads no tables.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import asdict, replace

from standwith.people import Person, Status


class Change(NamedTuple):
    """One field that differs: its name, and what it said and says ("" where there is nothing)."""

    field: str
    old: str
    new: str


def version_of(person: Person) -> Person:
    """What two people decide about: the row without its day of review."""
    return replace(person, review=None)


def write_version(person: Person) -> bytes:
    """The version as it is kept."""
    return msgspec.json.encode(version_of(person))


def read_version(data: bytes | memoryview | None) -> Person | None:
    """The version that was kept; None where there is none, or where it is of a kind that is read no more."""
    if data is None:
        return None
    try:
        return msgspec.json.decode(bytes(data), type=Person)
    except msgspec.MsgspecError:
        return None


def digest(person: Person) -> str:
    """The name of a version: SHA-256 of what is kept."""
    return sha256(write_version(person)).hexdigest()


def changes(old: Person | None, new: Person) -> tuple[Change, ...]:
    """How `new` differs from `old`, field by field, then the changes of status that came or went."""
    return tuple(_changes(old, new))


def _changes(old: Person | None, new: Person) -> Iterator[Change]:
    before = asdict(old) if old else {}
    for name, value in asdict(new).items():
        said, says = _words(before.get(name)), _words(value)
        if name not in ("id", "history", "review") and said != says:
            yield Change(name, said, says)
    earlier, now = old.history if old else (), new.history
    yield from (Change("history", _status(status), "") for status in earlier if status not in now)
    yield from (Change("history", "", _status(status)) for status in now if status not in earlier)


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _status(status: Status) -> str:
    told = f"{status.date} {status.status}"
    return f"{told}: {status.detail} ({status.source})" if status.detail else f"{told} ({status.source})"

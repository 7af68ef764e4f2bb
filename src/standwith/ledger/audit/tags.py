"""The file of duplicate tags that a commitment names by its digest.

    standwith-tags-1
    7 5b3f0c6a2d9e4f71 9f86d081884c7d659a2feaa0c55ad015     index, epoch, tag of the person, in hexadecimal
    …                                                        indexes rise

Equal tags of one epoch are one person. The tags say nothing without the epoch's key; still the file is for operator and
custodians only, and is destroyed when the audit is over.
Invariant: the same rows give the same bytes. The tags are the server's word; custodians who were given the key of an
epoch work out those of the records that they open (`standwith open --tag-key`), and a wrong one makes a record invalid.
Signatures of guarded campaigns have tags for an hour only; custodians find who signed twice (`custody duplicates`).
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from standwith.ledger.errors import AuditRefused

_FIRST = b"standwith-tags-1\n"
_LINE = re.compile(rb"(0|[1-9][0-9]{0,18}) ([0-9a-f]{2,64}) ([0-9a-f]{2,64})")

Row = tuple[int, str, str]
Person = tuple[str, str]  # epoch and tag


class Known(NamedTuple):
    """What the file says of some signatures: the person of each, and which of them are not their person's first."""

    rows: Mapping[int, Person]
    repeated: Set[int]


def write_tags(rows: Iterable[Row], size: int) -> bytes:
    """The file: rows of (index, epoch, tag) by index, of signatures among the first `size` leaves."""
    lines = (f"{index} {epoch} {tag}\n".encode() for index, epoch, tag in rows if index < size)
    return _FIRST + b"".join(lines)


def digest_of(tags: bytes) -> str:
    """What a commitment says of the file: its SHA-256 in hexadecimal."""
    return hashlib.sha256(tags).hexdigest()


def read_tags(data: bytes, indexes: Collection[int]) -> Known:
    """What the file says of these signatures; raises AuditRefused."""
    sought, rows = set(indexes), dict[int, Person]()
    signed: dict[Person, list[int]] = {}
    for index, person in _rows(data):
        if index in sought:
            rows[index] = person
            signed.setdefault(person, []).append(index)
    again: set[int] = set()
    for index, person in _rows(data):
        if person in signed:
            again |= {later for later in signed[person] if later > index}
    return Known(rows, again)


def _rows(data: bytes) -> Iterator[tuple[int, Person]]:
    """Index and person of every line."""
    lines = data.removeprefix(_FIRST).split(b"\n")
    if not data.startswith(_FIRST) or lines.pop():
        raise AuditRefused("This is not a file of duplicate tags, or it was cut; the operator of the server has it.")
    before = -1
    for line in lines:
        match = _LINE.fullmatch(line)
        if not match or int(match[1]) <= before:
            raise AuditRefused("The file of duplicate tags is damaged; take the operator's again.")
        before = int(match[1])
        yield before, (match[2].decode(), match[3].decode())

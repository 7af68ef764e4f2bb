"""The same person twice: found among opened records, by the rules that the clerk goes by.

The server knows duplicates only as long as it has the key of the hour or of the campaign; later ones are found here, by
the custodians. The first record of a person counts. Two people may share an address; a third name at it does not count.
Invariant: keeps digests of what it saw, and gives out indexes only.
"""

import hashlib

from standwith.sealing.keys import SharedKey
from standwith.sealing.record import Record
from standwith.supporters.epochs import person_tag
from standwith.supporters.errors import NotAnAddress
from standwith.supporters.rules import NAMES_PER_ADDRESS, canonical_address, canonical_name


class Seen:
    """The people seen so far; ask in the order of the ledger."""

    def __init__(self) -> None:
        self._names: dict[bytes, dict[bytes, int]] = {}  # address -> name -> first index

    def earlier(self, index: int, record: Record) -> int | None:
        """The index of the record beside which this one does not count; None if it counts."""
        names = self._names.setdefault(_digest(_address(record)), {})
        name = _digest(canonical_name(record.name))
        if name in names:
            return names[name]
        if len(names) >= NAMES_PER_ADDRESS:
            return min(names.values())
        names[name] = index
        return None


def tag_of(record: Record, key: SharedKey) -> str:
    """The tag under which the clerk knew this person while it had this key, in hexadecimal."""
    return person_tag(key, record.campaign, _address(record), canonical_name(record.name)).hex()


def _address(record: Record) -> str:
    """The one spelling of the mailbox."""
    try:
        return canonical_address(record.address)
    except NotAnAddress:
        return record.address.strip().casefold()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]

"""The head of everything that is sealed to public keys: kind, version, campaign and the ids of the keys, in the clear.

    53 57 52 02                kind and version: "SWR" a record, "SWC" a contact; version 2
    12 …                       length of the campaign's id, then the id (ASCII)
    02 03                      how many keys are needed to open it, and how many there are: 1 1 for a contact
    8 bytes, 8 bytes, …        ids of the keys, all different
    …                          the seal

Invariant: the head is bound into the seal (as HPKE info and as associated data), so neither a campaign's records nor a
key's can be passed off as another's, and nobody can lower how many are needed. It hides nothing: campaign and key ids
are known to the journal anyway.
"""

from collections.abc import Sequence
from typing import NamedTuple

from standwith.sealing.errors import DamagedRecord, KeyRefused, UnknownVersion
from standwith.sealing.keys import ID_BYTES

RECORD, CONTACT = b"SWR", b"SWC"
VERSION = 2
MOST_CUSTODIANS = 16


class Envelope(NamedTuple):
    """A sealed thing taken apart: whom it is for, the head as written, and the seal itself."""

    campaign: str
    needed: int
    key_ids: tuple[bytes, ...]
    head: bytes
    seal: bytes


def write_head(kind: bytes, campaign: str, key_ids: Sequence[bytes], needed: int = 1) -> bytes:
    """The bytes before the seal; raises KeyRefused for a number of keys, or needed ones, that cannot be."""
    if not 1 <= needed <= len(key_ids) <= MOST_CUSTODIANS:
        raise KeyRefused(
            f"{needed} of {len(key_ids)} keys cannot be: at least 1, at most {MOST_CUSTODIANS} custodians."
        )
    if len(set(key_ids)) < len(key_ids):
        raise KeyRefused("The same key is named twice; each custodian has a key of their own.")
    name = campaign.encode("ascii")
    return b"%b%c%c%b%c%c%b" % (kind, VERSION, len(name), name, needed, len(key_ids), b"".join(key_ids))


def take_apart(sealed: bytes, kind: bytes) -> Envelope:
    """Split head and seal without opening; raises UnknownVersion or DamagedRecord."""
    if len(sealed) < 5 or sealed[:3] != kind:
        raise DamagedRecord("This is not what standwith seals.")
    if sealed[3] != VERSION:
        raise UnknownVersion(f"Sealed with version {sealed[3]}; this standwith opens version {VERSION}.")
    middle = 5 + sealed[4]
    if len(sealed) < middle + 2 or not sealed[5:middle].isascii():
        raise DamagedRecord("The sealed bytes are cut short.")
    needed, count = sealed[middle : middle + 2]
    end = middle + 2 + count * ID_BYTES
    ids = tuple(sealed[start : start + ID_BYTES] for start in range(middle + 2, end, ID_BYTES))
    if len(sealed) <= end:
        raise DamagedRecord("The sealed bytes are cut short.")
    if not 1 <= needed <= count <= MOST_CUSTODIANS or len(set(ids)) < count:
        raise DamagedRecord("The sealed bytes were changed after they were sealed.")
    return Envelope(sealed[5:middle].decode(), needed, ids, sealed[:end], sealed[end:])

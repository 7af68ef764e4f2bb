"""The head of everything that is sealed to a public key: kind, version, campaign and the id of the key, in the clear.

    53 57 52 01                kind and version: "SWR" a record, "SWC" a contact; version 1
    12 …                       length of the campaign's id, then the id (ASCII)
    8 bytes                    id of the key
    …                          the seal

Invariant: the head is bound into the seal (as HPKE info and as associated data), so neither a campaign's records nor a
key's can be passed off as another's. It hides nothing: campaign and key id are known to the journal anyway.
"""

from typing import NamedTuple

from standwith.sealing.errors import DamagedRecord, UnknownVersion
from standwith.sealing.keys import ID_BYTES

RECORD, CONTACT = b"SWR", b"SWC"
VERSION = 1


class Envelope(NamedTuple):
    """A sealed thing taken apart: whom it is for, the head as written, and the seal itself."""

    campaign: str
    key_id: bytes
    head: bytes
    seal: bytes


def write_head(kind: bytes, campaign: str, key_id: bytes) -> bytes:
    """The bytes before the seal."""
    name = campaign.encode("ascii")
    return b"%b%c%c%b%b" % (kind, VERSION, len(name), name, key_id)


def take_apart(sealed: bytes, kind: bytes) -> Envelope:
    """Split head and seal without opening; raises UnknownVersion or DamagedRecord."""
    if len(sealed) < 5 or sealed[:3] != kind:
        raise DamagedRecord("This is not what standwith seals.")
    if sealed[3] != VERSION:
        raise UnknownVersion(f"Sealed with version {sealed[3]}; this standwith opens version {VERSION}.")
    middle = 5 + sealed[4]
    end = middle + ID_BYTES
    if len(sealed) <= end or not sealed[5:middle].isascii():
        raise DamagedRecord("The sealed bytes are cut short.")
    return Envelope(sealed[5:middle].decode(), sealed[middle:end], sealed[:end], sealed[end:])

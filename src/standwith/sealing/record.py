"""The canonical record of one signature, version 1, and the contact that goes to the clerk.

A record is JSON as RFC 8259 has it: these fields in this order, no space, UTF-8, bytes in base64. Example (one line):

    {"version":1,"campaign":"stand-with-belarus","name":"Amina Example","address":"amina@example.org","country":"FR",
    "organisation":"","consents":[["sign","9f86…"]],"text":"2c26…","language":"fr","evidence":"form",
    "salt":"…","code":"…","made":"2026-03-01"}

Invariant: `read_record` refuses what `write_record` would not write back byte for byte, so that a digest over the bytes
speaks for the record. `salt` keeps such a digest from being guessed; `code` is for the supporter's receipt. Padding
hides how long a name is: the length in 4 bytes, the content, zeros up to the next multiple of the bucket.
It does not judge the values: the intake's form does.
"""

import datetime
import hashlib
from typing import Annotated

import msgspec

from standwith.sealing.errors import DamagedRecord, UnknownVersion

VERSION = 1
RECORD_BUCKET = 1024  # with all four consents and an ordinary name a record fits into one
CONTACT_BUCKET = 256

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person gave, for the custodians only. `consents` are pairs: kind, digest of the exact text."""

    version: int = VERSION
    campaign: str
    name: str
    address: str
    country: str
    organisation: str
    consents: tuple[tuple[str, Digest], ...]
    text: Digest
    language: str
    evidence: str
    salt: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    code: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    made: datetime.date


class Contact(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What the clerk needs to write the letters and to find duplicates: kept for 48 hours at most.

    `w` are 16 random bytes that the intake made: whoever knows them may withdraw the signature (see tokens.py).
    """

    address: str
    name: str
    w: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


class _Versioned(msgspec.Struct):
    version: int


_encode = msgspec.json.Encoder().encode
_decode_record = msgspec.json.Decoder(Record).decode
_decode_version = msgspec.json.Decoder(_Versioned).decode
_decode_contact = msgspec.json.Decoder(Contact).decode


def write_record(record: Record) -> bytes:
    """The canonical bytes."""
    return _encode(record)


def read_record(data: bytes) -> Record:
    """The record in these canonical bytes; raises UnknownVersion or DamagedRecord."""
    try:
        version = _decode_version(data).version
        if version != VERSION:
            raise UnknownVersion(f"The record has version {version}; this standwith reads version {VERSION}.")
        record = _decode_record(data)
    except msgspec.MsgspecError:
        raise DamagedRecord("The record is not in its canonical form.") from None
    if write_record(record) != data:
        raise DamagedRecord("The record is not in its canonical form.")
    return record


def commitment(record: Record) -> bytes:
    """32 bytes that the ledger shows for the record; nobody can test a guess against them without the salt."""
    return hashlib.sha256(b"standwith/record\0" + record.salt + write_record(record)).digest()


def write_contact(contact: Contact) -> bytes:
    """The contact as JSON: `["amina@example.org","Amina Example","d3d3…"]`."""
    return _encode(contact)


def read_contact(data: bytes) -> Contact:
    """The contact in these bytes; raises DamagedRecord."""
    try:
        return _decode_contact(data)
    except msgspec.MsgspecError:
        raise DamagedRecord("The contact is damaged.") from None


def pad(data: bytes, bucket: int) -> bytes:
    """`data` behind its length, filled with zeros to a multiple of `bucket` bytes."""
    padded = len(data).to_bytes(4, "big") + data
    return padded + bytes(-len(padded) % bucket)


def unpad(padded: bytes, bucket: int) -> bytes:
    """What `pad` was given; raises DamagedRecord for anything that `pad` doesn't write."""
    data = padded[4 : 4 + int.from_bytes(padded[:4], "big")]
    if pad(data, bucket) != padded:
        raise DamagedRecord("The padding is damaged.")
    return data

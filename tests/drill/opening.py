"""Opening what is sealed with every key that was found: contacts, the boxes of letters, records.

A clerk's secret opens contacts; what the clerk derives from it (supporters/keys.py) opens boxes. Whatever else has 32
bytes is tried as either, as the key of a box itself, and as that of a record; on a few boxes and records only, for one
clerk's key opens all boxes of its day, and each record has a key of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from standwith.sealing.envelope import CONTACT, RECORD, take_apart
from standwith.sealing.errors import SealError
from standwith.sealing.keys import SecretKey, _secret
from standwith.sealing.lock import NONCE
from standwith.sealing.record import CONTACT_BUCKET, RECORD_BUCKET, read_record, unpad
from standwith.sealing.unlock import _parts, open_contact
from standwith.supporters.invitation import open_invitation
from standwith.supporters.keys import Keyring
from tests.drill.keys import Key
from tests.drill.trying import fits

MOST_BUCKETS = 4
HPKE = 32 + 16  # bytes around a contact
SAMPLE = 12
Secrets = Mapping[bytes, tuple[Key, SecretKey]]


class Opened(NamedTuple):
    """An address that was read, in what, and with which key."""

    address: str
    what: str
    key: Key


def open_all(
    contacts: Collection[bytes], boxes: Sequence[bytes], records: Sequence[bytes], keys: Sequence[Key]
) -> list[Opened]:
    """Every address that a key opens; `contacts` are the bytes from where one begins."""
    fitting = [key for key in keys if fits(key)]
    secrets = {secret.id: (key, secret) for key in fitting for secret in _as_clerk(key)}
    return [
        *_open_contacts(contacts, secrets),
        *(opened for key in fitting for opened in _open_boxes(boxes if key.kind else boxes[:: _step(boxes)], key)),
        *(opened for key in fitting for opened in _open_records(records[:: _step(records)], key)),
    ]


def _as_clerk(key: Key) -> Iterator[SecretKey]:
    with suppress(ValueError):
        yield _secret("clerk", key.raw)


def _open_contacts(contacts: Iterable[bytes], secrets: Secrets) -> Iterator[Opened]:
    for data in contacts:
        with suppress(SealError):
            envelope = take_apart(data, CONTACT)
            key, secret = secrets.get(envelope.key_ids[0], (None, None))
            if key and secret:
                for buckets in range(1, MOST_BUCKETS + 1):
                    end = len(envelope.head) + HPKE + buckets * CONTACT_BUCKET
                    with suppress(SealError):
                        yield Opened(open_contact(data[:end], {secret.id: secret}).address, "contact", key)


def _open_boxes(boxes: Iterable[bytes], key: Key) -> Iterator[Opened]:
    for raw in (key.raw, _spool_key(key.raw)):
        for box in boxes:
            with suppress(SealError, msgspec.MsgspecError):
                yield Opened(open_invitation(box, raw).address, "letter", key)


def _open_records(records: Iterable[bytes], key: Key) -> Iterator[Opened]:
    for sealed in records:
        with suppress(SealError, InvalidTag):
            envelope = take_apart(sealed, RECORD)
            padded = ChaCha20Poly1305(key.raw).decrypt(NONCE, _parts(envelope)[1], envelope.head)
            yield Opened(read_record(unpad(padded, RECORD_BUCKET)).address, "record", key)


def _spool_key(raw: bytes) -> bytes:
    """What the clerk's own code makes of a clerk's secret."""
    clerk = SimpleNamespace(_spool={}, _clerk={"it": SimpleNamespace(raw=raw)})
    made = Keyring.spool_key(cast(Any, clerk), "it")
    assert made is not None
    return made


def _step(things: Sequence[bytes]) -> int:
    return max(1, len(things) // SAMPLE)

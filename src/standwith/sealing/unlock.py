"""Opening what lock.py sealed, with the secret key.

Invariant: what comes back is exactly what was sealed, for the campaign it was sealed for, or an error of errors.py
says why not. It does not decide who may open, and keeps nothing.
"""

from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from standwith.sealing.envelope import CONTACT, RECORD, Envelope, take_apart
from standwith.sealing.errors import DamagedRecord, WrongKey
from standwith.sealing.keys import SecretKey
from standwith.sealing.lock import NONCE
from standwith.sealing.record import CONTACT_BUCKET, RECORD_BUCKET, Contact, Record, read_contact, read_record, unpad

SEALED_KEY = 1168  # 32 + 1088 of the encapsulation, 32 of the key, 16 of the tag
Keyring = Mapping[bytes, SecretKey]


def make_keyring(*keys: SecretKey) -> Keyring:
    """Keys by their id, as a seal names them."""
    return {key.id: key for key in keys}


def open_record(sealed: bytes, secret: SecretKey) -> Record:
    """The record; raises WrongKey, DamagedRecord or UnknownVersion."""
    envelope = take_apart(sealed, RECORD)
    if envelope.key_id != secret.id:
        raise WrongKey(f"The record was sealed to key {envelope.key_id.hex()}, this is key {secret.id.hex()}.")
    key = _open(envelope, envelope.seal[:SEALED_KEY], secret)
    try:
        padded = ChaCha20Poly1305(key).decrypt(NONCE, envelope.seal[SEALED_KEY:], envelope.head)
    except (InvalidTag, ValueError):
        raise DamagedRecord("The record was changed after it was sealed.") from None
    record = read_record(unpad(padded, RECORD_BUCKET))
    if record.campaign != envelope.campaign:
        raise DamagedRecord("The record belongs to another campaign than its envelope says.")
    return record


def open_contact(sealed: bytes, keyring: Keyring) -> Contact:
    """The contact, opened with the key of the ring that it names; raises WrongKey, DamagedRecord or UnknownVersion."""
    envelope = take_apart(sealed, CONTACT)
    secret = keyring.get(envelope.key_id)
    if secret is None:
        raise WrongKey(f"The contact was sealed to key {envelope.key_id.hex()}, which is not here any more.")
    return read_contact(unpad(_open(envelope, envelope.seal, secret), CONTACT_BUCKET))


def _open(envelope: Envelope, seal: bytes, secret: SecretKey) -> bytes:
    try:
        return secret.suite.decrypt(seal, secret.half, envelope.head)
    except (InvalidTag, ValueError):
        raise DamagedRecord("The sealed bytes were changed after they were sealed.") from None

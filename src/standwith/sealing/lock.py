"""Sealing: from here on only the holder of the secret key can read.

A record: padded, encrypted with ChaCha20-Poly1305 under a fresh key of 32 bytes; that key sealed by HPKE to the
custodian (version 1: one custodian). A contact: padded and sealed by HPKE to the clerk. Layout after the head (see
envelope.py):

    record   HPKE(key): encapsulation 1120, key 32, tag 16 | ciphertext of the padded record, tag 16
    contact  HPKE(padded contact): encapsulation 32, contact, tag 16

Invariant: the intake that seals cannot open what it sealed; the fresh key lives for one call. It does not open:
unlock.py.
Standards: RFC 9180 (HPKE), RFC 8439 (ChaCha20-Poly1305).
"""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from standwith.sealing.envelope import CONTACT, RECORD, write_head
from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import PublicKey
from standwith.sealing.record import CONTACT_BUCKET, RECORD_BUCKET, Contact, Record, pad, write_contact, write_record

NONCE = bytes(12)  # every key encrypts exactly one record, so a fixed nonce is never used twice


def seal_record(record: Record, custodian: PublicKey) -> bytes:
    """Seal a record to its campaign's custodian; raises KeyRefused for a key of another kind."""
    _expect(custodian, "custodian")
    head = write_head(RECORD, record.campaign, custodian.id)
    key = secrets.token_bytes(32)
    sealed_key = custodian.suite.encrypt(key, custodian.half, head)
    return head + sealed_key + ChaCha20Poly1305(key).encrypt(NONCE, pad(write_record(record), RECORD_BUCKET), head)


def seal_contact(contact: Contact, clerk: PublicKey, campaign: str) -> bytes:
    """Seal a contact to the clerk's key of the day; raises KeyRefused for a key of another kind."""
    _expect(clerk, "clerk")
    head = write_head(CONTACT, campaign, clerk.id)
    return head + clerk.suite.encrypt(pad(write_contact(contact), CONTACT_BUCKET), clerk.half, head)


def _expect(key: PublicKey, purpose: str) -> None:
    if key.purpose != purpose:
        raise KeyRefused(f"A {purpose} key is needed here, this one is a {key.purpose} key.")

"""Sealing: from here on only the holders of the secret keys can read.

A record: padded, encrypted with ChaCha20-Poly1305 under a fresh key of 32 bytes; that key split among the custodians
(shamir.py), each share sealed to its custodian, by HPKE or as an age file. A contact: padded and sealed by HPKE to the
clerk. Layout after the head (see envelope.py):

    record   for each custodian, in the order of the head: length 2 | sealed share
             then the ciphertext of the padded record, tag 16
    share    HPKE(share): encapsulation 1120, share 33, tag 16; or an age file of 49 bytes (see age.py)
    contact  HPKE(padded contact): encapsulation 32, contact, tag 16

The head is HPKE info, and associated data of the record.
Invariant: the intake that seals cannot open what it sealed; the fresh key lives for one call. The share of the first
custodian has x = 1, of the second x = 2, and so on. It does not open: unlock.py.
Standards: RFC 9180 (HPKE), RFC 8439 (ChaCha20-Poly1305), age-encryption.org/v1.
"""

import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from standwith.sealing.age import AgeRecipient
from standwith.sealing.envelope import CONTACT, RECORD, write_head
from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import PublicKey
from standwith.sealing.recipients import Recipient
from standwith.sealing.record import CONTACT_BUCKET, RECORD_BUCKET, Contact, Record, pad, write_contact, write_record
from standwith.sealing.shamir import split

NONCE = bytes(12)  # every key encrypts exactly one record, so a fixed nonce is never used twice


def seal_record(record: Record, custodians: Sequence[Recipient], needed: int) -> bytes:
    """Seal a record so that `needed` of its campaign's custodians can open it; raises KeyRefused."""
    for custodian in custodians:
        if isinstance(custodian, PublicKey):
            _expect(custodian, "custodian")
    head = write_head(RECORD, record.campaign, [custodian.id for custodian in custodians], needed)
    key = secrets.token_bytes(32)
    shares = zip(custodians, split(key, needed, len(custodians)), strict=True)
    sealed = [_seal_share(custodian, share, head) for custodian, share in shares]
    body = ChaCha20Poly1305(key).encrypt(NONCE, pad(write_record(record), RECORD_BUCKET), head)
    return head + b"".join(len(share).to_bytes(2, "big") + share for share in sealed) + body


def seal_contact(contact: Contact, clerk: PublicKey, campaign: str) -> bytes:
    """Seal a contact to the clerk's key of the day; raises KeyRefused for a key of another kind."""
    _expect(clerk, "clerk")
    head = write_head(CONTACT, campaign, [clerk.id])
    return head + clerk.suite.encrypt(pad(write_contact(contact), CONTACT_BUCKET), clerk.half, head)


def _seal_share(custodian: Recipient, share: bytes, head: bytes) -> bytes:
    if isinstance(custodian, AgeRecipient):
        return custodian.seal(share, head)
    return custodian.suite.encrypt(share, custodian.half, head)


def _expect(key: PublicKey, purpose: str) -> None:
    if key.purpose != purpose:
        raise KeyRefused(f"A {purpose} key is needed here, this one is a {key.purpose} key.")

"""Invented things to seal, and the keys for it, made once for all tests of sealing."""

import datetime
from collections.abc import Sequence
from functools import cache

from standwith.sealing.age import AgeIdentity, make_age_key
from standwith.sealing.keys import Purpose, SecretKey, make_key
from standwith.sealing.lock import seal_record
from standwith.sealing.recipients import CustodianSecret
from standwith.sealing.record import Contact, Record

CAMPAIGN = "stand-with-belarus"
CONTACT = Contact("amina@example.org", "Amina Example", b"w" * 16)
RECORD = Record(
    campaign=CAMPAIGN,
    name="Amina Example",
    address="amina@example.org",
    country="FR",
    organisation="",
    consents=(("sign", "a" * 64), ("show_name", "b" * 64)),
    text="c" * 64,
    language="fr",
    evidence="web form",
    salt=b"s" * 32,
    code=b"c" * 16,
    made=datetime.date(2026, 3, 1),
)


@cache
def key(purpose: Purpose, which: int = 0) -> SecretKey:
    """A key pair; the same for the same number."""
    return make_key(purpose)


@cache
def age_key() -> AgeIdentity:
    """A custodian's age key."""
    return make_age_key()


def three() -> list[CustodianSecret]:
    """Three custodians, the last of them with an age key."""
    return [key("custodian"), key("custodian", 1), age_key()]


def seal(record: Record, secrets: Sequence[CustodianSecret], needed: int = 1) -> bytes:
    """The record sealed to the public halves of these keys."""
    return seal_record(record, [secret.public for secret in secrets], needed)

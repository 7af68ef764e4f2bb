"""The keys of custodians, of either kind: standwith's own and age's.

    standwith-custodian-1 …   and its secret   standwith-custodian-secret-1 …       hybrid, X25519 with ML-KEM-768
    age1…                     and its secret   AGE-SECRET-KEY-1…                    X25519, for the `age` command

Invariant: what is read here is a custodian's key, never a clerk's. Does not touch files.
"""

from standwith.sealing.age import PUBLIC as AGE_PUBLIC
from standwith.sealing.age import SECRET as AGE_SECRET
from standwith.sealing.age import AgeIdentity, AgeRecipient
from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import PublicKey, SecretKey

Recipient = PublicKey | AgeRecipient
"""Whom a share is sealed to; has `id` (8 bytes), and `str` gives its line."""
CustodianSecret = SecretKey | AgeIdentity
"""What opens it; has `id` and `public`."""


def parse_recipient(line: str) -> Recipient:
    """The custodian's public key in a line; raises KeyRefused."""
    if line.startswith(AGE_PUBLIC):
        return AgeRecipient.parse(line)
    key = PublicKey.parse(line)
    if key.purpose != "custodian":
        raise KeyRefused(f"A custodian key is needed here, this one is a {key.purpose} key.")
    return key


def parse_custodian_secret(text: str) -> CustodianSecret:
    """The custodian's secret key in a file's text; raises KeyRefused."""
    if AGE_SECRET in text:
        return AgeIdentity.parse(text)
    key = SecretKey.parse(text)
    if key.purpose != "custodian":
        raise KeyRefused(f"A custodian key is needed here, this one is a {key.purpose} key.")
    return key

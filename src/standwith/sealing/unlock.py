"""Opening what lock.py sealed: a custodian's share with their key, the record with enough shares.

    open_share          on each custodian's machine: their share of one record, 33 bytes
    open_with_shares    wherever the shares come together: the record
    open_record         both at once, for whoever has all the keys

Invariant: what comes back is exactly what was sealed, for the campaign it was sealed for, or an error of errors.py
says why not. A wrong share among enough right ones does no harm. It does not compare a record with its commitment in
the ledger (custody does), does not decide who may open, and keeps nothing.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, islice

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from standwith.sealing.age import AgeIdentity
from standwith.sealing.envelope import CONTACT, RECORD, Envelope, take_apart
from standwith.sealing.errors import DamagedRecord, SharesMissing, SharesRefused, WrongKey
from standwith.sealing.keys import SecretKey
from standwith.sealing.lock import NONCE
from standwith.sealing.recipients import CustodianSecret
from standwith.sealing.record import CONTACT_BUCKET, RECORD_BUCKET, Contact, Record, read_contact, read_record, unpad
from standwith.sealing.shamir import combine

SHARE_BYTES = 33
MOST_TRIES = 500  # ways to choose among the shares, where some of them are wrong
Keyring = Mapping[bytes, SecretKey]


def make_keyring(*keys: SecretKey) -> Keyring:
    """Keys by their id, as a seal names them."""
    return {key.id: key for key in keys}


def open_share(sealed: bytes, secret: CustodianSecret) -> bytes:
    """A custodian's share of the record's key; raises WrongKey, DamagedRecord or UnknownVersion."""
    envelope = take_apart(sealed, RECORD)
    if secret.id not in envelope.key_ids:
        raise WrongKey(f"It was sealed to {_named(envelope.key_ids)}; this is key {secret.id.hex()}.")
    place = envelope.key_ids.index(secret.id)
    sealed_shares, _ = _parts(envelope)
    if isinstance(secret, AgeIdentity):
        share = secret.open(sealed_shares[place], envelope.head)
    else:
        share = _open(envelope, sealed_shares[place], secret)
    if len(share) != SHARE_BYTES or share[0] != place + 1:
        raise DamagedRecord("The share is not one that standwith makes.")
    return share


def open_with_shares(sealed: bytes, shares: Sequence[bytes]) -> Record:
    """The record; raises SharesMissing, SharesRefused, DamagedRecord or UnknownVersion."""
    envelope = take_apart(sealed, RECORD)
    _, body = _parts(envelope)
    for share in shares:
        if len(share) != SHARE_BYTES or not 1 <= share[0] <= len(envelope.key_ids):
            raise SharesRefused("One of these is not a share of this record.")
    padded = _decrypt(envelope, body, shares)
    record = read_record(unpad(padded, RECORD_BUCKET))
    if record.campaign != envelope.campaign:
        raise DamagedRecord("The record belongs to another campaign than its envelope says.")
    return record


def open_record(sealed: bytes, *secrets: CustodianSecret) -> Record:
    """The record, with enough of its custodians' keys; other keys may be among them. Raises as the two above."""
    envelope = take_apart(sealed, RECORD)
    fitting = {secret.id: secret for secret in secrets if secret.id in envelope.key_ids}
    if len(fitting) < envelope.needed:
        raise WrongKey(f"It needs {envelope.needed} of {_named(envelope.key_ids)}; {len(fitting)} of them were given.")
    chosen = list(fitting.values())[: envelope.needed]
    return open_with_shares(sealed, [open_share(sealed, secret) for secret in chosen])


def open_contact(sealed: bytes, keyring: Keyring) -> Contact:
    """The contact, opened with the key of the ring that it names; raises WrongKey, DamagedRecord or UnknownVersion."""
    envelope = take_apart(sealed, CONTACT)
    secret = keyring.get(envelope.key_ids[0])
    if secret is None:
        raise WrongKey(f"The contact was sealed to {_named(envelope.key_ids)}, which is not here any more.")
    return read_contact(unpad(_open(envelope, envelope.seal, secret), CONTACT_BUCKET))


def _parts(envelope: Envelope) -> tuple[list[bytes], bytes]:
    """The sealed shares in the order of the key ids, and the ciphertext of the record."""
    shares, rest = [], memoryview(envelope.seal)
    for _ in envelope.key_ids:
        end = 2 + int.from_bytes(rest[:2], "big")
        if len(rest) <= end:
            raise DamagedRecord("The sealed bytes are cut short.")
        shares.append(bytes(rest[2:end]))
        rest = rest[end:]
    return shares, bytes(rest)


def _decrypt(envelope: Envelope, body: bytes, shares: Sequence[bytes]) -> bytes:
    distinct = list(dict.fromkeys(shares))
    given = len({share[0] for share in distinct})
    if given < envelope.needed:
        raise SharesMissing(f"Shares needed: {envelope.needed}; given: {given}.")
    for chosen in islice(combinations(distinct, envelope.needed), MOST_TRIES):
        if len({share[0] for share in chosen}) == envelope.needed:
            try:
                return ChaCha20Poly1305(combine(chosen, envelope.needed)).decrypt(NONCE, body, envelope.head)
            except (InvalidTag, ValueError):
                continue
    raise DamagedRecord("The record was changed after it was sealed, or the shares belong to another record.")


def _open(envelope: Envelope, seal: bytes, secret: SecretKey) -> bytes:
    try:
        return secret.suite.decrypt(seal, secret.half, envelope.head)
    except (InvalidTag, ValueError):
        raise DamagedRecord("The sealed bytes were changed after they were sealed.") from None


def _named(key_ids: Sequence[bytes]) -> str:
    ids = [key_id.hex() for key_id in key_ids]
    return f"key {ids[0]}" if len(ids) == 1 else f"the keys {', '.join(ids)}"

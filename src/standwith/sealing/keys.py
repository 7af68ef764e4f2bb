"""Keys and their text form: one line, `standwith-<kind>-1 <id> <base64>`.

    standwith-clerk-1 5b3f0c6a2d9e4f71 q83vEjRWeJC...            public: may lie anywhere
    standwith-clerk-secret-1 5b3f0c6a2d9e4f71 ASNFZ4mrze8...     secret: whoever has it can open
    standwith-link-1 0f1e2d3c4b5a6978 3q2+7wABAgME...            shared: makes and checks, reads nothing by itself

The id is the start of a SHA-256 over the kind and the public half (for shared keys: the key), so a line cut short or
mistyped is refused. `parse` takes only what `str` writes. Custodian keys are hybrid, X25519 with ML-KEM-768, because
sealed records may lie for years; clerk keys live for a day and are X25519. Nothing here touches a file: whoever keeps a
secret writes it with `durable.write_atomically(path, text.encode(), 0o600)`.
Standards: RFC 9180 (HPKE), FIPS 203 (ML-KEM), RFC 7748 (X25519).
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from standwith.sealing.errors import KeyRefused

Purpose = Literal["custodian", "clerk"]
SharedPurpose = Literal["link", "spool", "tag"]
PublicHalf = X25519PublicKey | MLKEM768X25519PublicKey
PrivateHalf = X25519PrivateKey | MLKEM768X25519PrivateKey

ID_BYTES = 8
_MLKEM_PUBLIC, _MLKEM_SEED = 1184, 64
_SUITES = {
    "custodian": Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
    "clerk": Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
}
_SIZES = {  # kind of line -> bytes of the key
    "custodian": _MLKEM_PUBLIC + 32,
    "custodian-secret": _MLKEM_SEED + 32,
    "clerk": 32,
    "clerk-secret": 32,
    "link": 32,
    "spool": 32,
    "tag": 32,
}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that seals. `id` is 8 bytes; `half` is what `cryptography` works with, built once."""

    purpose: Purpose
    id: bytes
    raw: bytes
    half: PublicHalf = field(compare=False)

    @classmethod
    def parse(cls, line: str) -> "PublicKey":
        """Read the text form; raises KeyRefused."""
        kind, named, raw = _read_line(line, ("custodian", "clerk"))
        purpose: Purpose = "custodian" if kind == "custodian" else "clerk"
        key = _public(purpose, raw)
        _compare(named, key.id)
        return key

    def __str__(self) -> str:
        return _write_line(self.purpose, self.id, self.raw)

    @property
    def suite(self) -> Suite:
        """The HPKE suite that goes with this kind of key."""
        return _SUITES[self.purpose]


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """The half that opens. Its repr and its errors never show it; `str` does, for writing it to a file."""

    public: PublicKey
    raw: bytes
    half: PrivateHalf

    @classmethod
    def parse(cls, line: str) -> "SecretKey":
        """Read the text form; raises KeyRefused."""
        kind, named, raw = _read_line(line, ("custodian-secret", "clerk-secret"))
        key = _secret("custodian" if kind == "custodian-secret" else "clerk", raw)
        _compare(named, key.id)
        return key

    def __str__(self) -> str:
        return _write_line(f"{self.purpose}-secret", self.id, self.raw)

    def __repr__(self) -> str:
        return f"<SecretKey {self.purpose} {self.id.hex()}>"

    @property
    def purpose(self) -> Purpose:
        """What the key is for."""
        return self.public.purpose

    @property
    def id(self) -> bytes:
        """The 8 bytes by which a seal names its key."""
        return self.public.id

    @property
    def suite(self) -> Suite:
        """The HPKE suite that goes with this kind of key."""
        return self.public.suite


@dataclass(frozen=True, slots=True, repr=False)
class SharedKey:
    """32 secret bytes for one purpose: `link` makes and checks tokens, `spool` boxes mail, `tag` finds duplicates."""

    purpose: SharedPurpose
    raw: bytes

    @classmethod
    def parse(cls, line: str, purpose: SharedPurpose) -> "SharedKey":
        """Read the text form of a key for this purpose and no other; raises KeyRefused."""
        _, named, raw = _read_line(line, (purpose,))
        key = cls(purpose, raw)
        _compare(named, key.id)
        return key

    def __str__(self) -> str:
        return _write_line(self.purpose, self.id, self.raw)

    def __repr__(self) -> str:
        return f"<SharedKey {self.purpose} {self.id.hex()}>"

    @property
    def id(self) -> bytes:
        """8 bytes that name the key without giving it away."""
        return _name(self.purpose, self.raw)


def make_key(purpose: Purpose) -> SecretKey:
    """A new key pair from the system's randomness."""
    return _secret(purpose, secrets.token_bytes(_SIZES[f"{purpose}-secret"]))


def make_shared_key(purpose: SharedPurpose) -> SharedKey:
    """A new shared key from the system's randomness."""
    return SharedKey(purpose, secrets.token_bytes(_SIZES[purpose]))


def _public(purpose: Purpose, raw: bytes) -> PublicKey:
    half: PublicHalf
    try:
        if purpose == "clerk":
            half = X25519PublicKey.from_public_bytes(raw)
        else:
            half = MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]),
                X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]),
            )
    except ValueError:
        raise KeyRefused(f"The {purpose} key is damaged.") from None
    return PublicKey(purpose, _name(purpose, raw), raw, half)


def _secret(purpose: Purpose, raw: bytes) -> SecretKey:
    if purpose == "clerk":
        x25519 = X25519PrivateKey.from_private_bytes(raw)
        return SecretKey(_public(purpose, x25519.public_key().public_bytes_raw()), raw, x25519)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(raw[:_MLKEM_SEED])
    x25519 = X25519PrivateKey.from_private_bytes(raw[_MLKEM_SEED:])
    public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
    return SecretKey(_public(purpose, public), raw, MLKEM768X25519PrivateKey(mlkem, x25519))


def _name(kind: str, raw: bytes) -> bytes:
    return hashlib.sha256(b"standwith/key-id/1\n" + kind.encode() + b"\n" + raw).digest()[:ID_BYTES]


def _write_line(kind: str, named: bytes, raw: bytes) -> str:
    return f"standwith-{kind}-1 {named.hex()} {base64.b64encode(raw).decode()}"


def _read_line(line: str, kinds: tuple[str, ...]) -> tuple[str, bytes, bytes]:
    """Kind, id and key of a line; only one newline at its end is forgiven. Raises KeyRefused."""
    line = line.removesuffix("\n")
    for kind in kinds:
        if line.startswith(f"standwith-{kind}-1 "):
            break
    else:
        raise KeyRefused(f"This is not a standwith key for: {' or '.join(kinds)}.")
    try:
        _, named, encoded = line.split(" ")
        raw, identity = base64.b64decode(encoded, validate=True), bytes.fromhex(named)
    except (ValueError, binascii.Error):
        raise KeyRefused(f"The {kind} key is damaged: copy the whole line.") from None
    if len(raw) != _SIZES[kind] or _write_line(kind, identity, raw) != line:
        raise KeyRefused(f"The {kind} key is damaged: copy the whole line.")
    return kind, identity, raw


def _compare(named: bytes, actual: bytes) -> None:
    if named != actual:
        raise KeyRefused("The key does not fit its id: copy the whole line.")

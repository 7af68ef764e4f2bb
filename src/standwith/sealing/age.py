"""Custodians who keep an age key: their shares are plain age files, which the stock `age` command opens too.

    age1…                   the recipient, public; also the text form in campaign.toml and in settings
    AGE-SECRET-KEY-1…       the identity, secret, in the file that `age-keygen` writes (comments and all)

A share sealed to age holds 49 bytes: the share, 33, and the first 16 of the SHA-256 of the envelope's head. age knows
no associated data; with these 16 bytes a share opens for the campaign and the custodians that it was made for only.
Invariant: only X25519 recipients in their one spelling; a key names itself by the start of a SHA-256, 8 bytes. Not
proof against quantum computers, unlike standwith's own keys: docs/custody.md says so.
Standard: age-encryption.org/v1 (C2SP age.md), by pyrage.
"""

import hashlib
from dataclasses import dataclass, field

from pyrage import DecryptError, IdentityError, RecipientError, decrypt, encrypt, x25519

from standwith.sealing.errors import DamagedRecord, KeyRefused

ID_BYTES = 8
SHARE_BYTES, HEAD_DIGEST = 33, 16
PUBLIC, SECRET = "age1", "AGE-SECRET-KEY-1"


@dataclass(frozen=True, slots=True)
class AgeRecipient:
    """The half that seals, as `age -r` takes it."""

    line: str
    id: bytes
    half: x25519.Recipient = field(compare=False, repr=False)

    @classmethod
    def parse(cls, line: str) -> "AgeRecipient":
        """Read the text form; raises KeyRefused."""
        line = line.removesuffix("\n")
        try:
            half = x25519.Recipient.from_str(line)
        except (RecipientError, ValueError):
            raise KeyRefused("This is not an age recipient of the kind age1…: copy the whole line.") from None
        if str(half) != line:
            raise KeyRefused("This is not an age recipient of the kind age1…: copy the whole line.")
        return cls(line, hashlib.sha256(b"standwith/age/1\n" + line.encode()).digest()[:ID_BYTES], half)

    def __str__(self) -> str:
        return self.line

    def seal(self, share: bytes, head: bytes) -> bytes:
        """The share as an age file for this recipient."""
        sealed: bytes = encrypt(share + _digest(head), [self.half])
        return sealed


@dataclass(frozen=True, slots=True, repr=False)
class AgeIdentity:
    """The half that opens. Its repr and its errors never show it; `str` does, for writing it to a file."""

    public: AgeRecipient
    half: x25519.Identity

    @classmethod
    def parse(cls, text: str) -> "AgeIdentity":
        """Read a file as `age-keygen` writes it: one key, comments and empty lines are skipped. Raises KeyRefused."""
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        if len(lines) != 1:
            raise KeyRefused("This holds no age key, or more than one.")
        try:
            half = x25519.Identity.from_str(lines[0])
        except (IdentityError, ValueError):
            raise KeyRefused("The age key is damaged: copy the whole line.") from None
        return cls(AgeRecipient.parse(str(half.to_public())), half)

    def __str__(self) -> str:
        return str(self.half)

    def __repr__(self) -> str:
        return f"<AgeIdentity {self.public.line}>"

    @property
    def id(self) -> bytes:
        """The 8 bytes by which an envelope names the key."""
        return self.public.id

    def open(self, sealed: bytes, head: bytes) -> bytes:
        """The share in an age file that was made for this head; raises DamagedRecord."""
        try:
            opened: bytes = decrypt(sealed, [self.half])
        except (DecryptError, ValueError):
            raise DamagedRecord("The share was changed after it was sealed.") from None
        share, digest = opened[:SHARE_BYTES], opened[SHARE_BYTES:]
        if len(share) != SHARE_BYTES or digest != _digest(head):
            raise DamagedRecord("The share was made for another campaign or other custodians.")
        return share


def make_age_key() -> AgeIdentity:
    """A new age key from the system's randomness."""
    half = x25519.Identity.generate()
    return AgeIdentity(AgeRecipient.parse(str(half.to_public())), half)


def _digest(head: bytes) -> bytes:
    return hashlib.sha256(head).digest()[:HEAD_DIGEST]

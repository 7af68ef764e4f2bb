"""Leaves: what the log holds, 76 bytes each, big-endian.

    off len
    0   1   version, 1
    1   1   kind
    2   8   campaign tag          SHA-256("standwith/campaign\\n" canonical URL)[:8]
    10  16  recognition code      random, chosen by the signer's browser or the server
    26  32  commitment            SHA-256("standwith/record\\0" salt canonical record)
    58  16  withdraw hash         SHA-256("standwith/withdraw\\0" w)[:16]
    74  2   country               ISO 3166 alpha-2, or "ZZ"

A withdrawal has the index of its target at 10 and w at 26. A void has the target at 10, the reason at 18, the number of
a batch at 20. Every other kind is a statement: 16 bytes of detail at 10, the SHA-256 of its addendum at 26. What a kind
doesn't use is zero, and its country is "ZZ".
Invariant: `read_leaf` refuses what no `make_*` would write, except for kinds and reasons of a later standwith, which
it hands on as they are. No time, address, name, union or language is in a leaf. Whether a withdrawal is valid, only the
log before it can say: see count.py.
"""

import hashlib
from enum import IntEnum
from typing import NamedTuple

from standwith.ledger.errors import LeafDamaged

LEAF_BYTES = 76
NOWHERE = "ZZ"
VERSION = 1
TAG, CODE, COMMITMENT, WITHDRAW = slice(2, 10), slice(10, 26), slice(26, 58), slice(58, 74)
_TARGET_BYTES, _CODE_BYTES, _COMMITMENT_BYTES, _W_BYTES = 8, 16, 32, 16


class Kind(IntEnum):
    """What a leaf says."""

    SIGNATURE = 1
    WITHDRAWAL = 2
    VOID = 3
    CUSTODIAN = 4
    TEXT = 5
    CLOSE = 6
    KEYS = 7
    TALLY = 8
    AUDIT = 9
    ASSEMBLY = 10
    SUCCESSION = 12


class Reason(IntEnum):
    """Why a void takes a signature out of the count."""

    REQUEST = 1
    DUPLICATE = 2
    NOT_A_PERSON = 3
    ERASED = 4
    CANARY = 5
    LEGAL_ORDER = 6


class Leaf(NamedTuple):
    """A leaf taken apart. The properties name the same bytes as the kinds use them; look at `kind` first."""

    kind: int
    campaign: bytes
    code: bytes
    commitment: bytes
    withdraw: bytes
    country: str

    @property
    def target(self) -> int:
        """Of a withdrawal or void: the index of the signature that it takes out."""
        return int.from_bytes(self.code[:_TARGET_BYTES], "big")

    @property
    def w(self) -> bytes:
        """Of a withdrawal: the secret whose hash stands in the signature."""
        return self.commitment[:_W_BYTES]

    @property
    def reason(self) -> int:
        """Of a void: a Reason, or a number that this version doesn't know."""
        return self.code[8]

    @property
    def batch(self) -> int:
        """Of a void: which decision it belongs to; 0 if none."""
        return int.from_bytes(self.code[10:14], "big")

    @property
    def detail(self) -> bytes:
        """Of a statement: 16 bytes whose meaning depends on the kind."""
        return self.code

    @property
    def digest(self) -> bytes:
        """Of a statement: the SHA-256 of its addendum, zeros if it has none."""
        return self.commitment


def campaign_tag(origin: str, campaign: str) -> bytes:
    """The eight bytes that stand for a campaign of the log at this origin, e.g. `act.example.org/log`."""
    url = f"https://{origin.removesuffix('/log')}/{campaign}"
    return hashlib.sha256(f"standwith/campaign\n{url}".encode()).digest()[:8]


def withdraw_hash(w: bytes) -> bytes:
    """What a signature says of the 16 secret bytes that can withdraw it."""
    return hashlib.sha256(b"standwith/withdraw\0" + w).digest()[:16]


def make_signature(campaign: bytes, code: bytes, commitment: bytes, withdraw: bytes, country: str = NOWHERE) -> bytes:
    """Somebody has put their name to the campaign. `withdraw`: see `withdraw_hash`."""
    return _write(Kind.SIGNATURE, campaign, code, commitment, withdraw, country)


def make_withdrawal(campaign: bytes, target: int, w: bytes) -> bytes:
    """Somebody takes their signature back."""
    if len(w) != _W_BYTES:
        raise LeafDamaged(f"A withdrawal needs {_W_BYTES} secret bytes, not {len(w)}.")
    return _write(Kind.WITHDRAWAL, campaign, _target(target) + bytes(8), w + bytes(16))


def make_void(campaign: bytes, target: int, reason: Reason, batch: int = 0) -> bytes:
    """A signature is taken out of the count for a reason that is said."""
    if not 0 <= batch < 1 << 32:
        raise LeafDamaged("The number of a batch has four bytes.")
    return _write(Kind.VOID, campaign, _target(target) + bytes((reason, 0)) + batch.to_bytes(4, "big") + bytes(2))


def make_statement(kind: Kind, campaign: bytes, addendum: bytes | None, detail: bytes = b"") -> bytes:
    """A leaf that speaks of a campaign or the log and counts nothing; its words are the addendum."""
    if kind in (Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID):
        raise LeafDamaged("Signatures, withdrawals and voids are no statements.")
    digest = bytes(32) if addendum is None else hashlib.sha256(addendum).digest()
    return _write(kind, campaign, detail.ljust(_CODE_BYTES, b"\0"), digest)


def read_leaf(data: bytes) -> Leaf:
    """The leaf in these bytes; raises LeafDamaged."""
    if len(data) != LEAF_BYTES or data[0] != VERSION:
        raise LeafDamaged(f"A leaf has {LEAF_BYTES} bytes and starts with its version, {VERSION}.")
    country = data[74:].decode("latin-1")
    leaf = Leaf(data[1], data[TAG], data[CODE], data[COMMITMENT], data[WITHDRAW], country)
    if leaf.kind in _KNOWN and not _is_written(leaf):
        raise LeafDamaged("The leaf is of a known kind, but no standwith would write it like this.")
    return leaf


_KNOWN = frozenset(Kind)


def _is_written(leaf: Leaf) -> bool:
    if leaf.kind == Kind.SIGNATURE:
        return _is_country(leaf.country)
    if leaf.withdraw != bytes(16) or leaf.country != NOWHERE:
        return False
    if leaf.kind == Kind.WITHDRAWAL:
        return leaf.code[8:] == bytes(8) and leaf.commitment[_W_BYTES:] == bytes(16)
    if leaf.kind == Kind.VOID:
        return leaf.reason > 0 and leaf.code[9] == 0 and leaf.code[14:] == bytes(2) and leaf.commitment == bytes(32)
    return True


def _is_country(country: str) -> bool:
    return len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()


def _target(index: int) -> bytes:
    if not 0 <= index < 1 << 63:
        raise LeafDamaged("The index of a target is a number from 0 on.")
    return index.to_bytes(_TARGET_BYTES, "big")


def _write(
    kind: Kind,
    campaign: bytes,
    code: bytes,
    commitment: bytes = bytes(_COMMITMENT_BYTES),
    withdraw: bytes = bytes(16),
    country: str = NOWHERE,
) -> bytes:
    if tuple(map(len, (campaign, code, commitment, withdraw))) != (8, _CODE_BYTES, _COMMITMENT_BYTES, 16):
        raise LeafDamaged("A leaf needs a tag of 8 bytes, a code of 16, a commitment of 32 and a hash of 16.")
    if not _is_country(country):
        raise LeafDamaged(f"A country is two capital letters, {NOWHERE} if it isn't said.")
    return bytes((VERSION, kind)) + campaign + code + commitment + withdraw + country.encode()

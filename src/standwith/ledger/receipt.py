"""Receipts: that a leaf is in the log, checkable for years without asking anybody.

    c2sp.org/tlog-proof@v1
    extra AQE2wun4uUCEtcvw6rFVL9XvowMeeHji1Ua9...    the leaf, 76 bytes
    index 258
    hAkdalanx5IIuJCDIOQGZ2C2ywIdY76ua4aRba5JsKg=     siblings, from the leaf up
    ...
                                                     (a blank line)
    act.example.org/log                              the checkpoint with its signatures
    300
    ...

A receipt holds no secret: anyone can make it for any leaf, so owning one proves nothing about its owner.
Invariant: `read_receipt` takes only what `write_receipt` writes. Nothing in a receipt is to be believed before
`check_receipt`, the leaf least of all: `extra` is signed by nobody, and only the proof ties it to the root.
Standard: C2SP tlog-proof.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from standwith.ledger.checkpoint import Checkpoint, read_checkpoint
from standwith.ledger.errors import NoteRefused, ProofRefused
from standwith.ledger.leaf import LEAF_BYTES
from standwith.ledger.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from standwith.ledger.note import decode_base64, read_note
from standwith.ledger.policy import Policy

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_LONGEST = 63


@dataclass(frozen=True, slots=True)
class Receipt:
    """A leaf, where it is, and what should prove that; `checkpoint` is a note."""

    index: int
    leaf: bytes
    proof: tuple[bytes, ...]
    checkpoint: bytes


def write_receipt(index: int, proof: Sequence[bytes], checkpoint: bytes, leaf: bytes) -> bytes:
    """The receipt of a leaf as bytes; its file ends in `.tlog-proof`. Raises ProofRefused if it could not be read."""
    lines = [_FIRST, f"extra {_base64(leaf)}", f"index {index}", *map(_base64, proof)]
    data = "\n".join(lines).encode() + b"\n\n" + checkpoint
    read_receipt(data)
    return data


def read_receipt(data: bytes) -> Receipt:
    """The receipt in these bytes, unchecked; raises ProofRefused."""
    head, blank, checkpoint = data.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if not blank or len(lines) < 3 or lines[0] != _FIRST or not lines[1].startswith("extra "):
        raise ProofRefused(f"A receipt starts with {_FIRST}, extra and index.")
    numbered = _INDEX.fullmatch(lines[2])
    if not numbered or int(numbered[1]) >= 1 << 63:
        raise ProofRefused("The index of a receipt is a number without leading zeros.")
    if len(lines) > 3 + _LONGEST:
        raise ProofRefused(f"A receipt has at most {_LONGEST} hashes.")
    leaf = _decode(lines[1].removeprefix("extra "), LEAF_BYTES)
    proof = tuple(_decode(line, HASH_BYTES) for line in lines[3:])
    try:
        read_checkpoint(read_note(checkpoint).text)
    except NoteRefused as refused:
        raise ProofRefused(f"The checkpoint of the receipt is refused: {refused}") from None
    return Receipt(int(numbered[1]), leaf, proof, checkpoint)


def check_receipt(receipt: Receipt, policy: Policy) -> Checkpoint:
    """The checkpoint that the leaf is in, if log and quorum have signed it; raises ProofRefused, NoteRefused."""
    checkpoint = policy.accept(receipt.checkpoint)
    verify_inclusion(leaf_hash(receipt.leaf), receipt.index, checkpoint.size, receipt.proof, checkpoint.root)
    return checkpoint


def _decode(text: str, length: int) -> bytes:
    try:
        raw = decode_base64(text)
    except NoteRefused as refused:
        raise ProofRefused(f"A line of the receipt is refused: {refused}") from None
    if len(raw) != length:
        raise ProofRefused(f"A line of the receipt has {len(raw)} bytes instead of {length}.")
    return raw


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()

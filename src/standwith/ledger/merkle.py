"""Merkle trees: roots, and proofs that hold against a root.

    leaf hash  SHA-256(0x00 || leaf)        node hash  SHA-256(0x01 || left || right)

Invariant: `verify_*` return or raise ProofRefused; nothing is believed half. Proofs are made by tiles.py, which knows
where the hashes lie. Standards: RFC 6962 section 2.1 for the tree, RFC 9162 section 2.1 for the two verifications.
"""

from collections.abc import Sequence
from hashlib import sha256

from standwith.ledger.errors import ProofRefused

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes."""
    return sha256(b"\1" + left + right).digest()


def row_above(hashes: Sequence[bytes]) -> list[bytes]:
    """The hashes of all pairs; one that is left over is not among them."""
    each = iter(hashes)
    return [sha256(b"\1" + left + right).digest() for left, right in zip(each, each, strict=False)]


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over these hashes. One that has no pair goes up as it is: the same tree as RFC 6962 draws from above."""
    row = leaf_hashes
    while len(row) > 1:
        above = row_above(row)
        if len(row) % 2:
            above.append(row[-1])
        row = above
    return row[0] if row else EMPTY_ROOT


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """The leaf with this hash is at this index of the tree of this size and root; raises ProofRefused."""
    if not 0 <= index < size:
        raise ProofRefused(f"A tree of {size} leaves has no leaf {index}.")
    _check_lengths([leaf_hash, root, *proof])
    place, last, reached = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise ProofRefused("The proof is longer than the tree is high.")
        if place % 2 or place == last:
            reached = node_hash(sibling, reached)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        place, last = place >> 1, last >> 1
    if last or reached != root:
        raise ProofRefused(f"The proof does not lead from leaf {index} to the root of {size} leaves.")


def verify_consistency(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """The tree of the old size and root is the beginning of the new one; raises ProofRefused."""
    if not 0 <= old_size <= size:
        raise ProofRefused(f"A log of {old_size} leaves can't have grown to {size}.")
    _check_lengths([old_root, root, *proof])
    if old_size in (0, size):
        if proof or old_root != (root if old_size == size else EMPTY_ROOT):
            raise ProofRefused(f"The two roots say different things of {old_size} leaves.")
        return
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    place, last = old_size - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    if not path:
        raise ProofRefused("The proof of consistency is empty.")
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofRefused("The proof is longer than the tree is high.")
        if place % 2 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last or old != old_root or new != root:
        raise ProofRefused(f"The log of {size} leaves is not the log of {old_size} leaves, grown.")


def _check_lengths(hashes: Sequence[bytes]) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise ProofRefused(f"Every hash of a proof has {HASH_BYTES} bytes.")
    if len(hashes) > 2 + 2 * 63:
        raise ProofRefused("No tree is as high as this proof is long.")

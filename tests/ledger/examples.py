"""An invented log, the same on every machine, and the tree drawn the slow way.

Leaf i of the invented log, for two campaigns: i % 10 == 9 withdraws leaf i - 5, i % 25 == 17 voids leaf i - 4, the rest
are signatures. Everything random in it is the start of a SHA-256 of a word and i.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cache

from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.leaf import Reason, campaign_tag, make_signature, make_void, make_withdrawal, withdraw_hash
from standwith.ledger.merkle import EMPTY_ROOT
from standwith.ledger.note import Signer
from standwith.ledger.tiles import Growth

ORIGIN = "act.example.org/log"
TAGS = (campaign_tag(ORIGIN, "stand-with-belarus"), campaign_tag(ORIGIN, "stand-with-myanmar"))
LOG_KEY = Signer.parse("PRIVATE+KEY+act.example.org/log+c2b21eb0+AdivkAJdSH8m7tIUsq33/Ykpj6IJDXQF01YQnyMX76pK")
WITNESS_KEY = Signer.parse("PRIVATE+KEY+witness.example.net/a+25daa1e3+BL2vspoegFLWrU8emJJOTotkQ9XfFCKGSt/ufhiwEYLA")
TIME = 1772323200


def digest(word: str, number: int) -> bytes:
    """Bytes that look random and are not."""
    return hashlib.sha256(f"{word} {number}".encode()).digest()


def w_of(index: int) -> bytes:
    """The secret that withdraws signature `index`."""
    return digest("w", index)[:16]


def tag_of(index: int) -> bytes:
    """The campaign of leaf `index`."""
    return TAGS[index % 5 == 3]


def signature(index: int, tag: bytes | None = None, country: str = "ZZ") -> bytes:
    """The signature at `index`."""
    return make_signature(
        tag or tag_of(index),
        digest("code", index)[:16],
        digest("commitment", index),
        withdraw_hash(w_of(index)),
        country,
    )


def leaf(index: int) -> bytes:
    """Leaf `index` of the invented log."""
    if index % 10 == 9:
        return make_withdrawal(tag_of(index - 5), index - 5, w_of(index - 5))
    if index % 25 == 17:
        return make_void(tag_of(index - 4), index - 4, Reason(index % 6 + 1), index // 25)
    return signature(index, country=("ZZ", "FR", "PL")[index % 3])


@cache
def leaves(size: int) -> list[bytes]:
    """The first leaves of the invented log."""
    return [leaf(index) for index in range(size)]


def root_drawn(hashes: Sequence[bytes]) -> bytes:
    """The root as RFC 6962 defines it, from above."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY_ROOT
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\1" + root_drawn(hashes[:half]) + root_drawn(hashes[half:])).digest()


def grow_to(sizes: Sequence[int]) -> tuple[dict[str, bytes], dict[int, bytes]]:
    """The files of the invented log after it grew over these sizes, and its root at each of them."""
    growth, files, roots = Growth(), {}, {}
    for size in sizes:
        files |= growth.grow(leaves(size)[growth.size :])
        roots[size] = growth.root()
    return files, roots


def checkpoint(size: int, root: bytes) -> bytes:
    """The cosigned checkpoint of the invented log."""
    plain = sign_checkpoint(Checkpoint(ORIGIN, size, root), LOG_KEY)
    return add_signatures(plain, cosign(WITNESS_KEY, Checkpoint(ORIGIN, size, root).text(), TIME))


def reader(files: dict[str, bytes]) -> Callable[[str], bytes]:
    """How a tree reads these files."""
    return files.__getitem__

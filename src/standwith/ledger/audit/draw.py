"""The draw: from public bytes to the sample, the same for everybody who does it again.

    seed      SHA-256("standwith/audit/seed\\0" || checkpoint || commit leaf || value)
    ticket    SHA-256(seed || index)          index: of a signature that counts, 8 bytes big-endian
    sample    the indexes of the n smallest tickets, the smallest first

`checkpoint` is the text of the checkpoint that the commitment names, as the log signed it, without signatures:
origin, size and root, a line each. Commit leaf: its 76 bytes. Value: what the beacon gave (beacon.py).
Invariant: a pure function; the order in which the indexes come makes no difference. Ten million take some 15 seconds.
"""

import hashlib
import heapq
from collections.abc import Iterable

import msgspec

from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.commit import Digest, RubricName
from standwith.ledger.checkpoint import Checkpoint
from standwith.ledger.errors import AuditRefused

_SEED = b"standwith/audit/seed\0"


def make_seed(checkpoint: Checkpoint, leaf: bytes, value: bytes) -> bytes:
    """32 bytes that nobody could know before the value was there."""
    return hashlib.sha256(_SEED + checkpoint._replace(extension="").text().encode() + leaf + value).digest()


def ticket(seed: bytes, index: int) -> bytes:
    """The ticket of the signature at this index."""
    return hashlib.sha256(seed + index.to_bytes(8, "big")).digest()


def draw(seed: bytes, indexes: Iterable[int], n: int) -> tuple[int, ...]:
    """The indexes of the n smallest tickets, the smallest first; all of them where there are no more."""
    return tuple(index for _, index in heapq.nsmallest(n, ((ticket(seed, index), index) for index in indexes)))


class Drawn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sample, with all that it was drawn from; written as JSON it is the file that goes to the custodians.

    `commit` is the index of the commitment's leaf, `population` how many signatures counted at `size`.
    """

    beacon: str
    campaign: str
    commit: int
    confidence: int
    n: int
    origin: str
    population: int
    rubric: RubricName
    sample: tuple[int, ...]
    seed: Digest
    size: int
    tags: Digest
    value: str


def write_drawn(drawn: Drawn) -> bytes:
    """The sample's file."""
    return write_addendum(drawn)


def read_drawn(data: bytes) -> Drawn:
    """The sample in a file; raises AuditRefused."""
    try:
        drawn = msgspec.json.decode(data, type=Drawn)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise AuditRefused("This is not a sample; draw one with: standwith audit draw") from None
    if len(set(drawn.sample)) != drawn.n:
        raise AuditRefused(f"The sample should hold {drawn.n} records, none of them twice.")
    return drawn

"""What a log hands to a witness to have a checkpoint cosigned: the body of `add-checkpoint`.

    old 20852014
    PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=        up to 63 hashes of a consistency proof, one on a line

    act.example.org/log                                 then the checkpoint with its signatures, as it is
    20852163
    …

Invariant: `read_submission` takes exactly what `write_submission` writes, byte for byte. It looks at the frame only;
the checkpoint is the reader's to open. Standard: C2SP tlog-witness.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from typing import NamedTuple

from standwith.ledger.errors import SubmissionRefused
from standwith.ledger.merkle import HASH_BYTES

MOST_HASHES = 63
MOST_SIZE = 2**63 - 1

_OLD = re.compile(rb"old (0|[1-9][0-9]{0,18})")


class Submission(NamedTuple):
    """A signed checkpoint, and the proof that it continues the tree of size `old`."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes


def write_submission(old: int, proof: Sequence[bytes], checkpoint: bytes) -> bytes:
    """The body that asks a witness, which knows our tree of size `old`, to cosign `checkpoint`."""
    lines = [b"old %d" % old, *map(base64.b64encode, proof), b""]
    return b"".join(line + b"\n" for line in lines) + checkpoint


def read_submission(body: bytes) -> Submission:
    """Take a body apart; raises SubmissionRefused for anything that `write_submission` would not have written."""
    head, gap, checkpoint = body.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    old = _OLD.fullmatch(first)
    if old is None or int(old[1]) > MOST_SIZE:
        raise SubmissionRefused("The first line must be the word old, a space and a size.")
    if not gap or not checkpoint:
        raise SubmissionRefused("An empty line and a checkpoint must follow the proof.")
    if len(lines) > MOST_HASHES:
        raise SubmissionRefused(f"A proof has {MOST_HASHES} hashes at most.")
    return Submission(int(old[1]), tuple(map(_read_hash, lines)), checkpoint)


def _read_hash(line: bytes) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except binascii.Error:
        found = b""
    if len(found) != HASH_BYTES or base64.b64encode(found) != line:
        raise SubmissionRefused("Each line of the proof must be one hash in base64.")
    return found

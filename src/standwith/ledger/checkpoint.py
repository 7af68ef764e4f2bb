"""Checkpoints: what a log says of itself, signed.

    act.example.org/log                            the origin: which log
    3                                              the tree size
    ALIXCfZMCZXwYmcJhADkKmNr7R+bKOp68ipGs5SAJU0=   the root

Lines after these three are carried along; our own logs write none.
Invariant: `read_checkpoint(text).text() == text`. A checkpoint that `open_checkpoint` gives back was signed by the log
that its origin names. Whether it is the only one of its size, witnesses say.
Standard: C2SP tlog-checkpoint.
"""

import base64
import re
from typing import NamedTuple

from standwith.ledger.errors import NoteRefused
from standwith.ledger.merkle import HASH_BYTES
from standwith.ledger.note import (
    Note,
    Signer,
    Verifier,
    decode_base64,
    read_note,
    read_signatures,
    verified,
    write_note,
)

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(NamedTuple):
    """Which log, how large, and its root. `extension`: further lines, which ours has not."""

    origin: str
    size: int
    root: bytes
    extension: str = ""

    def text(self) -> str:
        """The text of the note."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{self.extension}"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in the text of a note; raises NoteRefused."""
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise NoteRefused("A checkpoint is three lines or more, none of them empty: origin, size, root.")
    origin, size, root, *extension = lines
    if not _SIZE.fullmatch(size) or int(size) >= 1 << 63:
        raise NoteRefused("The size of a log is a number without leading zeros.")
    hashed = decode_base64(root)
    if len(hashed) != HASH_BYTES:
        raise NoteRefused(f"The root of a log has {HASH_BYTES} bytes.")
    return Checkpoint(origin, int(size), hashed, "".join(f"{line}\n" for line in extension))


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> bytes:
    """The checkpoint as a note with the signature of its log."""
    _compare_names(checkpoint, signer.verifier)
    text = checkpoint.text()
    read_checkpoint(text)
    return write_note(Note(text, read_signatures(signer.sign(text))))


def open_checkpoint(data: bytes, verifier: Verifier) -> Checkpoint:
    """The checkpoint, if the log with this key has signed it; raises NoteRefused."""
    note = read_note(data)
    verified(note, [verifier])
    checkpoint = read_checkpoint(note.text)
    _compare_names(checkpoint, verifier)
    return checkpoint


def add_signatures(note: bytes, lines: bytes | str) -> bytes:
    """The note with these signature lines added. One of a key that has signed already is left out.

    It checks no signature: let `Policy.witnessed` look at the result before anybody else does.
    """
    old = read_note(note)
    have = {each[:2] for each in old.signatures}
    added = []
    for each in read_signatures(lines if isinstance(lines, str) else lines.decode("utf-8", "replace")):
        if each[:2] not in have:
            added.append(each)
            have.add(each[:2])
    return write_note(Note(old.text, (*old.signatures, *added)))


def _compare_names(checkpoint: Checkpoint, verifier: Verifier) -> None:
    if checkpoint.origin != verifier.name:
        raise NoteRefused(f"The checkpoint is of {checkpoint.origin}, the key of {verifier.name}.")

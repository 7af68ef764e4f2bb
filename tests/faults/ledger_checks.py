"""What must hold of a ledger at any moment, whatever died before. Import after Django is set up."""

import hashlib
import json

from standwith.ledger.addendum import addendum_path, check_addendum
from standwith.ledger.checkpoint import Checkpoint, open_checkpoint
from standwith.ledger.count import Counter
from standwith.ledger.files import LogFiles
from standwith.ledger.founding import read_signer
from standwith.ledger.leaf import Kind, read_leaf
from standwith.ledger.log import Log
from standwith.ledger.merkle import leaf_hash, root_of, verify_consistency
from standwith.ledger.models import Lock
from standwith.ledger.roll import roll_lines, roll_path
from standwith.ledger.rows import published, read
from standwith.ledger.tiles import Tree

EVERYTHING = 1_000_000
COUNTED = {Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID}


class Broken(Exception):
    """A promise of the ledger is broken."""


def expect(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def check_public(trial) -> None:
    """What readers see is whole, was committed before, and holds what was acknowledged so far or less."""
    files, rows = LogFiles(trial.home.log), read(0, EVERYTHING)
    shown = open_checkpoint(files.checkpoint() or b"", read_signer(trial.home.keys).verifier)
    expect(shown.size <= Lock.objects.get().size, "a checkpoint was shown before it was committed")
    _check_tree(files, shown, rows)
    for first, count, digest in trial.lines("acknowledged"):
        leaves = rows[int(first) : int(first) + int(count)]
        expect(hashlib.sha256(b"".join(leaves)).hexdigest() == digest, "an acknowledged leaf was lost")


def check_everything(trial, log: Log) -> None:
    """After the start: all rows are signed and shown, and whatever was ever signed is the beginning of it."""
    files, rows = LogFiles(trial.home.log), read(0, EVERYTHING)
    shown = open_checkpoint(files.checkpoint() or b"", read_signer(trial.home.keys).verifier)
    expect(len(rows) == log.size == shown.size, "something was not published")
    _check_tree(files, shown, rows)
    _check_numbers(files, rows)
    signed = [Checkpoint("", int(size), bytes.fromhex(root)) for size, root in trial.lines("signed")]
    hashes = [leaf_hash(leaf) for leaf in rows]
    since = signed[max(0, trial.checked - 1) :]
    for old, new in zip(since, [*since[1:], shown], strict=False):
        roots = {each.size: root_of(hashes[: each.size]) for each in (old, new)}
        expect((roots[old.size], roots[new.size]) == (old.root, new.root), "two signed checkpoints are inconsistent")
        expect(old.size <= new.size, "what was signed later is smaller")
        proof = Tree(files.read, new.size).consistency(old.size)
        verify_consistency(old.size, old.root, new.size, new.root, proof)
    (trial.notes / "checked").write_text(json.dumps([len(rows), len(signed)]))


def _check_tree(files: LogFiles, shown: Checkpoint, rows: list[bytes]) -> None:
    """The files lead to the root, level by level, and hold the rows."""
    tree = Tree(files.read, shown.size)
    expect(tree.root() == shown.root, "the tiles don't lead to the root")
    expect(list(tree.leaves()) == rows[: shown.size], "the bundles don't hold the rows")
    for leaf in rows[: shown.size]:
        if leaf[1] not in COUNTED and (digest := read_leaf(leaf).digest) != bytes(32):
            check_addendum(digest, files.read(addendum_path(digest)))


def _check_numbers(files: LogFiles, rows: list[bytes]) -> None:
    counter, rolls = Counter(), roll_lines(0, rows)
    counter.fold(rows)
    for tag in counter.campaigns():
        found = published(tag)
        expect((found.signatures, found.withdrawn, found.voided) == counter.count(tag), "a number is not the count")
        expect(files.read(roll_path(tag)) == rolls[tag], "a roll is not that of the rows")

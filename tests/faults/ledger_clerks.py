"""Clerks of the ledger for the trials: the real one, and some who break the order on purpose.

    careful    the log as it is
    hasty      shows the checkpoint before the commit
    blind      signs and commits before the files are on disk
    rash       signs leaves before they are committed
    eager      acknowledges leaves before they are committed
    sloppy     does not sync directories
    loose      does not sync files

Import after Django is set up.
"""

import hashlib
import os
import random
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from standwith.ledger.checkpoint import open_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.founding import read_signer
from standwith.ledger.leaf import (
    Kind,
    Reason,
    make_signature,
    make_statement,
    make_void,
    make_withdrawal,
    withdraw_hash,
)
from standwith.ledger.log import Log
from standwith.ledger.note import Signer, read_note
from standwith.ledger.policy import read_policy
from standwith.ledger.rows import append, queue, read, size, take_queued
from tests.faults.forgetful_disk import REAL, ForgetfulDisk, Fuse
from tests.ledger.examples import TAGS, WITNESS_KEY, tag_of, w_of


class Hasty(Log):
    """Step 5 before the commit of step 4."""

    def _commit(self, signed, leaves, lengths):
        self._files.put_checkpoint(signed.checkpoint)
        super()._commit(signed, leaves, lengths)


class Blind(Log):
    """Steps 4 and 5 before step 3."""

    _later: dict[str, bytes] = {}

    def _lay_out(self, files, leaves):
        self._later = files
        return super()._lay_out({}, leaves)

    def _show(self):
        super()._show()
        self._files.put(self._later)


CLERKS = {"careful": Log, "hasty": Hasty, "blind": Blind, "rash": Log, "eager": Log, "sloppy": Log, "loose": Log}


def spoil(disk: ForgetfulDisk, clerk: str) -> None:
    """Leave out what this clerk leaves out: one never syncs a directory, the other never a file."""
    wanted = {"sloppy": os.path.isfile, "loose": os.path.isdir}.get(clerk)
    if wanted:
        real = os.fsync
        os.fsync = lambda handle: real(handle) if wanted(os.readlink(f"/proc/self/fd/{handle}")) else None


class RecordingSigner:
    """A signer that notes down what it signs before anybody gets it."""

    def __init__(self, trial, fuse: Fuse) -> None:
        self._trial, self._fuse, self._signer = trial, fuse, read_signer(trial.home.keys)
        self.verifier, self.name = self._signer.verifier, self._signer.name

    def sign(self, text: str) -> str:
        self._fuse.step("before signing")
        line = self._signer.sign(text)
        checkpoint = open_checkpoint(f"{text}\n{line}".encode(), self.verifier)
        self._trial.note("signed", checkpoint.size, checkpoint.root.hex())
        self._fuse.step("after signing")
        return line


def tear_commits(fuse: Fuse, database: Path, dice: random.Random) -> None:
    """Let every commit be a step, and its half too: what it adds to SQLite's log is cut off somewhere."""
    log, real = f"{database}-wal", BaseDatabaseWrapper._commit

    def commit(wrapper):
        before = _length(log)
        fuse.step("before a commit")
        real(wrapper)
        after = _length(log)
        if after > before:
            fuse.step("in the middle of a commit", lambda: REAL["truncate"](log, dice.randrange(before, after)))
        fuse.step("after a commit")

    BaseDatabaseWrapper._commit = commit


def _length(path: str) -> int:
    with suppress(FileNotFoundError):
        return os.stat(path).st_size
    return 0


def work(trial, log: Log, words: str, dice: random.Random, fuse: Fuse) -> None:
    """A few batches: append, acknowledge, publish, cosign."""
    policy = read_policy(f"witness w {WITNESS_KEY.verifier}\nquorum w\n".encode())
    for turn in range(3):
        addendum = f"{words}{turn}\n".encode() if dice.random() < 0.3 else None
        count = dice.choice((1, 1, 2, 7, 30, 60))
        with transaction.atomic():
            told = _append(count, addendum, dice)
            if trial.clerk == "rash":
                growth = log._growth.copy()
                growth.grow(read(log.size, size()))
                log._sign(growth)
            if trial.clerk == "eager":
                trial.note("acknowledged", *told)
        trial.note("acknowledged", *told)
        fuse.step("after an acknowledgement")
        log.publish()
        if dice.random() < 0.5:
            log.cosign(_cosignature(log), policy)


def append_leaves(count: int) -> tuple[int, int, str]:
    """The leaves that a trial begins with, in a transaction of their own."""
    with transaction.atomic():
        return _append(count, None, random.Random(count))


def _append(count: int, addendum: bytes | None, dice: random.Random) -> tuple[int, int, str]:
    """Index, number and digest of what was appended."""
    if addendum:
        queue(make_statement(Kind.CUSTODIAN, TAGS[0], addendum), addendum)
    leaves, first = take_queued(), size()
    leaves += [_leaf(index, dice) for index in range(first + len(leaves), first + len(leaves) + count)]
    append(leaves)
    return first, len(leaves), hashlib.sha256(b"".join(leaves)).hexdigest()


def _leaf(index: int, dice: random.Random) -> bytes:
    """Another one in every life, so that what was lost does not come back by chance."""
    target = dice.randrange(index) if index else 0
    if dice.random() < 0.1:
        return make_withdrawal(tag_of(target), target, w_of(target))
    if dice.random() < 0.05:
        return make_void(tag_of(target), target, dice.choice(list(Reason)))
    return make_signature(tag_of(index), dice.randbytes(16), dice.randbytes(32), withdraw_hash(w_of(index)))


def _cosignature(log: Log) -> bytes:
    witness: Signer = WITNESS_KEY
    return cosign(witness, read_note(log.checkpoint).text, 1772323200).encode()

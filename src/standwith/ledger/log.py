"""The log: what was appended is published, in an order that a crash at any moment cannot break.

    1, 2  rows committed with their indexes        the deed that called rows.append
    3     tiles, addenda, rolls on disk            tmp, fsync, rename, fsync of the directory
    4     sign; compare and swap the lock row      one transaction with the numbers
    5     show the checkpoint                      and again (7) when witnesses (6) have cosigned it

Invariants: whatever was signed was on disk before; two checkpoints that were ever signed are never inconsistent, for
everything after 2 is a pure function of the rows; a second clerk loses the swap and signs nothing that anybody sees.
At the start the rows must lead to the root that was signed, files that are missing are written again, and whoever has
seen a longer log than ours ends it: this is a restored backup, and to sign would be to fork.
It takes no signature (supporters do) and speaks to no witness (the clerk does). One Log belongs to one thread.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from standwith.ledger.addendum import write_addendum
from standwith.ledger.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from standwith.ledger.count import Counter
from standwith.ledger.errors import LogDamaged, LogForked, NoteRefused
from standwith.ledger.files import LogFiles, damaged
from standwith.ledger.leaf import TAG, Kind, make_statement
from standwith.ledger.models import Lock
from standwith.ledger.note import Signer
from standwith.ledger.numbers import read_numbers, write_numbers
from standwith.ledger.policy import Policy
from standwith.ledger.roll import Rolls, roll_lines
from standwith.ledger.rows import ONLY, origin, queue, read
from standwith.ledger.survey import AT_ONCE, Survey, addenda_of, leaves_between, take_survey, write_missing
from standwith.ledger.tiles import Growth, Tree

TALLY_EVERY = 4096
EVERYBODY = bytes(8)  # the tag of a statement that speaks of no campaign
WHAT_NOW = (
    "To sign now would fork the log, so nothing is signed. If the tables here are an older copy, let them catch up "
    "with what is public: standwith ledger catch-up --from LOG --home HOME, where LOG is the mirror or directory that "
    "has most leaves. If nobody has kept one, begin a successor log in a new home (standwith ledger init) and say so "
    "on the pages."
)


class Seen(NamedTuple):
    """What a witness or a mirror has of this log: a checkpoint, or the size alone."""

    where: str
    checkpoint: bytes | None
    size: int


class Signed(NamedTuple):
    """The lock row: what was signed last."""

    size: int
    root: bytes
    checkpoint: bytes
    cosigned: bytes
    witnesses: int  # how many the policy knew last


class Log:
    """The open log of one clerk. After `open`, `publish` brings out what an earlier clerk could not."""

    def __init__(self, files: LogFiles, signer: Signer, signed: Signed, survey: Survey, rolls: Rolls) -> None:
        self._files, self._signer, self._signed, self._rolls = files, signer, signed, rolls
        self._growth: Growth = survey.growth
        self._shown: bytes | None = files.checkpoint()
        self.counter: Counter = survey.counter

    @classmethod
    def open(cls, directory: Path, signer: Signer, *, seen: Sequence[Seen] = ()) -> "Log":
        """The log of this installation; raises NoLog, LogDamaged or LogForked with what to do."""
        signed, files = read_lock(signer), LogFiles(directory)
        files.settle()
        known = _believed([_shown_here(files), *seen], signer)
        _refuse_larger(signed, known)
        survey = take_survey(signed.size, [found.size for _, found in known], files)
        _check(signed, known, survey)
        if survey.missing:
            write_missing(signed.size, set(survey.missing), files)
        log = cls(files, signer, signed, survey, _mend_numbers(survey, directory))
        log._show()
        return log

    @property
    def size(self) -> int:
        """How many leaves are signed."""
        return self._signed.size

    @property
    def checkpoint(self) -> bytes:
        """The checkpoint as published, with the cosignatures that came in."""
        return self._signed.cosigned

    def tree(self) -> Tree:
        """The signed tree, read from its files; makes proofs."""
        return Tree(self._files.read, self.size)

    def publish(self) -> bool:
        """Sign and show what was appended; whether there was anything. After a failure, call it again or open anew."""
        if connection.in_atomic_block:
            raise RuntimeError("Only what is committed is published; a transaction is open.")
        before = self.size
        while leaves := read(self.size, AT_ONCE):
            self._publish(leaves)
        self._show()
        return self.size > before

    def cosign(self, lines: bytes, policy: Policy) -> bool:
        """Add the signatures of witnesses to the checkpoint and show it; whether any of them was new and right.

        Also without a line, so that "0 of 3" can be told when the policy names three.
        """
        note, have = policy.gather(self._signed.cosigned, lines)
        signed = self._signed._replace(cosigned=note, witnesses=len(policy.witnesses))
        if signed == self._signed:
            return False
        with transaction.atomic(durable=True):
            self._swap(cosigned=note, witnessed=have, witnesses=signed.witnesses)
        added, self._signed = note != self._signed.cosigned, signed
        self._show()
        return added

    def _publish(self, leaves: list[bytes]) -> None:
        growth = self._growth.copy()
        files = growth.grow(leaves)
        lengths = self._lay_out(files | addenda_of(leaves), leaves)
        signed = self._sign(growth)
        self._commit(signed, leaves, lengths)
        self._signed, self._growth = signed, growth
        self._rolls.lengths |= lengths
        self._show()
        self._files.drop_partial(files)

    def _lay_out(self, files: dict[str, bytes], leaves: list[bytes]) -> dict[bytes, int]:
        """Step 3; gives the lengths of the rolls."""
        self._files.put(files)
        lines = roll_lines(self.size, leaves)
        if torn := {tag for tag in lines if not self._rolls.cut(tag)}:
            _rewrite_rolls(self._rolls, torn, self.size)
        return self._rolls.extend(lines)

    def _sign(self, growth: Growth) -> Signed:
        """Step 4, first half."""
        checkpoint = Checkpoint(self._signer.verifier.name, growth.size, growth.root())
        note = sign_checkpoint(checkpoint, self._signer)
        return Signed(checkpoint.size, checkpoint.root, note, note, self._signed.witnesses)

    def _commit(self, signed: Signed, leaves: list[bytes], lengths: dict[bytes, int]) -> None:
        """Step 4, second half: the lock row and the numbers, together; a tally is due every 4,096 leaves."""
        self.counter.fold(leaves[self.counter.size - self.size :])  # a failed attempt may have counted them already
        touched = {leaf[TAG] for leaf in leaves} & set(self.counter.campaigns())
        rolls = self._rolls.lengths | lengths
        with transaction.atomic(durable=True):
            self._swap(**signed._asdict(), witnessed=0)
            write_numbers({tag: (self.counter.count(tag), rolls.get(tag, 0)) for tag in touched})
            if signed.size // TALLY_EVERY > self.size // TALLY_EVERY:
                queue(*make_tally(signed.size, self.counter))

    def _swap(self, **values: object) -> None:
        mine = Lock.objects.filter(pk=ONLY, size=self._signed.size, root=self._signed.root)
        if not mine.update(**values):
            raise LogForked(
                "Another clerk has signed since this one began, so this one signs nothing. See that one clerk runs, "
                "and start it again."
            )

    def _show(self) -> None:
        """Steps 5 and 7."""
        if self._shown != self._signed.cosigned:
            self._files.put_checkpoint(self._signed.cosigned)
            self._shown = self._signed.cosigned


def make_tally(size: int, counter: Counter) -> tuple[bytes, bytes]:
    """A statement of what every campaign's leaves add up to, for those who want a hint; and its addendum."""
    campaigns = {}
    for tag in counter.campaigns():
        count = counter.count(tag)
        voided = {str(reason): number for reason, number in count.voided.items()}
        campaigns[tag.hex()] = {"signatures": count.signatures, "withdrawn": count.withdrawn, "voided": voided}
    addendum = write_addendum({"size": size, "campaigns": campaigns})
    return make_statement(Kind.TALLY, EVERYBODY, addendum, size.to_bytes(8, "big") + bytes(8)), addendum


def read_lock(signer: Signer) -> Signed:
    """What was signed last, by this very key; raises NoLog or LogDamaged."""
    name = origin()
    row = Lock.objects.get(pk=ONLY)
    signed = Signed(row.size, bytes(row.root), bytes(row.checkpoint), bytes(row.cosigned), row.witnesses)
    try:
        stated = open_checkpoint(signed.cosigned, signer.verifier)
    except NoteRefused:
        raise LogDamaged(
            f"The key in keys/log.key is not the one that signed the log {name}. Nothing is signed: put the right key "
            "back from your backup."
        ) from None
    if stated != Checkpoint(name, signed.size, signed.root):
        raise LogDamaged(
            "What was signed last and what the tables say of it differ. Nothing is signed: restore the newest backup."
        )
    return signed


def _shown_here(files: LogFiles) -> Seen:
    """The public checkpoint of this machine. One that is not there, or is torn, is written again."""
    note = files.checkpoint()
    return Seen(f"{files.directory}/checkpoint", note, 0)


def _believed(seen: Sequence[Seen], signer: Signer) -> list[tuple[str, Checkpoint]]:
    """What was seen and is signed by us; a size alone is believed as it is, with no root."""
    known = []
    for where, note, size in seen:
        if note is None:
            known.append((where, Checkpoint(signer.verifier.name, size, b"")))
            continue
        try:
            known.append((where, open_checkpoint(note, signer.verifier)))
        except NoteRefused:
            continue  # whoever shows it, it is not ours: it can't say anything about this log
    return known


def _refuse_larger(signed: Signed, known: Sequence[tuple[str, Checkpoint]]) -> None:
    for where, found in known:
        if found.size > signed.size:
            raise LogForked(f"{where} has {found.size} leaves of this log, here are {signed.size} signed. {WHAT_NOW}")


def _check(signed: Signed, known: Sequence[tuple[str, Checkpoint]], survey: Survey) -> None:
    """The rows lead to what was signed, and whatever anybody has seen is the beginning of it."""
    if survey.growth.size != signed.size or survey.roots[signed.size] != signed.root:
        raise LogDamaged(
            f"The rows of the ledger do not lead to the root that was signed at {signed.size} leaves. Nothing is "
            "signed: restore the newest backup of the tables."
        )
    for where, found in known:
        if found.root and found.root != survey.roots[found.size]:
            raise LogForked(f"{where} has another log of {found.size} leaves than the rows here lead to. {WHAT_NOW}")
    for path in survey.other:
        raise damaged(path)


def _mend_numbers(survey: Survey, directory: Path) -> Rolls:
    """See that numbers and rolls are those of the signed size; both are made again from the rows where they are not."""
    counter = survey.counter
    found = read_numbers()
    rolls = Rolls(directory, {tag: length for tag, (_, length) in found.items()})
    torn = {tag for tag in counter.campaigns() if not (tag in found and found[tag][1] and rolls.cut(tag))}
    if torn:
        _rewrite_rolls(rolls, torn, counter.size)
    right = {tag: (counter.count(tag), rolls.lengths[tag]) for tag in counter.campaigns()}
    wrong = {tag: each for tag, each in right.items() if tag in torn or found[tag] != each}
    with transaction.atomic(durable=True):
        write_numbers(wrong)
    return rolls


def _rewrite_rolls(rolls: Rolls, torn: set[bytes], size: int) -> None:
    texts: dict[bytes, list[bytes]] = {tag: [] for tag in torn}
    first = 0
    for leaves in leaves_between(0, size):
        for tag, lines in roll_lines(first, leaves).items():
            texts.get(tag, []).append(lines)
        first += len(leaves)
    for tag, each in texts.items():
        rolls.rewrite(tag, b"".join(each))

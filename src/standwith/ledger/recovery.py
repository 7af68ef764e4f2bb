"""Recovery: tables that were restored from an older copy take from the public log what they have not.

    read_public   the checkpoint, signed with our own key; its leaves, which lead to its root; ours are their beginning
    take          in one transaction: leaves, addenda, the lock row and the numbers, as they were when that was signed

Invariant: nothing is signed here. What is taken was signed by this log before, whoever has kept it since; tables that
it did not grow from are left as they are, for no command can make one log of two. Tiles, rolls and the roots below are
not needed: whoever opens the log works them out again. Does not know what the leaves mean for the supporters' rows.
"""

from collections import Counter as Multiset
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from standwith.ledger import rows
from standwith.ledger.checkpoint import Checkpoint, open_checkpoint
from standwith.ledger.count import Counter
from standwith.ledger.errors import LogDamaged, LogForked, NoteRefused, ProofRefused, TileMissing
from standwith.ledger.files import CHECKPOINT
from standwith.ledger.leaf import CODE, VERSION, Kind
from standwith.ledger.log import Signed, read_lock
from standwith.ledger.models import Addendum, Lock, Statement
from standwith.ledger.note import Note, Signer, read_note, write_note
from standwith.ledger.numbers import write_numbers
from standwith.ledger.policy import Policy
from standwith.ledger.survey import digests_of, find_addenda, leaves_between
from standwith.ledger.tiles import Growth
from standwith.ledger.verification import Read, Tell, read_addendum, read_leaves

AT_ONCE = 1 << 12  # leaves
PORTION = 5000  # rows named in one statement
_REMOVALS = (bytes((VERSION, Kind.WITHDRAWAL)), bytes((VERSION, Kind.VOID)))


class Public(NamedTuple):
    """A public log that the tables are the beginning of. `leaves` are those from index `first` on, all that is new."""

    checkpoint: Checkpoint
    note: bytes
    before: Signed
    first: int
    leaves: list[bytes]
    addenda: dict[bytes, bytes]
    counter: Counter


class Taken(NamedTuple):
    """What the tables hold now. `counter` counts all their leaves, `leaving` are the signatures that removals still in
    the queue take out, `dropped` how many leaves were queued here and have their numbers already."""

    counter: Counter
    leaving: frozenset[int]
    dropped: int


def read_public(read: Read, signer: Signer, *, at_once: int = 1, tell: Tell | None = None) -> Public:
    """Read a public copy of our log, to its end; raises LedgerError when it is not one, or not ours to go on from."""
    before, note = read_lock(signer), read(CHECKPOINT)
    checkpoint = _open(note, signer)
    if checkpoint.size < before.size:
        raise TileMissing(
            f"There are {checkpoint.size} leaves there and {before.size} signed here: take a copy that has more."
        )
    reading = _Reading(rows.size())
    leaves = read_leaves(read, checkpoint.size, at_once=at_once)
    for stop in sorted({before.size, checkpoint.size}):
        while some := list(islice(leaves, min(AT_ONCE, stop - reading.growth.size))):
            reading.take(some)
            if tell:
                tell(reading.growth.size, checkpoint.size)
        reading.roots[stop] = reading.growth.root()
    reading.check(before, checkpoint)
    lost = reading.digests - find_addenda(reading.digests).keys()
    addenda = {digest: read_addendum(read, digest) for digest in sorted(lost)}
    return Public(checkpoint, note, before, reading.first, reading.new, addenda, reading.counter)


def take(public: Public, signer: Signer, policy: Policy | None) -> Taken:
    """Bring the tables to where this log is, inside the caller's transaction; raises LogForked if somebody wrote to
    them meanwhile. Cosignatures of the policy's witnesses are kept."""
    if rows.size() != public.first:
        raise LogForked("Somebody else has written to the ledger in this moment; nothing was taken.")
    rows.append(public.leaves)
    Addendum.objects.bulk_create(
        [Addendum(digest=digest, body=body) for digest, body in public.addenda.items()], ignore_conflicts=True
    )
    if public.checkpoint.size > public.before.size:
        _set_lock(public, signer, policy)
        write_numbers({tag: (public.counter.count(tag), 0) for tag in public.counter.campaigns()})
    dropped = _drop_queued(public.leaves)
    counter = public.counter
    for unsigned in leaves_between(counter.size, rows.size()):
        counter.fold(unsigned)
    return Taken(counter, _leaving(), dropped)


class _Reading:
    """The leaves as they come in, held against the rows; `first` is how many of these there are."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.growth, self.counter = Growth(), Counter()
        self.roots: dict[int, bytes] = {}  # at the size that is signed here, and at that of the public log
        self.new: list[bytes] = []
        self.digests: set[bytes] = set()  # of the addenda of all statements
        self._other: int | None = None  # the first leaf that is another one here

    def take(self, leaves: list[bytes]) -> None:
        start, ours = self.growth.size, rows.read(self.growth.size, len(leaves))
        if self._other is None and leaves[: len(ours)] != ours:
            pairs = enumerate(zip(leaves, ours, strict=False), start)
            self._other = next(index for index, (there, here) in pairs if there != here)
        self.new += leaves[max(0, self.first - start) :]
        self.digests |= digests_of(leaves)
        self.growth.grow(leaves)
        self.counter.fold(leaves)

    def check(self, before: Signed, checkpoint: Checkpoint) -> None:
        """The leaves are those of the checkpoint, and ours are the beginning; raises ProofRefused, LogForked and,
        where our own rows are not what was signed here, LogDamaged."""
        if self.roots[checkpoint.size] != checkpoint.root:
            raise ProofRefused("The leaves there do not lead to the root that was signed: take another copy.")
        if self.roots[before.size] != before.root:
            raise LogForked(
                f"The first {before.size} leaves there are not those that were signed here: these are two logs of one "
                "name, and nothing can join them. Find out who signed the other one."
            )
        if self._other is not None and self._other < before.size:
            raise LogDamaged(
                f"Leaf {self._other} in the tables here is not the one that was signed: they are damaged, so restore "
                "another backup."
            )
        if self._other is not None:
            raise LogForked(
                f"Leaf {self._other} there is another one than that which waits here to be signed: the tables went on "
                "by themselves after they were restored, so restore the backup again."
            )


def _open(note: bytes, signer: Signer) -> Checkpoint:
    try:
        return open_checkpoint(note, signer.verifier)
    except NoteRefused as problem:
        raise NoteRefused(
            f"The checkpoint there was not signed with the key of {signer.name} in keys/log.key ({problem})"
        ) from None


def _set_lock(public: Public, signer: Signer, policy: Policy | None) -> None:
    note = read_note(public.note)
    ours = tuple(each for each in note.signatures if each[:2] == (signer.name, signer.verifier.key_id))
    others = "".join(str(each) for each in note.signatures if each not in ours)
    signed = cosigned = write_note(Note(note.text, ours[:1]))
    witnessed = 0
    if policy:
        cosigned, witnessed = policy.gather(signed, others.encode())
    changed = Lock.objects.filter(pk=rows.ONLY, size=public.before.size, root=public.before.root).update(
        size=public.checkpoint.size,
        root=public.checkpoint.root,
        checkpoint=signed,
        cosigned=cosigned,
        witnessed=witnessed,
        witnesses=len(policy.witnesses) if policy else 0,
    )
    if not changed:
        raise LogForked("Somebody else has signed in this moment; nothing was taken.")


def _drop_queued(leaves: Iterable[bytes]) -> int:
    """Take these from the queue, each as often as it is among the leaves; return how many were there."""
    named, found = Multiset(leaves), []
    for row, data in Statement.objects.order_by("pk").values_list("pk", "leaf"):
        leaf = bytes(data)
        if named[leaf]:
            named[leaf] -= 1
            found.append(row)
    for start in range(0, len(found), PORTION):
        Statement.objects.filter(pk__in=found[start : start + PORTION]).delete()
    return len(found)


def _leaving() -> frozenset[int]:
    queued = map(bytes, Statement.objects.values_list("leaf", flat=True))
    return frozenset(int.from_bytes(leaf[CODE][:8], "big") for leaf in queued if leaf[:2] in _REMOVALS)

"""Opening a bundle with the shares of enough custodians, and holding every record against the ledger.

A record is given out only if the leaf beside it is in the tree that the checkpoint speaks of, belongs to the campaign,
and carries the commitment and the code of this very record. Shares come from keys at hand, from files of shares, or
both; whose shares are too few for a record is told, and the others go on.
Invariant: a record that is given out is the one that was signed and counted. A record that is not given out has a
sentence that says why, and no sentence holds anything of a record. It does not write files, and decides nothing.
"""

from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass

from standwith.custody.errors import BundleRefused
from standwith.custody.shares import Shares
from standwith.ledger.checkpoint import Checkpoint, open_checkpoint
from standwith.ledger.errors import LeafDamaged, LedgerError, ProofRefused
from standwith.ledger.leaf import Kind, Leaf, campaign_tag, read_leaf
from standwith.ledger.merkle import leaf_hash, verify_inclusion
from standwith.ledger.note import Verifier
from standwith.sealing.bundle import Bundle, BundleEntry, BundleHead
from standwith.sealing.envelope import RECORD, take_apart
from standwith.sealing.errors import SealError, WrongKey
from standwith.sealing.recipients import CustodianSecret
from standwith.sealing.record import Record, commitment
from standwith.sealing.unlock import open_share, open_with_shares


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of one record of a bundle: the record, or the sentence that says why it is not given out.

    `readable`: whether it could be opened at all; one that could, and is not given out, is not the one of its leaf.
    """

    index: int
    entry: BundleEntry | None
    record: Record | None = None
    problem: str = ""
    readable: bool = False


def check_head(head: BundleHead, log_key: str = "") -> Checkpoint:
    """The checkpoint of a bundle, signed by `log_key`, or by the key that the bundle names; raises BundleRefused."""
    if head.is_rehearsal:
        raise BundleRefused(
            "This bundle is for a rehearsal and holds no supporters; only `custody unseal` works on it."
        )
    try:
        verifier = Verifier.parse(log_key or head.log_key)
        checkpoint = open_checkpoint(head.checkpoint.encode(), verifier)
    except LedgerError as problem:
        raise BundleRefused(f"The checkpoint of the bundle is not the log's. {problem}") from None
    if checkpoint.origin != head.origin:
        raise BundleRefused(f"The bundle names the log {head.origin}, but its checkpoint is of {checkpoint.origin}.")
    return checkpoint


def open_bundle(
    bundle: Bundle,
    checkpoint: Checkpoint,
    secrets: Sequence[CustodianSecret],
    files: Sequence[Shares],
    indexes: Set[int] | None = None,
) -> Iterator[Opened]:
    """These records of a bundle, in the order of the ledger; by default all, or those that any file has a share of.

    Raises SharesForeign for shares of another bundle.
    """
    for file in files:
        file.check_bundle(bundle)
    hands, missing = [_Hand(file) for file in files], sorted(indexes or (), reverse=True)
    for entry in bundle.entries(indexes):
        while missing and missing[-1] < entry.index:
            yield _absent(missing.pop())
        if missing:
            missing.pop()
        shares = [share for hand in hands if (share := hand.take(entry.index))]
        if shares or secrets or indexes is not None:
            yield _open(entry, bundle.head, checkpoint, secrets, shares)
    yield from map(_absent, reversed(missing))


def check_entry(entry: BundleEntry, head: BundleHead, checkpoint: Checkpoint) -> Leaf:
    """The leaf of an entry, if it is one of this campaign's signatures in this log; raises BundleRefused."""
    try:
        leaf = read_leaf(entry.leaf)
        verify_inclusion(leaf_hash(entry.leaf), entry.index, checkpoint.size, entry.proof, checkpoint.root)
    except (LeafDamaged, ProofRefused):
        raise BundleRefused("its leaf is not in the ledger that the checkpoint speaks of.") from None
    if leaf.kind != Kind.SIGNATURE or leaf.campaign != campaign_tag(head.origin, head.campaign):
        raise BundleRefused("its leaf is not a signature of this campaign.")
    return leaf


def unseal(
    bundle: Bundle,
    checkpoint: Checkpoint | None,
    secret: CustodianSecret,
    problems: list[str],
    indexes: Container[int] | None = None,
) -> Iterator[tuple[int, bytes]]:
    """One custodian's shares of a bundle, by index; what is not opened is told in `problems`.

    Only records of the ledger are opened, by `checkpoint`; it is None for a rehearsal, whose record is in none.
    """
    for entry in bundle.entries(indexes):
        try:
            if checkpoint is not None:
                check_entry(entry, bundle.head, checkpoint)
            _check_campaign(entry, bundle.head)
            yield entry.index, open_share(entry.sealed, secret)
        except (SealError, BundleRefused) as problem:
            problems.append(f"Record {entry.index}: {problem}")


def _absent(index: int) -> Opened:
    return Opened(index, None, problem=f"Record {index}: it is not in the bundle.")


def _open(
    entry: BundleEntry,
    head: BundleHead,
    checkpoint: Checkpoint,
    secrets: Sequence[CustodianSecret],
    shares: list[bytes],
) -> Opened:
    try:
        leaf = check_entry(entry, head, checkpoint)
        _check_campaign(entry, head)
        record = open_with_shares(entry.sealed, [*_shares_of(entry, secrets, alone=not shares), *shares])
    except (SealError, BundleRefused) as problem:
        return Opened(entry.index, entry, problem=f"Record {entry.index}: {problem}")
    except ValueError:
        return Opened(entry.index, entry, problem=f"Record {entry.index}: it is not what standwith writes.")
    if commitment(record) != leaf.commitment or record.code != leaf.code:
        told = f"Record {entry.index}: it is not the record that its leaf in the ledger stands for."
        return Opened(entry.index, entry, problem=told, readable=True)
    return Opened(entry.index, entry, record, readable=True)


def _check_campaign(entry: BundleEntry, head: BundleHead) -> None:
    if take_apart(entry.sealed, RECORD).campaign != head.sealed_for:
        raise BundleRefused("it belongs to another campaign.")


def _shares_of(entry: BundleEntry, secrets: Sequence[CustodianSecret], *, alone: bool) -> list[bytes]:
    """The shares that the keys at hand open; raises WrongKey where no key fits and nothing else is there, and
    DamagedRecord only where too few are left without those that do not open."""
    envelope = take_apart(entry.sealed, RECORD)
    ids = envelope.key_ids
    fitting = [secret for secret in secrets if secret.id in ids]
    if secrets and alone and not fitting:
        raise WrongKey(f"it is sealed to the keys {', '.join(key.hex() for key in ids)}; none of them was given.")
    shares, damaged = list[bytes](), list[SealError]()
    for secret in fitting:
        try:
            shares.append(open_share(entry.sealed, secret))
        except SealError as problem:
            damaged.append(problem)
    if damaged and alone and len(shares) < envelope.needed:
        raise damaged[0]
    return shares


class _Hand:
    """Goes along a file of shares in step with the bundle."""

    def __init__(self, file: Shares) -> None:
        self._shares = file.all()
        self._next = next(self._shares, None)

    def take(self, index: int) -> bytes | None:
        """The share of this index, if the file has one; indexes must rise from call to call."""
        while self._next and self._next[0] < index:
            self._next = next(self._shares, None)
        return self._next[1] if self._next and self._next[0] == index else None

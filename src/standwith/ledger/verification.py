"""Verifying a whole log from its public files, as anybody can who holds a policy.

    checkpoint   signed by a log of the policy, cosigned by its quorum
    entries      every leaf read; together they lead to the signed root
    tiles        those of every level are the ones that the leaves lead to
    addenda      each is the one that its leaf names; those that are missing are told

Further questions are answered from what this one pass kept: has the log grown from an older checkpoint or receipt, is
a shown number right, which signatures carry a code, does a signature still count.
Invariant: `verify_log` returns or raises LedgerError; there is no half verified log. It needs no tables and no network:
`read` gives the files, and FileNotFoundError or KeyError where there is none (mirrors.py has such functions).
It says nothing of people: a leaf is not a person. Standards: C2SP tlog-tiles, tlog-checkpoint, tlog-policy; RFC 6962.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice

import msgspec

from standwith.ledger.addendum import addendum_path, check_addendum
from standwith.ledger.checkpoint import Checkpoint
from standwith.ledger.count import Count, Counter
from standwith.ledger.errors import NumberWrong, ProofRefused, TileDamaged, TileMissing
from standwith.ledger.leaf import (
    CODE,
    COMMITMENT,
    LEAF_BYTES,
    TAG,
    VERSION,
    WITHDRAW,
    Kind,
    campaign_tag,
    withdraw_hash,
)
from standwith.ledger.policy import Policy, Witnessed
from standwith.ledger.receipt import Receipt, check_receipt
from standwith.ledger.tiles import WIDTH, Growth, entries_path

Read = Callable[[str], bytes]
Tell = Callable[[int, int], None]  # leaves read so far, leaves in all
At = Callable[[int, Counter], None]  # size, what was counted by then
AT_ONCE = 1 << 12  # leaves
WITHDRAWN = 0  # what `fate` says of a withdrawn signature; voided ones have their reason
_PARTIAL = ".p/"
_SIGNATURE, _WITHDRAWAL, _VOID = (bytes((VERSION, kind)) for kind in (Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID))
_SPOKEN = frozenset(Kind) - {Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID}
_NO_ADDENDUM = bytes(32)


class _Named(msgspec.Struct):
    """What most addenda have in common."""

    campaign: str


@dataclass
class Verified:
    """A log that was read from its first leaf to its last, and holds."""

    checkpoint: Checkpoint
    witnessed: Witnessed
    roots: dict[int, bytes] = field(default_factory=dict)  # at the sizes that were asked for, and at its own
    counts: dict[int, dict[bytes, Count]] = field(default_factory=dict)  # size -> campaign tag -> count, likewise
    names: dict[bytes, str] = field(default_factory=dict)  # campaign tag -> id, as far as statements say it
    found: list[tuple[int, bytes]] = field(default_factory=list)  # signatures with the code that was asked for
    others: list[tuple[int, bytes]] = field(default_factory=list)  # leaves that are no signatures
    missing: list[str] = field(default_factory=list)  # paths of addenda that are not there
    leaves: dict[int, bytes] = field(default_factory=dict)  # those that were asked for by index

    def count(self, tag: bytes, size: int | None = None) -> Count:
        """A campaign's count at the size of the checkpoint, or at one that was asked for."""
        counts = self.counts[self.checkpoint.size if size is None else size]
        return counts.get(tag, Count(0, 0, {}))


def verify_log(
    read: Read,
    policy: Policy,
    *,
    sizes: Collection[int] = (),
    indexes: Collection[int] = (),
    code: bytes | None = None,
    at_once: int = 1,
    tell: Tell | None = None,
    at: At | None = None,
) -> Verified:
    """Read and check everything; raises NoteRefused, ProofRefused, TileDamaged or TileMissing.

    `sizes` are those at which root and counts are wanted too, `indexes` the leaves to keep; ones that the log does not
    reach are left out. `code`: the recognition code to look for. `at_once`: how many files to read at a time. `at` is
    given the counter at each of `sizes`, before it is known that the log holds.
    """
    note = _fetch(read, "checkpoint")
    checkpoint = policy.accept(note)
    verified = Verified(checkpoint, policy.witnessed(note))
    stops = sorted({size for size in sizes if size < checkpoint.size} | {checkpoint.size})
    files, leaves = _Files(read, at_once), read_leaves(read, checkpoint.size, at_once=at_once)
    growth, counter, edge = Growth(), Counter(), dict[str, tuple[str, bytes]]()
    for stop in stops:
        while some := list(islice(leaves, min(AT_ONCE, stop - growth.size))):
            _look_at(some, growth.size, verified, indexes, code)
            files.compare(_lasting(growth.grow(some), edge))
            counter.fold(some)
            if tell:
                tell(growth.size, checkpoint.size)
        verified.roots[stop] = growth.root()
        verified.counts[stop] = {tag: counter.count(tag) for tag in counter.campaigns()}
        if at:
            at(stop, counter)
    files.compare(dict(edge.values()))
    if growth.root() != checkpoint.root:
        raise ProofRefused(f"The {checkpoint.size} leaves do not lead to the root that the log has signed.")
    _read_addenda(files, verified)
    return verified


def read_leaves(read: Read, size: int, *, at_once: int = 1) -> Iterator[bytes]:
    """The first `size` leaves as they lie there; raises TileMissing, TileDamaged.

    Not to be believed before they lead to a root that was signed, which is for the caller to see.
    """
    return chain.from_iterable(_bundles(_Files(read, at_once), size))


def read_addendum(read: Read, digest: bytes) -> bytes:
    """The addendum with this digest; raises TileMissing, TileDamaged."""
    return check_addendum(digest, _fetch(read, addendum_path(digest)))


def check_growth(verified: Verified, older: Checkpoint) -> None:
    """The log has grown from this checkpoint, whose size was among `sizes`; raises ProofRefused."""
    if older.origin != verified.checkpoint.origin:
        raise ProofRefused(f"The older checkpoint is one of {older.origin}, not of {verified.checkpoint.origin}.")
    if older.size > verified.checkpoint.size:
        raise ProofRefused(
            f"The log has {verified.checkpoint.size} leaves and had {older.size} before: it was cut short, or these "
            "files are older than they should be."
        )
    if verified.roots[older.size] != older.root:
        raise ProofRefused(
            f"The first {older.size} leaves are not those of the older checkpoint: the log was rewritten."
        )


def check_against(verified: Verified, receipt: Receipt, policy: Policy) -> Checkpoint:
    """The receipt holds, and this log has grown from the one that it was taken from; raises ProofRefused, NoteRefused.

    Its index was among `indexes`, the size of its checkpoint among `sizes`.
    """
    checkpoint = check_receipt(receipt, policy)
    check_growth(verified, checkpoint)
    if verified.leaves[receipt.index] != receipt.leaf:
        raise ProofRefused(f"Leaf {receipt.index} of the log is not the one of the receipt.")
    return checkpoint


def check_number(verified: Verified, tag: bytes, shown: int, size: int | None = None) -> None:
    """The number that is shown for a campaign is the log's at that size; raises NumberWrong."""
    number = verified.count(tag, size).number
    if shown != number:
        raise NumberWrong(
            f"The page shows {shown}, the log says {number}. If people are signing just now, try again in a minute."
        )


def fate(verified: Verified, index: int, leaf: bytes) -> tuple[int, int] | None:
    """(index, reason) of the leaf that took this signature out of the count, or None while it counts."""
    for place, other in verified.others:
        if place > index and other[TAG] == leaf[TAG] and other[CODE][:8] == index.to_bytes(8, "big"):
            if other[:2] == _VOID:
                return place, other[CODE][8]
            if other[:2] == _WITHDRAWAL and withdraw_hash(other[COMMITMENT][:16]) == leaf[WITHDRAW]:
                return place, WITHDRAWN
    return None


class _Files:
    """The log's files, several of them at a time."""

    def __init__(self, read: Read, at_once: int) -> None:
        self._read, self._at_once = read, at_once

    def fetch(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """(path, content) of these files in their order; raises TileMissing."""
        if self._at_once == 1:
            yield from ((path, _fetch(self._read, path)) for path in paths)
            return
        with ThreadPoolExecutor(self._at_once) as threads:
            for start in range(0, len(paths), 4 * self._at_once):
                some = paths[start : start + 4 * self._at_once]
                yield from zip(some, threads.map(lambda path: _fetch(self._read, path), some), strict=True)

    def compare(self, expected: Mapping[str, bytes]) -> None:
        """These files are there and hold this; raises TileMissing, TileDamaged."""
        for path, data in self.fetch(list(expected)):
            if data != expected[path]:
                raise TileDamaged(f"{path} is not what the leaves lead to: it was changed, or one of them was.")


def _fetch(read: Read, path: str) -> bytes:
    """A file; where a partial one is gone, the beginning of the full one."""
    whole, _, width = path.partition(_PARTIAL)
    try:
        return read(path)
    except (FileNotFoundError, KeyError):
        if not width:
            raise TileMissing(f"The log has no {path}.") from None
    data = _fetch(read, whole)
    return data[: len(data) // WIDTH * int(width)]


def _bundles(files: _Files, size: int) -> Iterator[list[bytes]]:
    """The leaves, bundle by bundle."""
    paths = [entries_path(start // WIDTH, min(WIDTH, size - start)) for start in range(0, size, WIDTH)]
    entry = 2 + LEAF_BYTES
    for start, (path, data) in zip(range(0, size, WIDTH), files.fetch(paths), strict=True):
        width = min(WIDTH, size - start)
        lengths = data[::entry] + data[1::entry]
        if len(data) != entry * width or lengths != bytes(width) + bytes((LEAF_BYTES,)) * width:
            raise TileDamaged(f"{path} does not hold {width} leaves of {LEAF_BYTES} bytes.")
        yield [data[at : at + LEAF_BYTES] for at in range(2, len(data), entry)]


def _lasting(made: Mapping[str, bytes], edge: dict[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The full tiles among those made; the partial ones wait in `edge` until the tree has its size, or fills them."""
    full = {}
    for path, data in made.items():
        whole, _, width = path.partition(_PARTIAL)
        if path.startswith("tile/entries/"):
            continue  # these are where the leaves come from
        if width:
            edge[whole] = path, data
        else:
            edge.pop(whole, None)
            full[path] = data
    return full


def _look_at(leaves: list[bytes], first: int, verified: Verified, indexes: Collection[int], code: bytes | None) -> None:
    """Keep what was asked for, and what is no signature."""
    verified.leaves |= {index: leaves[index - first] for index in indexes if 0 <= index - first < len(leaves)}
    verified.others += [(place, leaf) for place, leaf in enumerate(leaves, first) if leaf[:2] != _SIGNATURE]
    if code is not None:
        carrying = [(place, leaf) for place, leaf in enumerate(leaves, first) if leaf[CODE] == code]
        verified.found += [(place, leaf) for place, leaf in carrying if leaf[:2] == _SIGNATURE]


def _read_addenda(files: _Files, verified: Verified) -> None:
    for _, leaf in verified.others:
        digest = leaf[COMMITMENT]
        if leaf[0] != VERSION or leaf[1] not in _SPOKEN or digest == _NO_ADDENDUM:
            continue
        try:
            ((_, body),) = files.fetch([addendum_path(digest)])
        except TileMissing:
            verified.missing.append(addendum_path(digest))
            continue
        name = _name_in(check_addendum(digest, body))
        if campaign_tag(verified.checkpoint.origin, name) == leaf[TAG]:
            verified.names[leaf[TAG]] = name


def _name_in(body: bytes) -> str:
    """The id of the campaign that the addendum speaks of, or an empty text."""
    try:
        return msgspec.json.decode(body, type=_Named).campaign
    except msgspec.DecodeError:
        return ""

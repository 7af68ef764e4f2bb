"""A bundle: sealed records of one campaign in one file, with what proves them, to be carried to the custodians.

    standwith-bundle-2                                        a line, ended by LF
    {"campaign":"stand-with-belarus","texts":{"2c26…":["en",1]},"origin":"act.example.org/log","log_key":"act…",
     "checkpoint":"act.example.org/log\\n3\\n…","needed":2,"custodians":["standwith-custodian-1 …","age1…"]}
    000012a4                                                  JSON, on one line; then for every record: its length,
      0000000000000007                                        4 bytes big-endian | index in the ledger, 8
      <76 bytes: its leaf>                                    | the leaf
      02 <32 bytes> <32 bytes>                                | how many hashes the proof has, and they
      <a sealed record>                                       | the record
    …
    00000000 <32 bytes>                                       the end; SHA-256 of all that precedes

`texts` gives (language, version) by digest, `log_key` the key that signed the checkpoint, `custodians` the keys that
were the campaign's when the bundle was written; a record's own head says to whom it is sealed. A bundle for a rehearsal
has an empty checkpoint, and its record no proof.
Invariant: a bundle that was cut, changed or lengthened is noticed before anything of it is given out; indexes rise. It
opens nothing, checks no proof, and holds nothing in the clear but what the ledger shows, and the campaign's texts and
custodians. Reading and writing go record by record, whatever the size.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import SEEK_CUR
from typing import IO

import msgspec

from standwith.sealing.errors import SealError, UnknownVersion

FIRST_LINE = b"standwith-bundle-2\n"
LONGEST_HEAD = 10_000_000
LONGEST_RECORD = 1_000_000
LEAF_BYTES, HASH_BYTES, MOST_HASHES = 76, 32, 63
REHEARSED = "/rehearsal"  # behind the campaign's id; no campaign's id has a slash
_FIXED = 8 + LEAF_BYTES + 1
_AT_ONCE = 1 << 20


class BundleDamaged(SealError):
    """The file is no bundle, or not as it was written; fetch it again."""


class BundleHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a bundle says in the clear of all its records."""

    campaign: str
    texts: Mapping[str, tuple[str, int]]
    origin: str
    log_key: str
    checkpoint: str
    needed: int
    custodians: tuple[str, ...]

    @property
    def is_rehearsal(self) -> bool:
        """Whether it holds a test record, which is in no ledger."""
        return not self.checkpoint

    @property
    def sealed_for(self) -> str:
        """What the heads of its records name: for a rehearsal nothing that a supporter's record could name."""
        return self.campaign + REHEARSED if self.is_rehearsal else self.campaign


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """A sealed record, its leaf, and the hashes that lead from the leaf to the root of the checkpoint."""

    index: int
    leaf: bytes
    proof: tuple[bytes, ...]
    sealed: bytes


class Bundle:
    """A bundle that was read through once and found whole; `digest` is what tells it from every other."""

    def __init__(self, file: IO[bytes], head: BundleHead, digest: bytes, start: int, count: int) -> None:
        self._file, self._start = file, start
        self.head, self.digest, self.count = head, digest, count

    @classmethod
    def read(cls, file: IO[bytes]) -> "Bundle":
        """Check a file from its start to its end; raises UnknownVersion or BundleDamaged."""
        first = file.readline(len(FIRST_LINE))
        if first != FIRST_LINE:
            if first.startswith(b"standwith-bundle-"):
                raise UnknownVersion("The bundle was written by another version of standwith.")
            raise BundleDamaged("This is not a bundle; make one with: standwith export")
        line = file.readline(LONGEST_HEAD)
        start = len(first) + len(line)
        file.seek(0)
        digest = _check_digest(file)
        try:
            head = msgspec.json.decode(line, type=BundleHead)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise BundleDamaged("The head of the bundle is damaged; fetch it again.") from None
        bundle = cls(file, head, digest, start, 0)
        for _, length in bundle._heads():
            file.seek(length - 8, SEEK_CUR)
            bundle.count += 1
        return bundle

    def entries(self, indexes: Container[int] | None = None) -> Iterator[BundleEntry]:
        """The records in the order of their indexes; only those among `indexes`, where they are given."""
        for index, length in self._heads():
            if indexes is None or index in indexes:
                yield _take_apart(index, _exactly(self._file, length - 8))
            else:
                self._file.seek(length - 8, SEEK_CUR)

    def _heads(self) -> Iterator[tuple[int, int]]:
        """Index and length of every record; whoever takes one reads it or goes past it."""
        self._file.seek(self._start)
        latest = -1
        while length := int.from_bytes(_exactly(self._file, 4), "big"):
            index = int.from_bytes(_exactly(self._file, 8), "big")
            if not _FIXED < length <= LONGEST_RECORD or index <= latest:
                raise BundleDamaged("The bundle is damaged; fetch it again.")
            latest = index
            yield index, length
        if self._file.read() != self.digest:
            raise BundleDamaged("The bundle is damaged; fetch it again.")


def write_bundle(file: IO[bytes], head: BundleHead, entries: Iterable[BundleEntry]) -> int:
    """Write a bundle into an empty file; return how many records it holds."""
    hashed, count = hashlib.sha256(), 0

    def put(data: bytes) -> None:
        hashed.update(data)
        file.write(data)

    put(FIRST_LINE + msgspec.json.encode(head) + b"\n")
    for entry in entries:
        data = entry.index.to_bytes(8, "big") + entry.leaf + bytes([len(entry.proof)]) + b"".join(entry.proof)
        put((len(data) + len(entry.sealed)).to_bytes(4, "big") + data + entry.sealed)
        count += 1
    put(bytes(4))
    file.write(hashed.digest())
    return count


def _take_apart(index: int, data: bytes) -> BundleEntry:
    """What follows the index."""
    start = LEAF_BYTES + 1
    end = start + data[LEAF_BYTES] * HASH_BYTES
    if data[LEAF_BYTES] > MOST_HASHES or len(data) <= end:
        raise BundleDamaged("The bundle is damaged; fetch it again.")
    proof = tuple(data[at : at + HASH_BYTES] for at in range(start, end, HASH_BYTES))
    return BundleEntry(index, data[:LEAF_BYTES], proof, data[end:])


def _check_digest(file: IO[bytes]) -> bytes:
    """The digest at the end of the file, which must be that of all before it."""
    hashed, kept = hashlib.sha256(), b""
    while some := file.read(_AT_ONCE):
        kept += some
        hashed.update(kept[:-HASH_BYTES])
        kept = kept[-HASH_BYTES:]
    if kept != hashed.digest():
        raise BundleDamaged("The bundle is cut short or damaged; fetch it again.")
    return kept


def _exactly(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise BundleDamaged("The bundle is cut short; fetch it again.")
    return data

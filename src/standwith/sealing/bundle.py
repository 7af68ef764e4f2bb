"""A bundle: the sealed records of one campaign in one file, to be carried to a machine that has the key.

    standwith-bundle-1                                                         a line, ended by LF
    {"campaign":"stand-with-belarus","texts":{"2c26…":["en",1]}}               JSON on a line: the texts, by digest
    00000972 <2418 bytes: a sealed record>                                     length, 4 bytes big-endian, and record
    …                                                                          as many as there are
    00000000 <32 bytes>                                                        the end; SHA-256 of all that precedes

Invariant: reading gives what was written, or raises BundleDamaged at the latest at its end: a bundle that was cut,
changed or lengthened is noticed. It opens nothing, and holds nothing in the clear but the campaign, its text versions
and how many records there are. Reading and writing go record by record, whatever the size.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

import msgspec

from standwith.sealing.errors import SealError, UnknownVersion

FIRST_LINE = b"standwith-bundle-1\n"
LONGEST_HEAD = 10_000_000
LONGEST_RECORD = 1_000_000


class BundleDamaged(SealError):
    """The file is no bundle, or not as it was written; fetch it again."""


class BundleHead(msgspec.Struct, frozen=True):
    """What a bundle says in the clear: the campaign, and (language, version number) of its texts by digest."""

    campaign: str
    texts: Mapping[str, tuple[str, int]]


class _Hashing:
    """A file whose bytes are hashed as they go by."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.hash.update(data)
        self.file.write(data)

    def read(self, size: int) -> bytes:
        return self._hashed(self.file.read(size), size)

    def readline(self, longest: int) -> bytes:
        return self._hashed(self.file.readline(longest))

    def _hashed(self, data: bytes, size: int = 0) -> bytes:
        if len(data) < size:
            raise BundleDamaged("The bundle is cut short; fetch it again.")
        self.hash.update(data)
        return data


def write_bundle(file: IO[bytes], head: BundleHead, records: Iterable[bytes]) -> int:
    """Write a bundle into an empty file; return how many records it holds."""
    out, count = _Hashing(file), 0
    out.write(FIRST_LINE + msgspec.json.encode(head) + b"\n")
    for record in records:
        out.write(len(record).to_bytes(4, "big") + record)
        count += 1
    out.write(bytes(4))
    file.write(out.hash.digest())
    return count


def read_bundle(file: IO[bytes]) -> tuple[BundleHead, Iterator[bytes]]:
    """The head, and the records in order. Raises UnknownVersion or BundleDamaged; the records may, up to their end."""
    source = _Hashing(file)
    first = source.readline(len(FIRST_LINE))
    if first != FIRST_LINE:
        if first.startswith(b"standwith-bundle-"):
            raise UnknownVersion("The bundle was written by another version of standwith.")
        raise BundleDamaged("This is not a bundle; make one with: standwith export")
    try:
        head = msgspec.json.decode(source.readline(LONGEST_HEAD), type=BundleHead)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BundleDamaged("The head of the bundle is damaged; fetch it again.") from None
    return head, _records(source)


def _records(source: _Hashing) -> Iterator[bytes]:
    while length := int.from_bytes(source.read(4), "big"):
        if length > LONGEST_RECORD:
            raise BundleDamaged("The bundle is damaged; fetch it again.")
        yield source.read(length)
    digest = source.hash.digest()
    if source.read(32) != digest or source.file.read(1):
        raise BundleDamaged("The bundle is damaged; fetch it again.")

"""A file of shares: what one custodian opened of one bundle, to be carried to where the shares come together.

    standwith-shares-1                                                         a line, ended by LF
    {"campaign":"stand-with-belarus","bundle":"9f86…","custodian":"5b3f…"}     JSON on a line
    0000000000000007 <33 bytes>                                                index in the ledger, and share
    …                                                                          indexes rise
    ffffffffffffffff <32 bytes>                                                the end; SHA-256 of all that precedes

`bundle` is the digest of the bundle, `custodian` the id of the key that opened. Whoever has the files of enough
custodians, and the bundle, reads its records: a file of shares is as secret as what it opens, and is destroyed with it.
Invariant: a file that was cut or changed is noticed before anything of it is given out. It opens nothing itself.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from standwith.custody.errors import SharesDamaged, SharesForeign
from standwith.sealing.bundle import Bundle
from standwith.sealing.errors import UnknownVersion

FIRST_LINE = b"standwith-shares-1\n"
LONGEST_HEAD = 10_000
SHARE_BYTES = 33
_END, _DIGEST_BYTES, _AT_ONCE = b"\xff" * 8, 32, 1 << 20
_DAMAGED = "The file of shares is damaged; let its custodian make it again."


class SharesHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose shares of which bundle these are."""

    campaign: str
    bundle: str
    custodian: str


class Shares:
    """A file of shares that was read through once and found whole."""

    def __init__(self, file: IO[bytes], head: SharesHead, start: int) -> None:
        self._file, self._start = file, start
        self.head = head

    @classmethod
    def read(cls, file: IO[bytes]) -> "Shares":
        """Check a file from its start to its end; raises UnknownVersion or SharesDamaged."""
        first = file.readline(len(FIRST_LINE))
        if first != FIRST_LINE:
            if first.startswith(b"standwith-shares-"):
                raise UnknownVersion("The shares were written by another version of standwith.")
            raise SharesDamaged("This is not a file of shares; make one with: standwith custody unseal")
        line = file.readline(LONGEST_HEAD)
        file.seek(0)
        _check_digest(file)
        try:
            head = msgspec.json.decode(line, type=SharesHead)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise SharesDamaged(_DAMAGED) from None
        return cls(file, head, len(first) + len(line))

    def check_bundle(self, bundle: Bundle) -> None:
        """Raise SharesForeign unless the shares are of this bundle."""
        if self.head.campaign != bundle.head.campaign:
            raise SharesForeign(f"The shares are for {self.head.campaign}, the bundle holds {bundle.head.campaign}.")
        if self.head.bundle != bundle.digest.hex():
            raise SharesForeign(
                "The shares were opened from another bundle of this campaign; all custodians must open the same file."
            )

    def all(self) -> Iterator[tuple[int, bytes]]:
        """Index and share, in the order of the indexes."""
        self._file.seek(self._start)
        latest = -1
        while (place := self._file.read(8)) != _END:
            index, share = int.from_bytes(place, "big"), self._file.read(SHARE_BYTES)
            if index <= latest or len(place) < 8 or len(share) < SHARE_BYTES:
                raise SharesDamaged(_DAMAGED)
            latest = index
            yield index, share


def write_shares(file: IO[bytes], head: SharesHead, shares: Iterable[tuple[int, bytes]]) -> int:
    """Write shares into an empty file; return how many there are."""
    hashed, count = hashlib.sha256(), 0

    def put(data: bytes) -> None:
        hashed.update(data)
        file.write(data)

    put(FIRST_LINE + msgspec.json.encode(head) + b"\n")
    for index, share in shares:
        put(index.to_bytes(8, "big") + share)
        count += 1
    put(_END)
    file.write(hashed.digest())
    return count


def _check_digest(file: IO[bytes]) -> None:
    hashed, kept = hashlib.sha256(), b""
    while some := file.read(_AT_ONCE):
        kept += some
        hashed.update(kept[:-_DIGEST_BYTES])
        kept = kept[-_DIGEST_BYTES:]
    if kept != hashed.digest():
        raise SharesDamaged(_DAMAGED)

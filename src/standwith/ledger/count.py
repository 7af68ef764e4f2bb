"""The count: a pure function of the log up to a size.

    number(campaign, size) = its signatures - the distinct valid targets of its withdrawals and voids

A target is valid when it stands before the leaf that names it, is a signature, and carries the same campaign tag; for
a withdrawal also when the hash of the w that it reveals is the one in the signature. The first valid leaf takes a
signature out; what comes later takes out nothing more. Leaves of another length, version or kind count nothing, and
the bytes that a kind doesn't use are not looked at.
Invariant: what a Counter says depends on the leaves and their order only, not on how they were cut into folds. It does
not check that the leaves are those of a signed log: that is for who reads them. Made for a million leaves in about a
second, so it works on slices of many leaves at once and keeps 20 bytes of each.
"""

import collections
from array import array
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from standwith.ledger.leaf import LEAF_BYTES, VERSION, Kind, withdraw_hash

_HEAD, _WITHDRAW_HASH = itemgetter(slice(0, 10)), itemgetter(slice(58, 74))
_SIGNATURE, _WITHDRAWAL, _VOID = (bytes((VERSION, kind)) for kind in (Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID))
_NOT_OURS = bytes(LEAF_BYTES)  # stands in for leaves of another length: version 0
_AT_ONCE = 8192


class Count(NamedTuple):
    """What the log says of one campaign. `voided`: reason -> how many."""

    signatures: int
    withdrawn: int
    voided: Mapping[int, int]

    @property
    def number(self) -> int:
        """How many signatures stand."""
        return self.signatures - self.withdrawn - sum(self.voided.values())


class Counter:
    """Counts every campaign of a log while its leaves come in, in order, from the first one on."""

    def __init__(self) -> None:
        self.size = 0
        self._numbers: dict[bytes, int] = {}  # head (version, kind, tag) -> its number in _heads
        self._heads = array("I")  # of every leaf
        self._withdraw = bytearray()  # the 16 bytes at 58 of every leaf
        self._signatures: collections.Counter[bytes] = collections.Counter()  # tag -> signatures
        self._withdrawn: collections.Counter[bytes] = collections.Counter()
        self._voided: dict[bytes, collections.Counter[int]] = {}
        self._gone: set[int] = set()  # indexes that a valid leaf took out

    def fold(self, leaves: Iterable[bytes]) -> None:
        """Take in the next leaves."""
        waiting = iter(leaves)
        while some := list(islice(waiting, _AT_ONCE)):
            self._fold(some)

    def count(self, tag: bytes) -> Count:
        """What the leaves so far say of this campaign."""
        return Count(self._signatures[tag], self._withdrawn[tag], dict(sorted(self._voided.get(tag, {}).items())))

    def campaigns(self) -> list[bytes]:
        """The tags that have signatures, in the order of their first."""
        return list(self._signatures)

    def standing(self, tag: bytes) -> Iterator[int]:
        """The indexes of a campaign's signatures that count, rising. Take them all before you fold on."""
        signed, gone = self._numbers.get(_SIGNATURE + tag), self._gone
        return (index for index, head in enumerate(self._heads) if head == signed and index not in gone)

    @property
    def gone(self) -> Set[int]:
        """The indexes of the signatures, of all campaigns, that do not count any more."""
        return self._gone

    def _fold(self, leaves: list[bytes]) -> None:
        if set(map(len, leaves)) != {LEAF_BYTES}:
            leaves = [leaf if len(leaf) == LEAF_BYTES else _NOT_OURS for leaf in leaves]
        heads = list(map(_HEAD, leaves))
        kinds = set()
        for head, times in collections.Counter(heads).items():
            self._numbers.setdefault(head, len(self._numbers))
            kinds.add(head[:2])
            if head[:2] == _SIGNATURE:
                self._signatures[head[2:]] += times
        self._heads.extend(map(self._numbers.__getitem__, heads))
        self._withdraw += b"".join(map(_WITHDRAW_HASH, leaves))
        if kinds & {_WITHDRAWAL, _VOID}:
            for index, leaf in enumerate(leaves, self.size):
                if leaf[:2] == _WITHDRAWAL or leaf[:2] == _VOID:
                    self._take_out(index, leaf)
        self.size += len(leaves)

    def _take_out(self, index: int, leaf: bytes) -> None:
        tag, target = leaf[2:10], int.from_bytes(leaf[10:18], "big")
        if target >= index or target in self._gone or self._heads[target] != self._numbers.get(_SIGNATURE + tag):
            return
        if leaf[:2] == _VOID:
            self._voided.setdefault(tag, collections.Counter())[leaf[18]] += 1
        elif withdraw_hash(leaf[26:42]) == self._withdraw[16 * target : 16 * target + 16]:
            self._withdrawn[tag] += 1
        else:
            return
        self._gone.add(target)

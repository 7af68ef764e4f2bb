"""Tiles: a Merkle tree as static files, and the proofs that can be read from them.

    tile/0/x001/067          256 leaf hashes, 8,192 bytes
    tile/1/004.p/17          a partial tile: the 17 hashes that the tree of this size has there
    tile/entries/x001/067    256 leaves, each after its length (two bytes)

A hash of level 1 is the root of a full tile of level 0, and so on up. `Growth` is the right edge of a tree: it takes
leaves and gives back the files that are new. `Tree` reads the files of a tree of a given size.
Invariant: a file with a given path never changes, and a partial tile is the beginning of the full one. `Tree` believes
what it reads, as long as it has the right length; whoever does not trust the files checks proofs with merkle.py.
Standard: C2SP tlog-tiles.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from standwith.ledger.errors import TileDamaged, TileMissing
from standwith.ledger.merkle import EMPTY_ROOT, HASH_BYTES, leaf_hash, node_hash, root_of, row_above

WIDTH = 256
_HEIGHT = 8
_AT_ONCE = 1 << 16
_TILES_KEPT = 64


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Where a tile of hashes lies."""
    return f"tile/{level}/{_index_path(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Where a bundle of leaves lies."""
    return f"tile/entries/{_index_path(index, width)}"


def _index_path(index: int, width: int) -> str:
    parts = [f"{index % 1000:03}"]
    while index := index // 1000:
        parts.insert(0, f"x{index % 1000:03}")
    return "/".join(parts) + (f".p/{width}" if width < WIDTH else "")


class Growth:
    """A tree that grows: of every level it holds the hashes, and of the entries the leaves, that fill no tile yet."""

    def __init__(self) -> None:
        self.size = 0
        self._levels: list[list[bytes]] = [[]]
        self._entries: list[bytes] = []  # each with its length before it

    @classmethod
    def of(cls, leaves: Iterable[bytes]) -> "Growth":
        """The edge of a tree of these leaves, from the first one on."""
        growth, waiting = cls(), iter(leaves)
        while some := list(islice(waiting, _AT_ONCE)):
            growth.grow(some)
        return growth

    def copy(self) -> "Growth":
        """Another one of the same tree, to try things with."""
        other = Growth()
        other.size, other._levels, other._entries = self.size, [list(row) for row in self._levels], list(self._entries)
        return other

    def root(self) -> bytes:
        """The root of the tree as it is."""
        beyond: list[bytes] = []  # the part of the tree that is too small for a hash of this level
        for row in self._levels:
            if hashes := row + beyond:
                beyond = [root_of(hashes)]
        return beyond[0] if beyond else EMPTY_ROOT

    def grow(self, leaves: Sequence[bytes]) -> dict[str, bytes]:
        """Take in the next leaves; gives path -> content of all files that the tree needs now and had not before."""
        files = self._grow_entries(leaves)
        new = [leaf_hash(leaf) for leaf in leaves]
        self.size += len(leaves)
        level = 0
        while new:
            if level == len(self._levels):
                self._levels.append([])
            new = self._grow_level(level, new, files)
            level += 1
        return files

    def _grow_entries(self, leaves: Sequence[bytes]) -> dict[str, bytes]:
        files = {}
        first, row = self.size // WIDTH, self._entries
        row += [len(leaf).to_bytes(2, "big") + leaf for leaf in leaves]
        full = len(row) // WIDTH
        for number in range(full):
            files[entries_path(first + number)] = b"".join(row[number * WIDTH : (number + 1) * WIDTH])
        del row[: full * WIDTH]
        if row and leaves:
            files[entries_path(first + full, len(row))] = b"".join(row)
        return files

    def _grow_level(self, level: int, new: list[bytes], files: dict[str, bytes]) -> list[bytes]:
        row = self._levels[level]
        row += new
        full = len(row) // WIDTH
        index = (self.size >> _HEIGHT * (level + 1)) - full  # of the first tile that was not full before
        roots = []
        for number in range(full):
            tile = row[number * WIDTH : (number + 1) * WIDTH]
            files[tile_path(level, index + number)] = b"".join(tile)
            roots.append(root_of(tile))
        del row[: full * WIDTH]
        if row:
            files[tile_path(level, index + full, len(row))] = b"".join(row)
        return roots


class Tree:
    """The tree of a given size, read from its files.

    `read` gives the content of a path and raises FileNotFoundError or KeyError when there is none.
    """

    def __init__(self, read: Callable[[str], bytes], size: int) -> None:
        self.size = size
        self._read = read
        self._tile = lru_cache(_TILES_KEPT)(self._read_tile)

    def root(self) -> bytes:
        """The root over all leaves."""
        return self._hash(0, self.size) if self.size else EMPTY_ROOT

    def inclusion(self, index: int) -> list[bytes]:
        """The proof that leaf `index` is in the tree: siblings, from the leaf up."""
        if not 0 <= index < self.size:
            raise TileMissing(f"A log of {self.size} leaves has no leaf {index}.")
        proof, start, end = [], 0, self.size
        while end - start > 1:
            middle = start + _half(end - start)
            if index < middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        return proof[::-1]

    def consistency(self, old_size: int) -> list[bytes]:
        """The proof that the tree of `old_size` leaves is the beginning of this one."""
        if not 0 <= old_size <= self.size:
            raise TileMissing(f"A log of {self.size} leaves never had {old_size}.")
        if old_size in (0, self.size):
            return []
        proof, start, end = [], 0, self.size
        while old_size < end:
            middle = start + _half(end - start)
            if old_size <= middle:
                proof.append(self._hash(middle, end))
                end = middle
            else:
                proof.append(self._hash(start, middle))
                start = middle
        if start:
            proof.append(self._hash(start, end))
        return proof[::-1]

    def leaf(self, index: int) -> bytes:
        """One leaf."""
        if not 0 <= index < self.size:
            raise TileMissing(f"A log of {self.size} leaves has no leaf {index}.")
        return self._bundle(index // WIDTH)[index % WIDTH]

    def leaves(self, start: int = 0) -> Iterator[bytes]:
        """All leaves from `start` on, bundle by bundle."""
        for number in range(start // WIDTH, -(-self.size // WIDTH)):
            yield from self._bundle(number)[max(0, start - number * WIDTH) :]

    def _hash(self, start: int, end: int) -> bytes:
        """The hash over leaves start to end, where start is a multiple of a power of two not below their number."""
        parts = []
        while start < end:
            height = (end - start).bit_length() - 1
            level, rest = divmod(height, _HEIGHT)
            place = start >> height - rest  # in hashes of this level
            parts.append(self._tile(level, place // WIDTH)[rest][place % WIDTH >> rest])
            start += 1 << height
        reached = parts.pop()
        while parts:
            reached = node_hash(parts.pop(), reached)
        return reached

    def _read_tile(self, level: int, index: int) -> list[list[bytes]]:
        """The hashes of a tile, and the rows of nodes above them within the tile."""
        width = min(WIDTH, (self.size >> _HEIGHT * level) - index * WIDTH)
        data = self._fetch(tile_path(level, index, width), tile_path(level, index))
        if len(data) not in (width * HASH_BYTES, WIDTH * HASH_BYTES):
            raise TileDamaged(f"{tile_path(level, index, width)} has not the length that it must have.")
        rows = [[data[at : at + HASH_BYTES] for at in range(0, width * HASH_BYTES, HASH_BYTES)]]
        while len(rows[-1]) > 1:
            rows.append(row_above(rows[-1]))
        return rows

    def _bundle(self, index: int) -> list[bytes]:
        width = min(WIDTH, self.size - index * WIDTH)
        path = entries_path(index, width)
        leaves = _read_entries(path, self._fetch(path, entries_path(index)))
        if len(leaves) not in (width, WIDTH):
            raise TileDamaged(f"{path} holds {len(leaves)} leaves.")
        return leaves[:width]

    def _fetch(self, path: str, full_path: str) -> bytes:
        """The file, or the full one that has replaced it."""
        for each in dict.fromkeys((path, full_path)):
            try:
                return self._read(each)
            except (FileNotFoundError, KeyError):
                continue
        raise TileMissing(f"The log has no {path}.")


def _half(count: int) -> int:
    """The largest power of two below this count: where RFC 6962 splits a tree."""
    return 1 << (count - 1).bit_length() - 1


def _read_entries(path: str, data: bytes) -> list[bytes]:
    leaves, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data) or at + 2 > len(data):
            raise TileDamaged(f"{path} ends within a leaf.")
        leaves.append(data[at + 2 : end])
        at = end
    return leaves

"""Searching bytes: marks in every spelling, keys, what is sealed to the clerk, and any of a large set of values.

    python -m tests.drill.search        as a process: takes `prepare`, then `file` after `file`

A value (a tag, a hash, a piece of something that was deleted) is looked for at every offset, by 8 bytes in a row of its
first 11: four windows of it are known, so that only every fourth place in the data need be looked at. By chance one
turns up once in many thousand drills. Long runs of zeros are cut short first; nothing hides in them.
Invariant: `look` sees through compression and encodings down to DEEPEST layers, and says where it found what.
"""

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tests.drill.layers import decode, unpack, unreadable
from tests.drill.spelling import spellings, unfold
from tests.drill.wire import serve

VALUE, WINDOW, STEP = 16, 8, 4
CHUNK, OVERLAP = 24 << 20, 1 << 19
DEEPEST = 4
INSIDE = " > "  # between the name of a file and what it was inside of
SWEEP = 1 << 20  # bytes turned into numbers at once
CONTACT, CONTACT_BYTES = b"SWC\x02", 1200
RECORD = b"SWR\x02"
KEY_HEADS = (b"standwith-", b"PRIVATE+KEY+", b"AGE-SECRET-KEY-1")
KEY_LINE = re.compile(
    rb"standwith-[a-z-]+-1 [0-9a-f]{16} [A-Za-z0-9+/]{20,}={0,2}|PRIVATE\+KEY\+[!-~]{20,}|AGE-SECRET-KEY-1[0-9A-Z]{20,}"
)


class Seen(msgspec.Struct):
    """What was seen: `marks` as (place, spelling), key lines as (place, line), contacts as they begin, values with the
    files that they stand in."""

    marks: set[tuple[str, str]] = set()
    keys: set[tuple[str, str]] = set()
    contacts: set[bytes] = set()
    values: dict[bytes, set[str]] = {}
    closed: set[tuple[str, str]] = set()
    records: int = 0
    streams: int = 0
    read: int = 0

    def add(self, other: "Seen") -> None:
        for name in ("marks", "keys", "contacts", "closed"):
            getattr(self, name).update(getattr(other, name))
        for value, places in other.values.items():
            self.values.setdefault(value, set()).update(places)
        self.records += other.records
        self.streams += other.streams
        self.read += other.read


class Search:
    """A search for words and values."""

    def __init__(self, words: Sequence[str], values: Iterable[bytes] = ()) -> None:
        self.spellings, self.windows = spellings(tuple(words)), windows(values)

    def files(self, places: Iterable[tuple[Path, str]]) -> Seen:
        """Look through files; each comes with the name by which it is told."""
        seen = Seen()
        for path, name in places:
            for start, end in chunks(path.stat().st_size):
                seen.add(self.part(path, name, start, end))
        return seen

    def part(self, path: Path, name: str, start: int, end: int) -> Seen:
        """Look through a part of a file."""
        with path.open("rb") as file:
            file.seek(start)
            data = file.read(end - start)
        seen = self.look(data, name)
        if not start and (closed := unreadable(data)):
            seen.closed.add((name, closed))
        return seen

    def look(self, data: bytes, name: str, depth: int = 0) -> Seen:
        """Look through bytes, and through the layers in them."""
        seen = Seen(read=len(data))
        data = bytes(VALUE).join(data.split(bytes(512)))
        view = unfold(data)
        self._spot(view, name, seen)
        seen.keys.update((name, line) for line in key_lines(data))
        seen.contacts.update(data[at : at + CONTACT_BYTES] for at in _places(data, CONTACT))
        seen.records += sum(1 for _ in _places(data, RECORD))
        seen.values = {value: {name.partition(INSIDE)[0]} for value in sweep(data, self.windows)}
        if depth < DEEPEST:
            for how, inside in unpack(data, name):
                seen.streams += 1
                seen.add(self.look(inside, f"{name}{INSIDE}{how}", depth + 1))
            for how, inside in decode(view):
                seen.add(self.look(inside, f"{name}{INSIDE}{how}", depth + 1))
        return seen

    def _spot(self, view: bytes, name: str, seen: Seen) -> None:
        small = view.lower()
        seen.marks.update((name, how) for how, needle in self.spellings.exact if needle in view)
        seen.marks.update((name, how) for how, needle in self.spellings.small if needle in small)


def chunks(size: int) -> Iterator[tuple[int, int]]:
    """The parts in which a file is read; each shares its end with the next."""
    for start in range(0, max(size, 1), CHUNK):
        yield start, min(start + CHUNK + OVERLAP, size)


def windows(values: Iterable[bytes]) -> dict[int, bytes]:
    """Values by the numbers that stand for 8 bytes of theirs."""
    return {
        int.from_bytes(value[start : start + WINDOW], sys.byteorder): value for value in values for start in range(STEP)
    }


def sweep(data: bytes, wanted: Mapping[int, bytes]) -> set[bytes]:
    """Those of the values, given by their windows, that stand in the data at any offset."""
    if not wanted:
        return set()
    found: set[int] = set()
    for start in range(0, len(data), SWEEP):
        part = memoryview(data)[start : start + SWEEP + WINDOW]
        for shift in range(0, WINDOW, STEP):
            numbers = array("Q")
            numbers.frombytes(part[shift : shift + max(0, len(part) - shift) // WINDOW * WINDOW])
            found.update(filter(wanted.__contains__, numbers))
    return {wanted[number] for number in found}


def split_values(joined: bytes) -> list[bytes]:
    """Values that came in one piece through a pipe."""
    return [joined[start : start + VALUE] for start in range(0, len(joined), VALUE)]


def key_lines(data: bytes) -> Iterator[str]:
    """The lines in which a key stands."""
    for head in KEY_HEADS:
        for at in _places(data, head):
            if found := KEY_LINE.match(data, at):
                yield found[0].decode()


def _places(data: bytes, needle: bytes) -> Iterator[int]:
    at = data.find(needle)
    while at >= 0:
        yield at
        at = data.find(needle, at + 1)


class _Process:
    """This module as a process."""

    def __init__(self) -> None:
        self.search: Search | None = None

    def prepare(self, words: Sequence[str], values: bytes) -> None:
        self.search = Search(words, split_values(values))

    def part(self, path: str, name: str, start: int, end: int) -> Any:
        assert self.search
        return self.search.part(Path(path), name, start, end)


def main() -> None:
    process = _Process()
    serve({"prepare": process.prepare, "part": process.part})


if __name__ == "__main__":
    main()

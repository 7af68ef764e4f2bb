"""The roll of a campaign: the recognition codes of its signatures, a line each, for people who look for their own.

    0 7R4QZ0XK2M9T3BCW8E1N5DGJKA        index of the leaf, code
    3 0D8ME2N6V1QK5T9XWZ4B7RHJ3C        roll/<campaign tag>.txt

A convenience: it is not signed and says nothing that the leaves don't; withdrawn and voided signatures stay in it.
Invariant: a roll is only ever written on behind the length that belongs to the last signed size, which Number keeps; so
what a killed process wrote beyond it is written again, and a roll that is shorter is made anew from the rows.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from standwith.durable.files import make_directories, side_by_side, sync_directories, write_atomically
from standwith.ledger.leaf import CODE, TAG, VERSION, Kind
from standwith.sealing.codes import spell_code

_SIGNATURE = bytes((VERSION, Kind.SIGNATURE))


def roll_path(tag: bytes) -> str:
    """Where a campaign's roll lies, below the log's directory or address."""
    return f"roll/{tag.hex()}.txt"


def roll_lines(first: int, leaves: Iterable[bytes]) -> dict[bytes, bytes]:
    """By campaign tag, the lines of the signatures among these leaves, the first of which has index `first`."""
    lines: dict[bytes, list[str]] = {}
    for index, leaf in enumerate(leaves, first):
        if leaf[:2] == _SIGNATURE:
            lines.setdefault(leaf[TAG], []).append(f"{index} {spell_code(leaf[CODE])}\n")
    return {tag: "".join(each).encode() for tag, each in lines.items()}


class Rolls:
    """The rolls in a log's directory, and how long each of them is at the size signed last."""

    def __init__(self, directory: Path, lengths: Mapping[bytes, int]) -> None:
        self._directory, self.lengths = directory, dict(lengths)

    def cut(self, tag: bytes) -> bool:
        """Cut off what a killed process wrote beyond the signed size; False if the roll is too short for that."""
        place, length = self._directory / roll_path(tag), self.lengths.get(tag, 0)
        try:
            found = place.stat().st_size
        except FileNotFoundError:
            return length == 0
        if found > length:
            os.truncate(place, length)
        return found >= length

    def extend(self, lines: Mapping[bytes, bytes]) -> dict[bytes, int]:
        """Write lines behind what is signed, durably; give the lengths that the rolls have then, for `lengths`.

        `cut` them first.
        """
        places = {tag: self._directory / roll_path(tag) for tag in lines}
        new = {place.parent for place in places.values() if not place.exists()}
        changed = make_directories(new)
        side_by_side(lambda tag: _write_behind(places[tag], self.lengths.get(tag, 0), lines[tag]), lines)
        sync_directories(new | changed)
        return {tag: self.lengths.get(tag, 0) + len(text) for tag, text in lines.items()}

    def rewrite(self, tag: bytes, text: bytes) -> None:
        """Put a whole roll in place of one that lost something."""
        place = self._directory / roll_path(tag)
        changed = make_directories([place.parent])
        write_atomically(place, text)
        sync_directories(changed)
        self.lengths[tag] = len(text)


def _write_behind(place: Path, length: int, text: bytes) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.fchmod(handle, 0o644)
        written = 0
        while written < len(text):
            written += os.pwrite(handle, text[written:], length + written)
        os.fsync(handle)
    finally:
        os.close(handle)

"""A store: every file below the places that a machine writes to, and what its databases say when they are opened.

Invariant: nothing in it is changed by looking: databases are opened as copies, their write-ahead log beside them.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Any

from standwith.sealing.box import VERSION as BOX_VERSION

SQLITE = b"SQLite format 3\0"
KEY = 32
BOX = f"length({{0}}) BETWEEN 100 AND 1000 AND substr({{0}}, 1, 1) = x'{BOX_VERSION:02x}'"
SHORT = f"(typeof({{0}}) = 'blob' AND (length({{0}}) = 32 OR {BOX})) OR (typeof({{0}}) = 'text' AND length({{0}}) > 41)"
LONG = "typeof({0}) = 'blob' AND length({0}) > 1000 LIMIT 500"


class Store:
    """The files below `roots`; each root has a name, by which its files are told."""

    def __init__(self, roots: Mapping[str, Path], more: Mapping[str, Path] | None = None) -> None:
        self.roots, self.more = dict(roots), dict(more or {})

    def files(self) -> list[tuple[Path, str]]:
        """Every file with its name, the same at every call while nothing is written."""
        found = [
            (path, f"{name}/{path.relative_to(root)}")
            for name, root in self.roots.items()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.is_symlink()
        ]
        return [*found, *((path, name) for name, path in self.more.items())]

    def names(self) -> bytes:
        """The names of all files, directories and links, and where links lead: bytes on the disk as well."""
        lines = []
        for root in self.roots.values():
            for path in sorted(root.rglob("*")):
                lines.append(os.fsencode(path.relative_to(root)))
                if path.is_symlink():
                    lines.append(os.fsencode(path.readlink()))
        return b"\n".join(lines)

    def holds(self, place: str) -> bool:
        """Whether this place is below one of the roots."""
        return any(Path(place).is_relative_to(root) for root in self.roots.values())

    @cached_property
    def columns(self) -> list[tuple[str, Any]]:
        """Every value in every table of every database that may be a key, hold one, or be a box: (where, value)."""
        return [found for path, name in self._databases() for found in _read(path, name, SHORT)]

    @cached_property
    def boxes(self) -> list[bytes]:
        """Every value that begins like a box (sealing/box.py)."""
        return sorted({found for _, found in self.columns if isinstance(found, bytes) and len(found) != KEY})

    @cached_property
    def records(self) -> list[bytes]:
        """Some of the longer values: sealed records."""
        return sorted({found for path, name in self._databases() for _, found in _read(path, name, LONG)})

    def _databases(self) -> Iterator[tuple[Path, str]]:
        for path, name in self.files():
            with path.open("rb") as file:
                if file.read(len(SQLITE)) == SQLITE:
                    yield path, name


def deleted_but_open(pid: int) -> dict[str, Path]:
    """Files without a name that a process still holds open; Linux shows them."""
    found = {}
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(link)
            if target.endswith(" (deleted)") and link.is_file():
                found[f"open in {pid}: {target}"] = link
        except OSError:
            continue
    return found


def _read(path: Path, name: str, which: str) -> Iterator[tuple[str, Any]]:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "copy.sqlite"
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
        with closing(sqlite3.connect(copy)) as database:
            tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                yield from _read_table(database, table, name, which)


def _read_table(database: sqlite3.Connection, table: str, name: str, which: str) -> Iterator[tuple[str, Any]]:
    columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
    for column in columns:
        question = f'SELECT "{column}" FROM "{table}" WHERE ' + which.format(f'"{column}"')
        yield from ((f"{name}: {table}.{column}", found) for (found,) in database.execute(question))

"""A founded log whose leaves are those of the invented one (examples.py), and what tests do with it."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from standwith.ledger.checkpoint import open_checkpoint
from standwith.ledger.founding import found_log
from standwith.ledger.log import Log
from standwith.ledger.rows import append, size, take_queued
from tests.ledger.examples import ORIGIN, leaf

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)


class Founded:
    """The log of one test."""

    def __init__(self, path: Path) -> None:
        self.path, self.directory, self.keys = path, path / "site" / "log", path / "keys"
        self.keys.mkdir()
        self.signer = found_log(ORIGIN, self.directory, self.keys, NOW)

    def open(self, **options) -> Log:
        return Log.open(self.directory, self.signer, **options)

    def grow(self, count: int) -> list[bytes]:
        """Append the next leaves of the invented log; what is queued comes first, as the deeds do it."""
        with transaction.atomic():
            leaves = take_queued()
            first = size() + len(leaves)
            leaves += [leaf(index) for index in range(first, first + count)]
            append(leaves)
        return leaves

    def shown(self):
        """The checkpoint that readers see."""
        return open_checkpoint((self.directory / "checkpoint").read_bytes(), self.signer.verifier)

    def files(self) -> dict[str, bytes]:
        """Every public file by its path."""
        return {
            str(path.relative_to(self.directory)): path.read_bytes()
            for path in self.directory.rglob("*")
            if path.is_file()
        }

    def back_up(self) -> Path:
        """A copy of the tables as they are."""
        target = self.path / "backup.sqlite"
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return target

    def restore(self, backup: Path) -> None:
        """Put the tables back as they were."""
        with sqlite3.connect(backup) as copy:
            copy.backup(connection.connection)
        copy.close()

"""What the witness has cosigned last, of every log: one SQLite file that several worker processes share.

Invariants: `move` looks and writes in one transaction (BEGIN IMMEDIATE), so that of two requests that start from the
same size one wins; when it returns, the new state is on disk (WAL, synchronous=FULL). Nothing is ever moved back.
A witness that forgot what it cosigned can be made to contradict itself: so the file is made by an explicit command
only, is never in a backup, and a lost one costs the key (docs/deploy.md). Standard: C2SP tlog-witness.
It does not know what may follow what: that is `allow`'s to say. One State belongs to one thread at a time.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from standwith.durable.files import sync_directories
from standwith.witness.errors import WitnessBusy, WitnessMissing, WitnessRefused

STATE = "witness.sqlite"
APPLICATION_ID = 0x5357_5731  # "SWW1": says that the file is a witness's state of this format
BUSY_SECONDS = 5.0

_TABLES = (
    "CREATE TABLE seen (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, checkpoint BLOB NOT NULL)"
    " STRICT, WITHOUT ROWID",
    "CREATE TABLE fork (origin TEXT PRIMARY KEY, checkpoint BLOB NOT NULL) STRICT, WITHOUT ROWID",
)
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


class Seen(NamedTuple):
    """The latest checkpoint of one log: `checkpoint` is the note as it came, with the log's signature."""

    origin: str
    size: int
    root: bytes
    checkpoint: bytes


def create_state(path: Path) -> None:
    """Make the state of a witness that has seen nothing; raises WitnessRefused if there is a file already."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise WitnessRefused(f"There is a file at {path} already; a witness's state is never overwritten.") from None
    with _telling():
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN")
            for table in _TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("COMMIT")
        finally:
            connection.close()
    sync_directories([path.parent])


class State:
    """An open state; close it, or use it in a `with`. Raises WitnessMissing or WitnessRefused when opened."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        if not path.exists():
            raise WitnessMissing(f"There is no witness's state at {path}.")
        with _telling():
            self._connection = sqlite3.connect(
                path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
            )
            (found,) = self._connection.execute("PRAGMA application_id").fetchone()
            if found != APPLICATION_ID:
                self._connection.close()
                raise WitnessRefused(f"The file {path} is not a witness's state of this version of standwith.")
            self._connection.execute("PRAGMA synchronous = FULL")
        self._path, self._file = path, _identity(path)

    def __enter__(self) -> "State":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def move(self, seen: Seen, allow: Callable[[Seen | None], None]) -> None:
        """Keep `seen` as the latest of its log, durably, unless `allow`, given the latest so far, raises."""
        with self._writing() as write:
            latest = _latest(write, seen.origin)
            allow(latest)
            if latest is None or (latest.size, latest.root) != (seen.size, seen.root):
                write.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", seen)

    def latest(self, origin: str) -> Seen | None:
        """What was cosigned last of a log, None if nothing was."""
        with _telling():
            return _latest(self._connection, origin)

    def keep_fork(self, origin: str, checkpoint: bytes) -> None:
        """Keep the first checkpoint that a log signed against one it had signed before: the two are the proof."""
        with self._writing() as write:
            write.execute("INSERT OR IGNORE INTO fork VALUES (?, ?)", (origin, checkpoint))

    def fork(self, origin: str) -> bytes | None:
        """The checkpoint that contradicts what was cosigned, None where the log never forked before our eyes."""
        with _telling():
            row = self._connection.execute("SELECT checkpoint FROM fork WHERE origin = ?", (origin,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if _identity(self._path) != self._file:
            raise WitnessMissing("The witness's state was moved or replaced while it was open: start again.")
        with _telling():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _latest(connection: sqlite3.Connection, origin: str) -> Seen | None:
    row = connection.execute("SELECT origin, size, root, checkpoint FROM seen WHERE origin = ?", (origin,)).fetchone()
    return Seen(*row) if row else None


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at the path now: cosigning from a file that was replaced could contradict the new one."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _telling() -> Iterator[None]:
    """Turn SQLite's errors into the witness's."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes keep the primary one in their low byte
        if code in _BUSY:
            raise WitnessBusy("The witness's state cannot be written just now.") from error
        raise WitnessRefused("The witness's state is damaged, no such file, or may not be written to.") from error

"""The journal in one SQLite file: append, read in order, forget.

Invariants: when `append` returns, the acts are on disk (WAL, synchronous=FULL: one fsync per transaction); positions
only grow and are never given twice, not even after everything was forgotten; what was forgotten is overwritten
(secure_delete) and leaves the write-ahead log too. One Journal belongs to one thread at a time; any number of
processes may open the file.
It knows bytes, not acts. PostgreSQL will stand behind the same four methods: tests/conformance says what they promise.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from standwith.durable.files import sync_directories
from standwith.journal.errors import JournalBusy, JournalError, JournalFull, JournalMissing, JournalRefused

APPLICATION_ID = 0x5357_4A31  # "SWJ1": says that the file is a journal of this format
PAGE_SIZE = 4096  # an act fills a page of its own and a bit; in larger ones most of a page stays empty
BUSY_SECONDS = 5.0
FORGET_AT_ONCE = 2000
WAL_PAGES = 16000  # 64 MB: a large journal pays for each checkpoint, so there are few

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_REFUSED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def create(path: Path) -> None:
    """Make an empty journal, readable by its owner only; raises JournalRefused if there is a file already."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise JournalRefused(f"There is a file at {path} already; a journal is never overwritten.") from None
    with _telling():
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(
                "CREATE TABLE acts (position INTEGER PRIMARY KEY AUTOINCREMENT, act BLOB NOT NULL) STRICT"
            )
        finally:
            connection.close()
    sync_directories([path.parent])


class Journal:
    """An open journal; close it, or use it in a `with`. Raises JournalMissing or JournalRefused when opened."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        if not path.exists():
            raise JournalMissing(f"There is no journal at {path}.")
        with _telling():
            self._connection = sqlite3.connect(
                path, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=16
            )
            (found,) = self._connection.execute("PRAGMA application_id").fetchone()
            if found != APPLICATION_ID:
                self._connection.close()
                raise JournalRefused(f"The file {path} is not a journal of this version of standwith.")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
            self._connection.execute("PRAGMA busy_timeout = 0")  # from here on _begin waits, and better
        self._path, self._file, self._busy_seconds = path, _identity(path), busy_seconds

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, acts: Sequence[bytes]) -> None:
        """Store acts in this order, all or none, durably. Raises JournalBusy, JournalFull; then none is stored.

        A disk that fails in the very moment of the commit may keep acts for which this raised: never the other way
        round.
        """
        with self._writing() as write:
            write.executemany("INSERT INTO acts (act) VALUES (?)", [(act,) for act in acts])

    def read(self, after: int, limit: int) -> list[tuple[int, bytes]]:
        """Up to `limit` acts behind position `after` (0: from the start), in order, as (position, act)."""
        with _telling():
            rows = self._connection.execute(
                "SELECT position, act FROM acts WHERE position > ? ORDER BY position LIMIT ?", (after, limit)
            )
            return rows.fetchall()

    def forget(self, up_to: int) -> None:
        """Erase the acts up to and including a position, in small transactions: nobody waits long for the lock."""
        while True:
            with self._writing() as write:
                erased = write.execute(
                    "DELETE FROM acts WHERE position IN (SELECT position FROM acts WHERE position <= ? LIMIT ?)",
                    (up_to, FORGET_AT_ONCE),
                ).rowcount
            if erased < FORGET_AT_ONCE:
                break
        with _telling():
            # If a reader is in the way the log shrinks at the next call.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def last(self) -> int:
        """The position of the newest act ever stored, 0 if there was none."""
        with _telling():
            row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'acts'").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if _identity(self._path) != self._file:
            raise JournalMissing("The journal was moved or replaced while it was open: start again.")
        with _telling():
            self._begin()
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        """Wait for the only lock there is: SQLite's own waiting backs off to 100 ms, and acts would wait that long."""
        patience = time.monotonic() + self._busy_seconds
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _BUSY or time.monotonic() >= patience:
                    raise
            time.sleep(0.001)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at the path now: writing on to a file that was replaced would lose every act."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _telling() -> Iterator[None]:
    """Turn SQLite's errors into the journal's: whether to retry is what the caller needs to know."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes keep the primary one in their low byte
        if code in _BUSY:
            raise JournalBusy("The journal is in use by others.") from error
        if code in _FULL:
            raise JournalFull("The disk has no room for the journal, or fails.") from error
        if code in _REFUSED:
            raise JournalRefused("The file is not a journal, or is damaged.") from error
        raise JournalError(f"The journal failed: {type(error).__name__} {code}.") from error

"""The SQLite journal beyond the promises of every journal: its file, its settings, its full disk."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from standwith.journal.errors import JournalFull, JournalMissing, JournalRefused
from standwith.journal.store import Journal, create


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create(tmp_path / "journal.sqlite")
    return tmp_path / "journal.sqlite"


def test_only_the_owner_may_read_it(path: Path) -> None:
    with Journal(path) as journal:
        journal.append([b"act"])
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {0o600}


def test_it_is_never_made_by_accident_nor_over_something(path: Path) -> None:
    with pytest.raises(JournalMissing):
        Journal(path.with_name("elsewhere.sqlite"))
    assert not path.with_name("elsewhere.sqlite").exists()
    with pytest.raises(JournalRefused):
        create(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear friends, this is not a database at all. " * 100)
    with pytest.raises(JournalRefused):
        Journal(tmp_path / "letter.txt")
    sqlite3.connect(tmp_path / "other.sqlite").execute("CREATE TABLE acts (act)").connection.close()
    with pytest.raises(JournalRefused):
        Journal(tmp_path / "other.sqlite")


def test_every_commit_is_synced_and_what_is_deleted_is_overwritten(path: Path) -> None:
    with Journal(path) as journal:
        ask = journal._connection.execute
        settings = {
            name: ask(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_what_was_forgotten_is_in_no_file_any_more(path: Path) -> None:
    with Journal(path) as journal:
        journal.append([b"a secret number %d" % number for number in range(1000)])
        journal.forget(journal.last())
        left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"a secret number" not in left


def test_a_full_disk_takes_nothing_breaks_nothing_and_goes_on_when_there_is_room(path: Path) -> None:
    with Journal(path) as journal:
        journal.append([b"before"])
        pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
        journal._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalFull):
            journal.append([b"x" * 50_000, b"y" * 50_000])
        assert [act for _, act in journal.read(0, 10)] == [b"before"]
        journal._connection.execute("PRAGMA max_page_count = 1000000")
        journal.append([b"after"])
        assert [act for _, act in journal.read(0, 10)] == [b"before", b"after"]
        assert journal._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_acts_are_not_written_to_a_journal_that_was_replaced(path: Path) -> None:
    with Journal(path) as journal:
        journal.append([b"act"])
        path.rename(path.with_name("yesterday.sqlite"))
        with pytest.raises(JournalMissing):
            journal.append([b"lost"])
        create(path)
        with pytest.raises(JournalMissing):
            journal.append([b"lost"])


def test_a_killed_writers_acts_are_there_for_the_next_one(path: Path) -> None:
    child = os.fork()
    if not child:
        Journal(path).append([b"one", b"two"])
        os._exit(9)  # no close, no goodbye
    os.waitpid(child, 0)
    with Journal(path) as journal:
        assert [act for _, act in journal.read(0, 10)] == [b"one", b"two"]

"""A backup holds what is needed and nobody who must be forgotten; laid over a new installation it goes on."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from standwith.config.home import Home
from standwith.journal.store import Journal
from standwith.supporters.keys import Keyring

ROOT = Path(__file__).resolve().parents[2]
BACKUP = ROOT / "deploy" / "backup.py"
UNREAD = b"an act that the clerk has not read"
SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"

# Person 1 signed, person 2 was asked to confirm and waits; the clerk has read up to position 1.
ROWS = """
    INSERT INTO supporters_cursor (id, position, caught_up) VALUES (1, 1, '2026-03-01 06:00:00');
    INSERT INTO supporters_textversion (id, campaign, number, language, digest, note, published)
        VALUES (7, 'stand-with-all', 1, 'en', '5', '', '2026-03-01 06:00:00');
    INSERT INTO supporters_signature (text_id, country, confirmed, epoch, address, person, withdrawal, record)
        VALUES (7, 'FR', '2026-03-01', x'00', x'01', x'02', x'03', CAST('sealed record of who signed' AS BLOB));
    INSERT INTO supporters_pending
        (text_id, country, record, envelope, key, epoch, address, person, quota, code, commitment, withdrawal, link,
         typed, expires, remind)
        VALUES (7, 'FR', CAST('sealed record of who waits' AS BLOB), CAST('boxed address of who waits' AS BLOB), 'k',
                x'00', x'04', x'05', x'06', x'07', x'08', x'09', x'0a', x'0b', '2026-03-03 06:00:00', NULL);
    INSERT INTO mail_spooled (stream, kind, about, reader, key, sealed, due, attempts, state)
        VALUES ('confirmations', 'first', x'0a', x'06', 'k', CAST('boxed address in a letter' AS BLOB),
                '2026-03-01 06:00:00', 0, 'waiting');
"""

CLERK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from standwith.config.django import configure
from standwith.config.home import Home
home = Home(Path(sys.argv[1])).require()
configure(home)
from standwith.journal.store import Journal
from standwith.supporters.epochs import Epochs
from standwith.supporters.keys import Keyring
from standwith.supporters.work import work
print(work(Journal(home.journal), Keyring.open(home.keys), Epochs(None), datetime(2026, 3, 2, tzinfo=UTC), 10))
"""


def init(home: Path) -> Path:
    subprocess.run([sys.executable, "-m", "standwith", "init", home], check=True, capture_output=True)
    return home


def back_up(home: Path, target: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, BACKUP, home, target, *more], capture_output=True, text=True, check=False)


def rows(database: sqlite3.Connection, question: str) -> list[tuple[object, ...]]:
    return database.execute(question).fetchall()


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An installation where somebody signed, somebody waits and somebody is not read yet, and a new one."""
    place = tmp_path_factory.mktemp("homes")
    home, fresh = init(place / "home"), init(place / "fresh")
    with Journal(Home(home).journal) as journal:
        journal.append([b"an act"])
        journal.forget(1)
        journal.append([UNREAD])
    with closing(sqlite3.connect(Home(home).database)) as tables:
        tables.executescript(ROWS)
    (home / "published" / ".stand-with-all.1").mkdir()
    (home / "published" / ".stand-with-all.1" / "statement.md").write_text("Together.\n", encoding="utf-8")
    (home / "published" / "stand-with-all").symlink_to(".stand-with-all.1")
    (home / "mailbox" / "1.eml").write_text("To: amina@example.org\n", encoding="utf-8")
    return home, fresh


@pytest.fixture
def copy(homes: tuple[Path, Path], tmp_path: Path) -> Path:
    answer = back_up(homes[0], tmp_path / "backups")
    assert answer.returncode == 0, answer.stderr
    (copy,) = (tmp_path / "backups").iterdir()
    return copy


def test_a_backup_holds_no_clerk_s_key_no_tag_key_no_letter_and_no_journal(copy: Path) -> None:
    found = {str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file()}
    needed = {"standwith.toml", "tables/standwith.sqlite", "keys/link.key", "keys/block.key"}
    assert found == needed | {"published/.stand-with-all.1/statement.md"}
    assert (copy / "published" / "stand-with-all").readlink() == Path(".stand-with-all.1")
    private = (copy, copy / "keys", copy / "tables", Home(copy).database)
    assert {path.stat().st_mode & 0o077 for path in private} == {0}


def test_nobody_who_has_not_confirmed_is_in_a_backup(homes: tuple[Path, Path], copy: Path) -> None:
    held = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
    there = b"".join(path.read_bytes() for path in homes[0].rglob("*") if path.is_file())
    forgotten = (UNREAD, b"sealed record of who waits", b"boxed address of who waits", b"boxed address in a letter")
    assert [secret in there for secret in forgotten] == [True] * 4
    assert [secret in held for secret in forgotten] == [False] * 4
    assert b"sealed record of who signed" in held


def test_the_copied_tables_are_the_tables_without_who_waits(homes: tuple[Path, Path], copy: Path) -> None:
    with closing(sqlite3.connect(Home(homes[0]).database)) as old, closing(sqlite3.connect(Home(copy).database)) as new:
        assert rows(new, SCHEMA) == rows(old, SCHEMA)
        assert rows(new, "SELECT * FROM sqlite_sequence") == rows(old, "SELECT * FROM sqlite_sequence")
        emptied = {"supporters_pending", "mail_spooled"}
        for (table,) in rows(
            old, "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%!_%' ESCAPE '!'"
        ):
            if table not in {*emptied, "supporters_cursor", "sqlite_sequence"}:
                assert rows(new, f"SELECT * FROM {table}") == rows(old, f"SELECT * FROM {table}"), table
        assert [rows(new, f"SELECT count(*) FROM {table}") for table in emptied] == [[(0,)]] * 2
        assert rows(new, "PRAGMA page_size") == rows(old, "PRAGMA page_size")
        assert rows(new, "PRAGMA integrity_check") == [("ok",)]
        assert rows(new, "PRAGMA foreign_key_check") == []


def test_tables_that_it_does_not_know_are_not_backed_up(homes: tuple[Path, Path], tmp_path: Path) -> None:
    """What waits may lie under another name then."""
    home = tmp_path / "home"
    shutil.copytree(homes[0], home, symlinks=True)
    with closing(sqlite3.connect(Home(home).database)) as tables:
        tables.execute("ALTER TABLE supporters_pending RENAME TO supporters_waiting")
    answer = back_up(home, tmp_path / "backups")
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "another version" in answer.stderr
    assert not list((tmp_path / "backups").glob("????-??-??"))


def test_a_backup_laid_over_a_new_installation_goes_on(homes: tuple[Path, Path], copy: Path, tmp_path: Path) -> None:
    """The clerk reads the new journal from its start, though the old one was read further."""
    restored = Home(tmp_path / "restored")
    shutil.copytree(homes[1], restored.path)
    for leftover in restored.database.parent.glob("*-*"):
        leftover.unlink()
    shutil.copytree(copy, restored.path, dirs_exist_ok=True, symlinks=True)
    assert Keyring.open(restored.keys).current == Keyring.open(homes[1] / "keys").current
    assert Keyring.open(restored.keys).link_key == Keyring.open(homes[0] / "keys").link_key
    with Journal(restored.journal) as journal:
        journal.append([b"an act after the restoration"])
    worked = subprocess.run([sys.executable, "-c", CLERK, restored.path], capture_output=True, text=True, check=False)
    assert (worked.stdout, worked.stderr) == ("1\n", "")
    with closing(sqlite3.connect(restored.database)) as tables:
        assert rows(tables, "SELECT position FROM supporters_cursor") == [(1,)]
        assert rows(tables, "SELECT count(*) FROM supporters_signature") == [(1,)]


def test_only_the_latest_days_are_kept(homes: tuple[Path, Path], tmp_path: Path) -> None:
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        (tmp_path / day).mkdir()
    back_up(homes[0], tmp_path, "--keep", "2")
    assert sorted(path.name for path in tmp_path.iterdir())[0] == "2026-01-03"
    assert len(list(tmp_path.iterdir())) == 2
    assert date.fromisoformat(sorted(path.name for path in tmp_path.iterdir())[1])


def test_what_cannot_be_backed_up_is_told_in_one_sentence(tmp_path: Path) -> None:
    answer = back_up(tmp_path / "nowhere", tmp_path / "target")
    assert answer.returncode == 2
    assert answer.stderr.startswith("standwith: no backup was made: ")
    assert not list((tmp_path / "target").glob("????-??-??"))

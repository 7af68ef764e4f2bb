"""A backup holds what is needed and nothing that must be forgotten; laid over a new installation it goes on."""

import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from standwith.journal.store import Journal
from standwith.supporters.keys import Keyring

ROOT = Path(__file__).resolve().parents[2]
BACKUP = ROOT / "deploy" / "backup.py"


def init(home: Path) -> Path:
    subprocess.run([sys.executable, "-m", "standwith", "init", home], check=True, capture_output=True)
    return home


def back_up(home: Path, target: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, BACKUP, home, target, *more], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An installation that took an act, and a new one."""
    place = tmp_path_factory.mktemp("homes")
    home, fresh = init(place / "home"), init(place / "fresh")
    with Journal(home / "journal.sqlite") as journal:
        journal.append([b"an act"])
        journal.forget(1)
        journal.append([b"another"])
    (home / "published" / ".stand-with-all.1").mkdir()
    (home / "published" / ".stand-with-all.1" / "statement.md").write_text("Together.\n", encoding="utf-8")
    (home / "published" / "stand-with-all").symlink_to(".stand-with-all.1")
    (home / "mailbox" / "1.eml").write_text("To: amina@example.org\n", encoding="utf-8")
    return home, fresh


def test_a_backup_holds_no_clerk_s_key_no_tag_key_and_no_letter(homes: tuple[Path, Path], tmp_path: Path) -> None:
    answer = back_up(homes[0], tmp_path)
    assert answer.returncode == 0, answer.stderr
    (copy,) = tmp_path.iterdir()
    found = {str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file()}
    needed = {"standwith.toml", "standwith.sqlite", "journal.sqlite", "keys/link.key", "keys/block.key"}
    assert found == needed | {"published/.stand-with-all.1/statement.md"}
    assert (copy / "published" / "stand-with-all").readlink() == Path(".stand-with-all.1")
    assert {path.stat().st_mode & 0o077 for path in (copy, copy / "keys", copy / "standwith.sqlite")} == {0}


def test_a_backup_laid_over_a_new_installation_goes_on(homes: tuple[Path, Path], tmp_path: Path) -> None:
    back_up(homes[0], tmp_path)
    (copy,) = tmp_path.iterdir()
    restored = tmp_path / "restored"
    shutil.copytree(homes[1], restored)
    for name in ("standwith.sqlite", "journal.sqlite"):
        for leftover in ("-wal", "-shm"):
            (restored / f"{name}{leftover}").unlink(missing_ok=True)
    shutil.copytree(copy, restored, dirs_exist_ok=True)
    assert Keyring.open(restored / "keys").current == Keyring.open(homes[1] / "keys").current
    assert Keyring.open(restored / "keys").link_key == Keyring.open(homes[0] / "keys").link_key
    with Journal(restored / "journal.sqlite") as journal:
        assert (journal.last(), journal.read(0, 10)) == (2, [(2, b"another")])
    tables = sqlite3.connect(restored / "standwith.sqlite")
    assert tables.execute("PRAGMA integrity_check").fetchone() == ("ok",)


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

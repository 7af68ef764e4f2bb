"""Founding: what is made, who may look at it, and tables that an older version made."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.typed import type_command


def found(home: Path) -> None:
    done = type_command("init", home)
    assert done.returncode == 0, done.stderr


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("there", [False, True])
def test_nobody_but_its_owner_may_look_into_a_home(tmp_path: Path, there: bool) -> None:
    home = tmp_path / "some" / "home"
    if there:
        home.mkdir(parents=True, mode=0o755)
    found(home)
    assert mode(home) == 0o700
    private = ("keys", "journal", "tables", "published", "mailbox")
    assert {mode(home / name) for name in private} == {0o700}
    secret = ("tables/standwith.sqlite", "journal/journal.sqlite", "keys/link.key")
    assert {mode(home / name) for name in secret} == {0o600}


def test_a_directory_that_holds_anything_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letter.txt").write_text("mine")
    refused = type_command("init", tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert (mode(tmp_path), [path.name for path in tmp_path.iterdir()]) == (0o755, ["letter.txt"])


def test_pages_of_the_database_are_not_larger_than_a_record(tmp_path: Path) -> None:
    found(tmp_path / "home")
    with sqlite3.connect(tmp_path / "home" / "tables" / "standwith.sqlite") as database:
        assert database.execute("PRAGMA page_size").fetchone() == (4096,)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)

"""Bad days: the journal is locked, full or gone. Nobody is thanked, nothing typed is lost, afterwards it goes on."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from standwith.journal import store
from standwith.sealing.tokens import make_confirmation_code, make_confirmation_token, make_withdrawal_token
from tests.intake.door import GOOD, NOW, OPEN, Door, Reply, W, lay_out


@pytest.fixture
def hasty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A door whose journal waits for a lock only a moment."""
    monkeypatch.setattr(store.Journal.__init__, "__kwdefaults__", {"busy_seconds": 0.05})
    door = Door(lay_out(tmp_path / "home"))
    yield door
    door.close()


@contextmanager
def locked(door: Door) -> Iterator[None]:
    """Another process is in the middle of a transaction."""
    other = sqlite3.connect(door.home / "journal.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def full_disk(door: Door, room: int) -> Iterator[None]:
    """No file of this process may grow beyond the journal's log and a little room: what a full disk does to a write."""
    log = (door.home / "journal.sqlite-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log + room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def stands_there_for_another_try(reply: Reply) -> None:
    assert reply.status == 503
    assert reply.headers["retry-after"]
    assert "location" not in reply.headers


def test_a_locked_journal_gives_the_form_back_filled_in_and_takes_it_afterwards(hasty: Door) -> None:
    with locked(hasty):
        reply = hasty.sign(show_name="yes", organisation="Example Union")
    stands_there_for_another_try(reply)
    assert "Your signature was not taken" in reply.text
    assert reply.form.values == GOOD | {"show_name": "yes", "organisation": "Example Union"}
    assert hasty.acts() == []
    assert hasty.sign(**reply.form.values).status == 303
    assert len(hasty.acts()) == 1


def test_a_locked_journal_keeps_button_and_code_to_try_again(hasty: Door) -> None:
    confirm = make_confirmation_token(hasty.link_key, OPEN, NOW + timedelta(hours=1)).text
    withdraw = make_withdrawal_token(hasty.link_key, OPEN, W).text
    code = make_confirmation_code(hasty.link_key, OPEN).text
    with locked(hasty):
        for path in (f"/act/en/{OPEN}/confirm/{confirm}", f"/act/en/{OPEN}/withdraw/{withdraw}"):
            reply = hasty.post(path)
            stands_there_for_another_try(reply)
            assert reply.form.action == path
        reply = hasty.post(f"/act/en/{OPEN}/confirm", f"code={code}".encode())
        stands_there_for_another_try(reply)
        assert reply.form.values == {"code": code}
    assert hasty.acts() == []
    assert hasty.post(f"/act/en/{OPEN}/confirm/{confirm}").status == 303


def test_a_full_disk_is_never_thanked_for_and_breaks_nothing(door: Door) -> None:
    assert door.sign().status == 303
    with full_disk(door, room=30_000):
        statuses = [door.sign(name=f"Amina Example {letter}").status for letter in "abcdefghijkl"]
    assert set(statuses) == {303, 503}
    thanked = 1 + statuses.count(303)
    assert len(door.acts()) == thanked
    assert door.sign().status == 303
    assert len(door.acts()) == thanked + 1
    with sqlite3.connect(door.home / "journal.sqlite") as check:
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_journal_that_is_gone_is_not_written_to_a_ghost(door: Door) -> None:
    assert door.sign().status == 303
    (door.home / "journal.sqlite").rename(door.home / "yesterday.sqlite")
    stands_there_for_another_try(door.sign())


def test_the_page_for_another_try_has_one_thing_in_focus(hasty: Door) -> None:
    with locked(hasty):
        page = hasty.sign().text
    assert page.count("autofocus") == 1
    assert page.index("autofocus") < page.index("<form")

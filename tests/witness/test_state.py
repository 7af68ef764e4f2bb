"""The state: one step at a time among processes, on disk before anybody is told, never by accident."""

import sqlite3
import threading
from pathlib import Path

import pytest

from standwith.witness.errors import Conflict, WitnessBusy, WitnessMissing, WitnessRefused
from standwith.witness.state import Seen, State, create_state

ORIGIN = "act.example.org/log"


def seen(size: int, origin: str = ORIGIN) -> Seen:
    return Seen(origin, size, bytes([size]) * 32, b"note %d" % size)


def anything(_: Seen | None) -> None:
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_state(tmp_path / "witness.sqlite")
    return tmp_path / "witness.sqlite"


def test_the_latest_of_each_log_is_kept_over_a_restart(path: Path) -> None:
    with State(path) as state:
        assert state.latest(ORIGIN) is None
        state.move(seen(3), anything)
        state.move(seen(5), anything)
        state.move(seen(9, "other"), anything)
    with State(path) as state:
        assert state.latest(ORIGIN) == seen(5)
        assert state.latest("other") == seen(9, "other")


def test_nothing_moves_against_the_rule_and_the_rule_is_shown_the_latest(path: Path) -> None:
    shown = []

    def refuse(latest: Seen | None) -> None:
        shown.append(latest)
        raise Conflict(3)

    with State(path) as state:
        state.move(seen(3), anything)
        with pytest.raises(Conflict):
            state.move(seen(4), refuse)
        assert state.latest(ORIGIN) == seen(3)
    assert shown == [seen(3)]


def test_the_first_proof_of_a_fork_stays(path: Path) -> None:
    with State(path) as state:
        assert state.fork(ORIGIN) is None
        state.keep_fork(ORIGIN, b"one")
        state.keep_fork(ORIGIN, b"two")
        assert state.fork(ORIGIN) == b"one"


def test_a_commit_is_synced(path: Path) -> None:
    with State(path) as state:
        assert state._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert state._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_who_looks_holds_the_next_one_off_until_it_has_written(path: Path) -> None:
    looking, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def slowly(latest: Seen | None) -> None:
        looking.set()
        assert go_on.wait(20)
        order.append(f"first saw {latest and latest.size}")

    def first() -> None:
        with State(path) as state:
            state.move(seen(3), slowly)

    def second() -> None:
        with State(path) as state:
            go_on.set()
            state.move(seen(5), lambda latest: order.append(f"second saw {latest and latest.size}"))

    threads = [threading.Thread(target=first)]
    threads[0].start()
    assert looking.wait(20)
    threads.append(threading.Thread(target=second))
    threads[1].start()
    for thread in threads:
        thread.join(20)
    assert order == ["first saw None", "second saw 3"]


def test_who_waits_too_long_is_told(path: Path) -> None:
    with State(path) as holder, State(path, busy_seconds=0.01) as other:
        holder._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(WitnessBusy):
            other.move(seen(3), anything)
        holder._connection.execute("ROLLBACK")
        other.move(seen(3), anything)


def test_it_is_never_made_by_accident_nor_twice(tmp_path: Path, path: Path) -> None:
    with pytest.raises(WitnessMissing):
        State(tmp_path / "missing.sqlite")
    assert not (tmp_path / "missing.sqlite").exists()
    with pytest.raises(WitnessRefused):
        create_state(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all, however long it may be" * 100)
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (x)").connection.close()
    for name in ("text", "other"):
        with pytest.raises(WitnessRefused):
            State(tmp_path / name)


def test_a_file_that_was_replaced_under_it_is_not_written_to(tmp_path: Path, path: Path) -> None:
    create_state(tmp_path / "older.sqlite")
    with State(path) as state:
        (tmp_path / "older.sqlite").replace(path)
        with pytest.raises(WitnessMissing):
            state.move(seen(3), anything)

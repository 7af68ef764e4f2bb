"""A watched file: read again when it changes, looked at once a second, the old value kept when the new one is bad."""

from pathlib import Path

import pytest

from standwith.durable.files import write_atomically
from standwith.durable.watched import Watched


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def watch(path: Path, clock: Clock) -> Watched[int]:
    return Watched(path, int, tick=clock)


def test_a_change_is_seen_after_a_second(tmp_path: Path) -> None:
    path, clock = tmp_path / "n", Clock()
    write_atomically(path, b"1")
    watched = watch(path, clock)
    write_atomically(path, b"2")
    assert watched.current() == 1
    clock.seconds = 1.0
    assert watched.current() == 2


def test_a_bad_or_missing_file_keeps_the_old_value_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, clock = tmp_path / "n", Clock()
    write_atomically(path, b"1")
    watched = watch(path, clock)
    write_atomically(path, b"not a number")
    for clock.seconds in (1.0, 2.0, 3.0):
        assert watched.current() == 1
    assert len(caplog.records) == 1
    path.unlink()
    clock.seconds = 4.0
    assert watched.current() == 1
    write_atomically(path, b"3")
    clock.seconds = 5.0
    assert watched.current() == 3


def test_a_file_that_is_bad_from_the_start_is_not_accepted(tmp_path: Path) -> None:
    write_atomically(tmp_path / "n", b"nothing")
    with pytest.raises(ValueError, match="nothing"):
        watch(tmp_path / "n", Clock())
    with pytest.raises(FileNotFoundError):
        watch(tmp_path / "elsewhere", Clock())


def test_the_file_is_looked_at_once_a_second_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, clock = tmp_path / "n", Clock()
    write_atomically(path, b"1")
    watched = watch(path, clock)
    looks: list[float] = []
    monkeypatch.setattr("standwith.durable.watched._look_at", lambda _: looks.append(clock.seconds))
    for step in range(30):
        clock.seconds = step / 10
        watched.current()
    assert looks == [1.0, 2.0]

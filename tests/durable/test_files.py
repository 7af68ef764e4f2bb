"""What is in place after a write, after a failed one, and who may read it. (Power cuts: tests/faults.)"""

import os
import stat
from pathlib import Path

import pytest

from standwith.durable import files
from standwith.durable.files import make_directories, remove_durably, write_atomically, write_together


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_atomically(path, b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["page.html"]


@pytest.mark.parametrize("wanted", [0o600, 0o644, 0o664])
def test_the_mode_is_exactly_the_one_asked_for(tmp_path: Path, wanted: int) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "key", b"k", wanted)
    finally:
        os.umask(before)
    assert mode(tmp_path / "key") == wanted


def test_a_secret_is_never_readable_by_others_on_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    real_fsync = os.fsync

    def look_while_writing(handle: int) -> None:
        seen.extend(mode(path) for path in tmp_path.iterdir())
        real_fsync(handle)

    monkeypatch.setattr(files.os, "fsync", look_while_writing)
    write_atomically(tmp_path / "key", b"k", 0o600)
    assert set(seen) == {0o600}


def test_content_is_synced_before_it_gets_its_name_and_the_directory_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        steps.append("sync directory" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        real_fsync(handle)

    def replace(source: Path, target: Path) -> None:
        steps.append("rename")
        real_replace(source, target)

    monkeypatch.setattr(files.os, "fsync", fsync)
    monkeypatch.setattr(files.os, "replace", replace)
    write_together({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert steps == ["sync file", "sync file", "rename", "rename", "sync directory"]


def test_a_failed_sync_keeps_the_old_file_and_leaves_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "manifest.json"
    write_atomically(path, b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_together({tmp_path / "other": b"x", path: b"new"})
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["manifest.json"]


def test_removing_takes_what_is_there_and_forgives_what_is_not(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", b"1")
    remove_durably([tmp_path / "a", tmp_path / "never-was"])
    assert os.listdir(tmp_path) == []


def test_directories_are_made_with_their_mode_and_those_to_sync_are_told(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        changed = make_directories([tmp_path / "a" / "b", tmp_path / "a" / "c", tmp_path])
        again = make_directories([tmp_path / "a" / "b"])
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")} == {0o755}
    assert (changed, again) == ({tmp_path, tmp_path / "a"}, set())


@pytest.mark.parametrize("count", [1, 3, 50])
def test_side_by_side_does_everything_and_then_raises_the_first_error(count: int) -> None:
    done: list[int] = []

    def do(number: int) -> None:
        done.append(number)
        if number % 2 == 0:
            raise OSError(number, "full")

    files.side_by_side(done.append, range(count))
    assert sorted(done) == list(range(count))
    done.clear()
    with pytest.raises(OSError, match="full") as caught:
        files.side_by_side(do, range(count))
    assert caught.value.errno == 0


def test_when_one_of_many_cannot_be_written_none_is_in_place_and_nothing_is_left(tmp_path: Path) -> None:
    wanted = {tmp_path / str(number): b"x" for number in range(20)} | {tmp_path / "missing" / "x": b"x"}
    with pytest.raises(FileNotFoundError):
        write_together(wanted)
    assert list(tmp_path.iterdir()) == []


def test_files_get_their_names_in_the_order_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever puts a page's packed siblings before the page relies on it."""
    named: list[Path] = []
    replace = os.replace
    monkeypatch.setattr(files.os, "replace", lambda old, new: (replace(old, new), named.append(new)))
    wanted = [tmp_path / f"{number * 7 % 40}" for number in range(40)]
    write_together({path: bytes(1000 * (40 - at)) for at, path in enumerate(wanted)})
    assert named == wanted

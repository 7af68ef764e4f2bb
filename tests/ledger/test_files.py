"""The public files: whole or not there, and never written over."""

import pytest

from standwith.ledger.errors import LogDamaged
from standwith.ledger.files import LogFiles, State

TILE = "tile/0/x001/067"


@pytest.fixture
def files(tmp_path):
    return LogFiles(tmp_path / "site" / "log")


def test_files_and_their_directories_are_made(files):
    files.put({TILE: b"hashes", "addenda/e3/b0/e3b0": b"words"})
    assert (files.read(TILE), files.read("addenda/e3/b0/e3b0")) == (b"hashes", b"words")
    assert sorted(path.name for path in files.directory.rglob("*") if path.is_file()) == ["067", "e3b0"]


def test_the_same_again_is_no_change(files):
    files.put({TILE: b"hashes"})
    before = (files.directory / TILE).stat().st_ino
    files.put({TILE: b"hashes"})
    assert (files.directory / TILE).stat().st_ino == before


def test_a_torn_one_is_written_again(files):
    files.put({TILE: b"hashes"})
    (files.directory / TILE).write_bytes(b"has")
    files.put({TILE: b"hashes"})
    assert files.read(TILE) == b"hashes"


def test_other_bytes_are_damage_and_nothing_is_written(files):
    files.put({TILE: b"hashes"})
    with pytest.raises(LogDamaged, match=TILE):
        files.put({"tile/0/000": b"first", TILE: b"HASHES"})
    assert files.read(TILE) == b"hashes"
    assert not (files.directory / "tile/0/000").exists()


def test_how_a_file_lies_there(files):
    files.put({TILE: b"hashes"})
    found = [files.state(path, data) for path, data in ((TILE, b"hashes"), (TILE, b"HASHES"), (TILE, b"h"), ("x", b""))]
    assert found == [State.SAME, State.OTHER, State.MISSING, State.MISSING]


def test_the_checkpoint_changes(files):
    assert files.checkpoint() is None
    for note in (b"one", b"two"):
        files.put_checkpoint(note)
        assert files.checkpoint() == note


def test_partial_tiles_go_when_the_full_one_is_there_and_no_others(files):
    files.put({"tile/0/000.p/3": b"a", "tile/0/000.p/9": b"b", "tile/0/001.p/3": b"c", "tile/0/000": b"d"})
    files.drop_partial(["tile/0/000", "tile/0/001.p/3", "tile/0/002"])
    left = sorted(str(path.relative_to(files.directory)) for path in files.directory.rglob("*") if path.is_file())
    assert left == ["tile/0/000", "tile/0/001.p/3"]


def test_settling_needs_no_directory(files):
    files.settle()
    assert not files.directory.exists()

"""The ledger's clerk dies 2,000 times, at every step: nothing acknowledged is lost, nothing signed is contradicted."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from standwith.durable.files import make_directories, sync_directories, write_atomically
from tests.faults.forgetful_disk import ForgetfulDisk, Fuse
from tests.faults.ledger_trial import STEPS

ROOT = Path(__file__).parents[2]
KILLS = 1000  # in each of two tests, which two processes can share
SOON = 400


def run(kills: int, seed: int, clerk: str = "careful") -> dict:
    """What the trial printed. The same order of sets in every run, so that the same seed is the same trial."""
    words = ["--kills", str(kills), "--seed", str(seed), "--clerk", clerk]
    command = [sys.executable, "-m", "tests.faults.ledger_trial", *words]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONHASHSEED": "0"}
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_the_step_at_which_the_clerk_dies_the_log_goes_on(seed):
    told = run(KILLS, seed)
    assert "noticed" not in told, told["noticed"]
    assert told["kills"] == KILLS
    assert told["signed"] > KILLS / 3, "the clerks hardly signed"
    assert set(told["deaths"]) == set(STEPS), "no clerk died at one of the steps"


@pytest.mark.parametrize(
    ("clerk", "what"),
    [
        ("hasty", "shown before it was committed"),
        ("blind", "TileMissing"),
        ("rash", "two signed checkpoints are inconsistent"),
        ("eager", "an acknowledged leaf was lost"),
        ("sloppy", "TileMissing"),
        ("loose", "(TileDamaged|NoteRefused|don't lead to the root|don't hold the rows)"),
    ],
)
def test_the_trial_notices_a_clerk_who_breaks_the_order(clerk, what):
    told = run(SOON, 1, clerk)
    assert re.search(what, told.get("noticed", "nothing"))


class TestDisk:
    """The disk that forgets forgets only what nobody made safe."""

    @pytest.fixture
    def disk(self, tmp_path):
        for name in ("log", "attic"):
            (tmp_path / name).mkdir()
        disk = ForgetfulDisk(tmp_path / "log", tmp_path / "attic", Fuse(0, "", lambda name: None))
        disk.install()
        yield disk
        disk.lose(Everything())

    def test_what_was_synced_with_its_directory_stays(self, disk, tmp_path):
        sync_directories(make_directories([tmp_path / "log" / "tile"]))
        write_atomically(tmp_path / "log" / "tile" / "0", b"hashes")
        disk.lose(Everything())
        assert (tmp_path / "log" / "tile" / "0").read_bytes() == b"hashes"

    def test_a_file_that_was_not_synced_is_torn(self, disk, tmp_path):
        handle = os.open(tmp_path / "log" / "a", os.O_WRONLY | os.O_CREAT)
        os.write(handle, b"hashes")
        directory = os.open(tmp_path / "log", os.O_RDONLY)
        os.fsync(directory)
        disk.lose(Everything())
        assert (tmp_path / "log" / "a").read_bytes() != b"hashes"

    def test_a_name_that_was_not_synced_goes_and_the_old_file_comes_back(self, disk, tmp_path):
        (tmp_path / "log" / "a").write_bytes(b"old")
        (tmp_path / "log" / "b").write_bytes(b"new")
        os.replace(tmp_path / "log" / "b", tmp_path / "log" / "a")
        os.unlink(tmp_path / "log" / "a")
        os.mkdir(tmp_path / "log" / "c")
        disk.lose(Everything())
        assert {path.name: path.read_bytes() for path in (tmp_path / "log").iterdir()} == {"a": b"old"}


class Everything:
    """Dice that lose all that can be lost."""

    def choice(self, some):
        return some[-1] if isinstance(some[0], float) else some[0]

    def random(self):
        return 0.0

    def randint(self, low, high):
        return low

    def randbytes(self, count):
        return bytes(count)

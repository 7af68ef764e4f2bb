"""The seizure drill: 20,000 people sign, and whoever takes the disks finds none of them who confirmed a day ago."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from standwith.supporters.memory import is_memory
from tests.drill.course import run_course
from tests.drill.crowd import make_crowd
from tests.drill.promise import broken

PEOPLE = 20_000
ROOM = 4 << 30
MEMORY = Path("/dev/shm")


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory in memory where there is room, for the disk is not what is tried."""
    roomy = is_memory(MEMORY) and shutil.disk_usage(MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(prefix="standwith-drill-", dir=MEMORY if roomy else None) as directory:
        yield Path(directory)


def test_whoever_takes_the_machine_finds_nobody_who_confirmed_a_day_ago(place: Path) -> None:
    course = run_course(place, make_crowd(PEOPLE), hands=os.cpu_count() or 1)
    assert broken(course.running) == []
    assert broken(course.ended) == []
    assert len(course.countable) > 50
    assert course.told == course.countable, "the control, with its key beside the tables, was not opened"

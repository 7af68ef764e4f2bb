"""The door that most tests of the intake stand before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.intake.door import Door, lay_out


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    door = Door(lay_out(tmp_path / "home"))
    yield door
    door.close()

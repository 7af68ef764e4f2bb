"""Every test here finds empty tables."""

import atexit
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.supporters.tables import empty_tables, make_tables

_PLACE = Path(tempfile.mkdtemp(prefix="standwith-"))  # models can be imported only once Django knows its tables
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)
make_tables(_PLACE)


@pytest.fixture(autouse=True)
def tables():
    empty_tables()

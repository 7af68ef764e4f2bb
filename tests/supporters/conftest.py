"""Every test here finds empty tables, a stand with one campaign, and an early morning."""

import atexit
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.supporters.tables import empty_tables, make_tables

# Models can be imported only once Django knows its tables, and pytest imports the test files right after this one.
_PLACE = Path(tempfile.mkdtemp(prefix="standwith-"))
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)
make_tables(_PLACE)


@pytest.fixture(autouse=True)
def stand(tmp_path):
    from tests.supporters.stand import Stand

    empty_tables()
    return Stand(tmp_path)

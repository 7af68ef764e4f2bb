"""Django's tables for the tests that keep a log; those of the pure modules do without."""

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


@pytest.fixture
def place(tmp_path):
    """A log that was just founded, with the leaves of the invented log to append."""
    from tests.ledger.founded import Founded

    empty_tables(("ledger",))
    return Founded(tmp_path)


@pytest.fixture
def tables(tmp_path):
    """Empty tables and a directory, no log."""
    empty_tables(("ledger",))
    return tmp_path

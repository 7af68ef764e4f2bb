"""Every test here finds an empty spool; some speak to a real SMTP server on this machine."""

import atexit
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.supporters.tables import empty_tables, make_tables

_PLACE = Path(tempfile.mkdtemp(prefix="standwith-"))
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)
make_tables(_PLACE)


@pytest.fixture(autouse=True)
def spool():
    empty_tables()


@pytest.fixture
def relay():
    from tests.mail.relay import Relay

    with Relay() as relay:
        yield relay

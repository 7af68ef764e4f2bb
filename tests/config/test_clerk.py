"""The clerk as a process: how it begins in an older home, and how it ends."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.typed import type_command

GO_BACK = """
import sys
from pathlib import Path
from django.core.management import call_command
from standwith.config.django import configure
from standwith.config.home import Home
configure(Home(Path(sys.argv[1])))
call_command("migrate", "supporters", "0001", verbosity=0)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert type_command("init", tmp_path / "home", "--mail-relay", "mailbox").returncode == 0
    assert type_command("ledger", "init", "--home", tmp_path / "home").returncode == 0
    return tmp_path / "home"


def start(home: Path, *options: str) -> "subprocess.Popen[bytes]":
    """A clerk that is at work."""
    command = [sys.executable, "-m", "standwith", "clerk", "--home", str(home), *options]
    clerk = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    end = time.monotonic() + 30
    while time.monotonic() < end and not has_read(home):
        time.sleep(0.05)
    return clerk


def has_read(home: Path) -> bool:
    with sqlite3.connect(home / "tables" / "standwith.sqlite", timeout=20) as database:
        return database.execute("SELECT count(caught_up) FROM supporters_cursor").fetchone() == (1,)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_clerk_that_follows_ends_at_a_signal_without_a_word(home: Path, ending: signal.Signals) -> None:
    """Its standard input stays open, as in the demo: the thread that listens there must not hold up the end."""
    clerk = start(home, "--follow")
    clerk.send_signal(ending)
    assert clerk.wait(20) == 0
    assert clerk.stdout.read() == b""
    clerk.stdin.close()


def test_a_clerk_that_follows_ends_with_whoever_started_it(home: Path) -> None:
    clerk = start(home, "--follow")
    clerk.stdin.write(b"x" * 5000)
    clerk.stdin.close()
    assert clerk.wait(20) == 0
    assert clerk.stdout.read() == b""


def test_a_clerk_makes_the_tables_that_an_older_version_did_not_know(home: Path) -> None:
    subprocess.run([sys.executable, "-c", GO_BACK, home], check=True)
    clerk = start(home)
    with sqlite3.connect(home / "tables" / "standwith.sqlite", timeout=20) as database:
        for table in ("closing", "removal"):
            assert database.execute(f"SELECT count(*) FROM supporters_{table}").fetchone() == (0,)
    clerk.send_signal(signal.SIGTERM)
    assert clerk.communicate(timeout=20)[0] == b""
    assert clerk.returncode == 0

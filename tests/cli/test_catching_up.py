"""The day after: the machine is lost, an older backup lies over a new installation, the public log is a mirror's."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.note import Signer, make_signer
from standwith.ledger.tiles import Growth
from tests.cli.restoring import record
from tests.ledger.examples import ORIGIN, leaves
from tests.typed import type_command
from tools import verify

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from standwith.cli import main
from standwith.config.django import configure
from standwith.config.home import Home
configure(Home(Path(sys.argv.pop(1))))
from standwith.config import recovery
resume = recovery.resume
def resume_and_die(*given):
    resume(*given)
    os.kill(os.getpid(), signal.SIGKILL)
recovery.resume = resume_and_die
main()
"""


class Silent(SimpleHTTPRequestHandler):
    """A mirror on the web."""

    def log_message(self, *_: object) -> None:
        pass


def play(home: Path, act: str) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.cli.restoring", str(home), act]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def found(home: Path) -> Path:
    made = type_command("init", home, "--mail-relay", "mailbox", "--site-url", "https://act.example.org")
    assert made.returncode == 0, made.stderr
    return home


def tables(home: Path) -> list[str]:
    with closing(sqlite3.connect(Home(home).database)) as database:
        return list(database.iterdump())


def database(home: Path) -> bytes:
    """All bytes of the tables and of what SQLite lays beside them."""
    return b"".join(file.read_bytes() for file in Home(home).database.parent.iterdir())


@pytest.fixture(scope="module")
def disaster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with `mirror`, a copy of the lost log, and `restored`, a new installation with the older backup."""
    place = tmp_path_factory.mktemp("disaster")
    home, fresh = found(place / "home"), found(place / "restored")
    assert type_command("ledger", "init", "--home", home).returncode == 0
    assert play(home, "before") == {"size": 3, "number": 3, "confirmed": 3}
    backup = [sys.executable, ROOT / "deploy" / "backup.py", home, place / "backups"]
    subprocess.run(backup, check=True, capture_output=True)
    assert play(home, "since") == {"size": 7, "number": 2, "confirmed": 2}
    shutil.copytree(home / "site" / "log", place / "mirror")
    shutil.rmtree(home)
    for leftover in Home(fresh).database.parent.glob("*-*"):
        leftover.unlink()
    (copy,) = (place / "backups").iterdir()
    shutil.copytree(copy, fresh, dirs_exist_ok=True, symlinks=True)
    return place


@pytest.fixture
def place(disaster: Path, tmp_path: Path) -> Path:
    """The same for one test."""
    return Path(shutil.copytree(disaster, tmp_path / "place", symlinks=True))


@pytest.fixture
def address(place: Path) -> Iterator[str]:
    """The mirror's address, which the restored installation knows."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=place)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/mirror"
        settings = place / "restored" / "standwith.toml"
        lines = [line for line in settings.read_text().splitlines() if not line.startswith("mirrors")]
        settings.write_text("\n".join([*lines, f'mirrors = ["{url}"]', ""]))
        yield url
        server.shutdown()


def expect_refusal(place: Path, *words: object, said: str) -> None:
    before = tables(place / "restored")
    done = type_command("ledger", "catch-up", "--home", place / "restored", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert tables(place / "restored") == before


def test_the_day_after(place: Path, address: str) -> None:
    home = place / "restored"
    assert record("noor") in database(home)
    clerk = type_command("clerk", "--home", home)
    assert clerk.returncode == 2
    assert f"the mirror {address} has 7 leaves of this log, here are 3 signed." in clerk.stderr
    assert "standwith ledger catch-up --from LOG --home HOME" in clerk.stderr

    done = type_command("ledger", "catch-up", "--from", address, "--home", home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Leaves taken: 4. The tables hold 7 now.",
        "Signatures deleted, their records with them, that were withdrawn or voided since: 2.",
        "Signatures that count and whose records are lost; they can still be withdrawn: 1.",
        "The clerk can start; it writes again whatever is missing of the public files.",
    ]
    assert [record(name) in database(home) for name in ("amina", "noor", "sami")] == [True, False, False]

    assert play(home, "after") == {"size": 9, "number": 2, "confirmed": 2}
    log = home / "site" / "log"
    origin, size, _, signatures, removed = verify.check(str(log))
    assert (origin, size, signatures.total(), removed.total()) == (ORIGIN, 9, 5, 3)
    older = place / "mirror" / "checkpoint"
    grown = type_command("verify", log, "--since", older)
    assert grown.returncode == 0, grown.stdout
    assert "it has only grown" in grown.stdout

    again = type_command("ledger", "catch-up", "--home", home)
    assert again.stdout.startswith("Leaves taken: 0. The tables hold 9 now.\n")


def test_a_kill_in_the_middle_leaves_nothing_done(place: Path) -> None:
    home = place / "restored"
    before = tables(home)
    command = [sys.executable, "-c", KILLED, str(home), "ledger", "catch-up", "--from", place / "mirror"]
    killed = subprocess.run([*command, "--home", home], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b""), killed.stderr
    assert tables(home) == before
    done = type_command("ledger", "catch-up", "--from", place / "mirror", "--home", home)
    assert done.stdout.startswith("Leaves taken: 4.")


def test_it_waits_for_no_clerk(place: Path) -> None:
    with hold(place / "restored" / "clerk.lock"):
        expect_refusal(place, "--from", place / "mirror", said="A clerk works in ")


def test_a_mirror_that_is_not_ours_or_was_tampered_with_changes_nothing(place: Path) -> None:
    mirror, signer = place / "mirror", Signer.parse((place / "restored/keys/log.key").read_text().strip())
    expect_refusal(place, said="There is no log at ")  # the new installation has no public files yet
    expect_refusal(place, "--from", place / "nowhere", said="There is no log at ")
    bundle = mirror / "tile/entries/000.p/7"
    good = bundle.read_bytes()
    bundle.write_bytes(good[:300] + bytes([good[300] ^ 1]) + good[301:])
    expect_refusal(place, "--from", mirror, said="The leaves there do not lead to the root that was signed")
    bundle.unlink()
    expect_refusal(place, "--from", mirror, said="The log has no tile/entries/000")
    for key, said in ((make_signer(ORIGIN), "was not signed with the key of"), (signer, "two logs of one name")):
        growth = Growth()
        for path, data in growth.grow(leaves(9)).items():
            (mirror / path).parent.mkdir(parents=True, exist_ok=True)
            (mirror / path).write_bytes(data)
        (mirror / "checkpoint").write_bytes(sign_checkpoint(Checkpoint(ORIGIN, 9, growth.root()), key))
        expect_refusal(place, "--from", mirror, said=said)

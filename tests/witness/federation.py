"""A federation with its own installation: made by typing commands, its witness behind a real server."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standwith.config.home import Home
from standwith.ledger.checkpoint import Checkpoint
from standwith.ledger.policy import Policy, read_policy
from standwith.witness.app import Witness, make_witness
from tests.typed import type_command

ROOT = Path(__file__).parents[2]
SERVER = """
import sys
from granian import Granian
Granian("tests.witness.federation:make_application", factory=True, interface="asginl", address="127.0.0.1",
        port=int(sys.argv[1]), workers=2, websockets=False, log_enabled=False).serve()
"""


def make_application() -> Witness:
    """The witness of the home that STANDWITH_HOME names, as a server's worker makes it."""
    home = Home(Path(os.environ["STANDWITH_HOME"]))
    return make_witness(home.witness, home.witness_key, clock=lambda: datetime.now(UTC))


def serve(home: Home, port: int) -> "subprocess.Popen[bytes]":
    """The witness of a home behind a server with two workers; returns when it listens."""
    environment = os.environ | {"STANDWITH_HOME": str(home.path)}
    command = [sys.executable, "-c", SERVER, str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return server
    kill(server)
    raise AssertionError("the witness never listened")


def kill(server: "subprocess.Popen[bytes]") -> None:
    """SIGKILL for a server and its workers at once."""
    os.killpg(server.pid, signal.SIGKILL)
    server.wait(10)


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Federation:
    """An installation with a ledger and a witness. Start the witness, agree with others, let the clerk work."""

    def __init__(self, path: Path) -> None:
        self.home, self.port = Home(path), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[bytes] | None = None
        self.type("init", path, "--site-url", self.url, "--mail-relay", "mailbox", home=False)
        self.log_key = self._key(self.type("ledger", "init"))
        self.witness_key = self._key(self.type("witness", "status"))  # `ledger init` made it one

    def type(self, *words: object, home: bool = True) -> str:
        """What a command says when an officer of this federation types it."""
        done = type_command(*words, *(["--home", self.home.path] if home else []))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, other: "Federation", *words: object) -> None:
        """Agree with another federation that its witness cosigns our log."""
        other.type("witness", "watch", self.log_key, f"{self.url}/log/")
        self.type("witness", "trust", f"port-{other.port}", other.witness_key, f"{other.url}/witness/", *words)

    def start(self) -> None:
        """Let the witness answer."""
        self.server = serve(self.home, self.port)

    def stop(self) -> None:
        """Kill the witness at once, if it runs."""
        if self.server:
            kill(self.server)
            self.server = None

    def work(self, leaves: int) -> dict[str, Any]:
        """A turn of the clerk (clerk.py)."""
        command = [sys.executable, "-m", "tests.witness.clerk", str(self.home.path), str(leaves)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def policy(self) -> Policy:
        """Whom this federation believes."""
        return read_policy(self.home.policy.read_bytes())

    def shown(self) -> Checkpoint:
        """The checkpoint that everybody sees, if this federation's policy accepts it."""
        return self.policy().accept((self.home.log / "checkpoint").read_bytes())

    def back_up(self, target: Path) -> None:
        """Copy the tables as they are; nobody is writing."""
        shutil.copytree(self.home.database.parent, target)

    def restore(self, backup: Path) -> None:
        """What happens on a new machine: older tables, the same key, no public files."""
        shutil.rmtree(self.home.database.parent)
        shutil.copytree(backup, self.home.database.parent)
        shutil.rmtree(self.home.log)
        self.home.log.mkdir()

    @staticmethod
    def _key(said: str) -> str:
        """The public key in what a command said: the line of one word with two plus signs."""
        [key] = [line.strip() for line in said.split("\n") if line.count("+") >= 2 and " " not in line.strip()]
        return key

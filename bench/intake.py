"""How many acts a second the intake takes: parsed, checked, sealed and on disk before it answers.

    .venv/bin/python -m bench.intake [--seconds 60] [--stored 1000000] [--workers 2] [--connections 64] [--at DIR]

Starts granian with the real intake on a temporary home, drives it with wrk, and compares what wrk was thanked for
with what lies in the journal. Then the same server with a bare handler (bench/bare_intake.py) that only parses, seals
and commits in groups; the ratio says what checks, manifest and answers cost. `--stored` fills the journal before.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from standwith.durable.files import write_atomically
from standwith.intake.app import Intake, make_intake
from standwith.journal import store
from standwith.sealing.keys import make_key
from standwith.sealing.tokens import make_link_key

CAMPAIGN, TEXT = "stand-with-belarus", "5" * 64
PATH = f"/act/en/{CAMPAIGN}/sign"
ACT_BYTES = 5100  # an act with an ordinary name, sealed to two of three custodians


class Taken(msgspec.Struct, kw_only=True):
    """One run: what wrk saw and what the journal holds. Times in milliseconds."""

    requests: int
    refused: int
    broken: int
    seconds: float
    p50: float
    p99: float
    max: float
    stored: int = 0

    @property
    def per_second(self) -> float:
        """Acts that were thanked for, each second."""
        return (self.requests - self.refused) / self.seconds


def make_application() -> Intake:
    """The real intake of the home in BENCH_HOME; granian calls this in each worker."""
    home = Path(os.environ["BENCH_HOME"])
    return make_intake(home / "manifest.json", home / "journal.sqlite", home / "keys")


def lay_out(home: Path) -> None:
    """A home with keys, an empty journal and a manifest with one campaign."""
    (home / "keys").mkdir(parents=True)
    write_atomically(home / "keys/link.key", make_link_key(), 0o600)
    write_atomically(home / "keys/clerk.pub", str(make_key("clerk").public).encode())
    store.create(home / "journal.sqlite")
    edition = {"title": "Stand with Belarus", "owner": "Example Federation", "text": TEXT}
    campaign = {
        "open": True,
        "accent": "#a81f1f",
        "profile": "open",
        "custodians": [str(make_key("custodian").public) for _ in range(3)],
        "needed": 2,
        "texts": {TEXT: {"language": "en", "version": 1}},
        "languages": {"en": edition},
    }
    manifest = {"version": 2, "campaigns": {CAMPAIGN: campaign}}
    write_atomically(home / "manifest.json", json.dumps(manifest).encode())


def fill(home: Path, acts: int) -> None:
    """Put `acts` acts of the usual size into the journal."""
    with store.Journal(home / "journal.sqlite") as journal:
        for _ in range(0, acts, 1000):
            journal.append([secrets.token_bytes(ACT_BYTES) for _ in range(1000)])
    os.sync()  # the measured run must not wait for what the filling left to write


def stored(home: Path) -> int:
    """The position of the last act in the journal."""
    with store.Journal(home / "journal.sqlite") as journal:
        return journal.last()


@contextmanager
def serving(factory: str, home: Path, workers: int) -> Iterator[int]:
    """A granian with this application; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "asginl", "--factory", "--port", str(port)]
    command += ["--workers", str(workers), "--no-ws", "--log-level", "warning", factory]
    server = subprocess.Popen(command, env=os.environ | {"BENCH_HOME": str(home)})
    try:
        _wait_for(lambda: socket.create_connection(("127.0.0.1", port), 0.2).close())
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def drive(port: int, seconds: int, connections: int) -> Taken:
    """wrk, posting signatures for so long."""
    script = Path(__file__).with_name("wrk_sign.lua")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script)]
    command += [f"http://127.0.0.1:{port}", "--", PATH, TEXT, secrets.token_hex(4)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return msgspec.json.decode(out.strip().splitlines()[-1], type=Taken)


def measure(factory: str, home: Path, *, seconds: int, workers: int, connections: int) -> Taken:
    """Warm up, drive, and count what was stored meanwhile."""
    with serving(factory, home, workers) as port:
        drive(port, 2, connections)
        time.sleep(0.5)
        before = stored(home)
        taken = drive(port, seconds, connections)
        time.sleep(0.5)
        taken.stored = stored(home) - before
    return taken


def report(name: str, taken: Taken, connections: int) -> None:
    """Print one run; exit 1 if something was thanked for that isn't there."""
    thanked = taken.requests - taken.refused
    times = f"p50 {taken.p50:6.1f} ms   p99 {taken.p99:6.1f} ms   max {taken.max:6.1f} ms"
    counts = f"thanked {thanked}   stored {taken.stored}   refused {taken.refused}   broken {taken.broken}"
    print(f"{name:8} {taken.per_second:6.0f} acts/s   {times}   {counts}", flush=True)
    # wrk hangs up at the end: what was under way then is stored, and nobody was thanked for it.
    if not thanked <= taken.stored <= thanked + connections + taken.broken:
        raise SystemExit(f"{name}: {thanked} acts were thanked for, {taken.stored} are stored")


def run(
    seconds: Annotated[int, typer.Option(help="How long each run takes.")] = 10,
    acts: Annotated[int, typer.Option("--stored", help="Acts in the journal before the run.")] = 0,
    workers: Annotated[int, typer.Option(help="Worker processes of the server.")] = 2,
    connections: Annotated[int, typer.Option(help="Connections that wrk keeps open.")] = 64,
    at: Annotated[Path | None, typer.Option(help="Directory for the home, on the disk to measure.")] = None,
    bare: Annotated[bool, typer.Option(help="Run the bare reference too.")] = True,
) -> None:
    """Measure the intake and its bare reference."""
    home = Path(tempfile.mkdtemp(prefix="standwith-bench-", dir=at))
    options: dict[str, Any] = {"seconds": seconds, "workers": workers, "connections": connections}
    try:
        lay_out(home)
        if acts:
            fill(home, acts)
            print(f"{acts} acts stored before")
        real = measure("bench.intake:make_application", home, **options)
        report("intake", real, connections)
        if bare:
            reference = measure("bench.bare_intake:make_application", home, **options)
            report("bare", reference, connections)
            print(f"{'ratio':8} {real.per_second / reference.per_second:6.2f}")
    finally:
        shutil.rmtree(home)


def _wait_for(attempt: Callable[[], object]) -> None:
    for _ in range(200):
        try:
            attempt()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    typer.run(run)

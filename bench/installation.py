"""An installation to measure: the example campaign published in a temporary home, served by the commands users run."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from standwith.sealing.keys import make_key

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "stand-with-belarus"
PAGE = "/en/stand-with-belarus/"


def free_port() -> int:
    """A port where nobody listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def found(place: Path, workers: int, relay: str = "mailbox") -> tuple[Path, int]:
    """Make the installation, two of three custodians; return its home and the port at which it will be served."""
    home, port = place / "home", free_port()
    listen = f"127.0.0.1:{port}"
    custodians = [word for _ in range(3) for word in ("--custodian-key", str(make_key("custodian").public))]
    named = ("--site-url", f"http://{listen}", "--listen", listen, "--mail-relay", relay)
    run("init", str(home), *named, *custodians, "--custodians-needed", "2")
    settings = home / "standwith.toml"
    settings.write_text(re.sub(r"workers = \d+", f"workers = {workers}", settings.read_text()))
    run("ledger", "init", "--home", str(home))
    for verb, name in (("accept", "Alex Example"), ("approve", "Sam Example")):
        run("people", verb, str(EXAMPLE), "--all", "--by", name, "--yes", "--home", str(home))
    run("publish", str(EXAMPLE), "--home", str(home))
    return home, port


def run(*words: str) -> None:
    """One command, to its end."""
    subprocess.run([sys.executable, "-m", "standwith", *words], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(*words: str, port: int = 0) -> Iterator[int]:
    """A command that stays; waits until it listens at `port`; gives its process id and ends its whole session."""
    process = subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        if port:
            wait_for(port)
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait_for(port: int, seconds: float = 30) -> None:
    """Return when somebody listens at `port`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nobody ever listened at port {port}")


def text_of(home: Path) -> str:
    """The digest of the English text, as the form carries it."""
    page = (home / "site" / PAGE.strip("/") / "index.html").read_text(encoding="utf-8")
    return re.search(r'name="?text"? value="?([0-9a-f]{64})', page)[1]

"""The whole of standwith, running as a newcomer runs it, and a real browser in front of it."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "stand-with-belarus"
DIRECTORY = ROOT / "examples" / "directory"
# A sandbox of its own and no errands: the tests open no outside connection.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-default-apps"]


@dataclass(frozen=True)
class Demo:
    """A running demo: where it answers and where it lives."""

    url: str
    home: Path

    def page(self, language: str, path: str = "") -> str:
        """The address of a page of the example campaign."""
        return f"{self.url}/{language}/stand-with-belarus/{path}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`standwith demo` on a free port, started once per file and ended as Ctrl+C ends it."""
    with run_demo(EXAMPLE, tmp_path_factory.mktemp("demo")) as running:
        yield running


@contextmanager
def run_demo(folder: Path, place: Path) -> Iterator[Demo]:
    """`standwith demo` for this campaign folder, with its home in `place`."""
    home, port = place / "home", free_port()
    log = (place / "log.txt").open("w+b")
    command = [sys.executable, "-m", "standwith", "demo", str(folder), "--home", str(home), "--port", str(port)]
    command += ["--directory", str(DIRECTORY)]
    running = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/en/stand-with-belarus/", running, log)
        yield Demo(url, home)
    finally:
        running.terminate()
        running.wait(30)
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing; `make test` installs it."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    yield context
    context.close()


def free_port() -> int:
    """A port where nobody listens at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, running: "subprocess.Popen[bytes]", log: object, seconds: float = 60) -> None:
    """Return when `url` answers; fail with what was printed when the process ends or time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and running.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    log.seek(0)  # type: ignore[attr-defined]
    pytest.fail(f"{url} never answered: {log.read().decode()[-2000:]}")  # type: ignore[attr-defined]

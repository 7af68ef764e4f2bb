"""The machine that will be seized: its server and its clerk, each a process, told the time and what comes in.

    python -m tests.drill.machine door HOME        posts forms to the intake
    python -m tests.drill.machine clerk HOME       founds the installation, publishes, reads, keeps house
    python -m tests.drill.machine sender HOME      sends the letters, which is a thread of the clerk's otherwise

Everything is the program's own: the intake's application, the clerk's steps, the backup. Only the clock is ours. What
the two say at the most talkative level of the log goes to a file on the machine.
"""

import asyncio
import importlib.util
import logging
import sys
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from standwith.config import django
from standwith.config.home import Home
from standwith.config.settings import Settings, read_settings
from tests.drill.crowd import BEGIN, CLIENT, MARK
from tests.drill.wire import ROOT, serve
from tests.drill.writing import Written

AT_ONCE = 200
HEADERS = {
    "content-type": "application/x-www-form-urlencoded",
    "accept-encoding": "gzip",
    "user-agent": f"Mozilla/5.0 {MARK}",
    "referer": f"https://{MARK}.example.org/",
    "x-forwarded-for": CLIENT,
}


class Door:
    """The intake."""

    def __init__(self, home: Home) -> None:
        from standwith.intake.app import make_intake

        self.now = BEGIN
        self.app = make_intake(home.manifest, home.journal, home.keys, clock=lambda: self.now)
        self.runner = asyncio.Runner()

    def ask(self, now: float, requests: list[tuple[str, str, bytes]]) -> list[tuple[int, str]]:
        """Status and location of each (method, path, body), asked at `now`."""
        self.now = datetime.fromtimestamp(now, UTC)
        self.app._sheets._next = self.app._clerk._next = 0.0  # as if a second had gone by
        return self.runner.run(self._ask(requests))

    async def _ask(self, requests: list[tuple[str, str, bytes]]) -> list[tuple[int, str]]:
        answers: list[tuple[int, str]] = []
        for start in range(0, len(requests), AT_ONCE):
            answers += await asyncio.gather(*(self._one(*each) for each in requests[start : start + AT_ONCE]))
        return answers

    async def _one(self, method: str, path: str, body: bytes) -> tuple[int, str]:
        headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": headers, "client": (CLIENT, 4711)}
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()


class Office:
    """The clerk, and whoever types commands beside."""

    def __init__(self, home: Home) -> None:
        self.home, self.now = home, BEGIN
        self.end = ExitStack()

    def found(self, now: float, settings: dict[str, Any], custodians: list[list[str]], closes: str) -> None:
        """Found the installation and its ledger, publish both campaigns, let the clerk begin."""
        self._turn(now)
        from standwith.config.founding import found, found_ledger

        self.settings = Settings(**settings)
        found(self.home.path, self.settings, now=self.now)
        found_ledger(self.home, self.settings, "act.example.org/log", now=self.now)
        self._publish(custodians, closes)
        self._begin()

    def work(self, now: float) -> int:
        """Read the journal, enter what may enter the ledger, show it."""
        self._turn(now)
        done = 0
        while self.clerk._read_journal():
            done += 1
        while self.clerk._publish_leaves():
            pass
        return done

    def show(self, now: float) -> None:
        """Make the pages."""
        self._turn(now)
        self.clerk.pages.refresh()

    def house(self, now: float) -> None:
        """Keep house."""
        self._turn(now)
        self.clerk._keep_house()

    def back_up(self, now: float, target: str, keep: int) -> None:
        """Back up into `target`, as the timer does every night."""
        self._turn(now)
        backup().back_up(self.home.path, Path(target), today=self.now.date(), keep=keep)

    def block(self, now: float, addresses: list[str]) -> None:
        """Note that these asked never to be written to."""
        self._turn(now)
        from standwith.supporters.block import block

        block(addresses, self.clerk.keys, self.now)

    def memory(self) -> dict[str, str]:
        """The duplicate keys that this process holds: name -> the line of the key."""
        epochs = self.clerk.epochs
        held = {f"open {campaign}": str(key) for campaign, key in epochs._open.items()}
        if epochs._guarded:
            held["guarded"] = str(epochs._guarded.key)
        return held | {f"quota {number}": str(dated.key) for number, dated in enumerate(epochs._quotas)}

    def _turn(self, now: float) -> None:
        self.now = datetime.fromtimestamp(now, UTC)

    def _publish(self, custodians: list[list[str]], closes: str) -> None:
        from standwith.config.publication import publish
        from tests.drill.campaigns import make_campaigns

        of_open, of_guarded = custodians
        campaigns = make_campaigns(of_open, of_guarded, date.fromisoformat(closes))
        publish(campaigns, self.home, self.settings, by="Alex Example", note=None, now=self.now)

    def _begin(self) -> None:
        """What Clerk.run does before its steps."""
        from standwith.config.bookkeeping import Bookkeeper
        from standwith.config.clerk import Clerk
        from standwith.config.lock import hold

        self.clerk = Clerk(self.home, self.settings, clock=lambda: self.now)
        self.end.enter_context(hold(self.home.path / "clerk.lock", wait=False))
        self.clerk.books = Bookkeeper(self.home, self.settings)


class Sender:
    """What sends the clerk's letters."""

    def __init__(self, home: Home) -> None:
        django.configure(home)
        from standwith.config.clerk import Clerk, open_outlets
        from standwith.supporters.keys import Keyring

        self.now = BEGIN
        self.clerk = Clerk(home, read_settings(home.settings), clock=lambda: self.now)
        self.keys, self.outlets = Keyring.open(home.keys), open_outlets(home, self.clerk.settings)

    def send(self, now: float) -> None:
        """Send every letter that is due."""
        self.now = datetime.fromtimestamp(now, UTC)
        while self.clerk._send_some(self.keys, self.outlets):
            pass


def backup() -> ModuleType:
    """The program deploy/backup.py."""
    spec = importlib.util.spec_from_file_location("backup", ROOT / "deploy" / "backup.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(part: str, home: Path) -> None:
    written = Written()
    written.watch()
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("markdown_it").setLevel(logging.INFO)  # it tells the pages word by word, and meets nobody
    known = {"written": lambda: [sorted(written.places), sorted(written.spoken_to)]}
    if part == "door":
        serve(known | {"ask": Door(Home(home)).ask})
        return
    if part == "sender":
        serve(known | {"send": Sender(Home(home)).send})
        return
    office = Office(Home(home))
    verbs = ("found", "work", "show", "house", "back_up", "block", "memory")
    serve(known | {verb: getattr(office, verb) for verb in verbs})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

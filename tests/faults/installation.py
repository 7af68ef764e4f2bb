"""An installation whose server and clerk are processes that a test may kill, and a supporter who never gives up.

Invariant: `Installation` is the real thing: `standwith init`, `publish`, `serve` and `clerk` with their own sockets and
files. A supporter counts as thanked only for what the server itself answered.
"""

import email
import email.policy
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

from standwith.sealing.keys import SecretKey
from standwith.sealing.unlock import open_record

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "stand-with-belarus"
CAMPAIGN = "stand-with-belarus"
LINK = re.compile(rf"/act/en/{CAMPAIGN}/confirm/[A-Za-z0-9_-]+")


class Installation:
    """One home with its server and clerk."""

    def __init__(self, place: Path) -> None:
        self.home = place / "home"
        self.log = (place / "log.txt").open("w+b")
        self.port = _free_port()
        self.server: subprocess.Popen[bytes] | None = None
        self.clerk: subprocess.Popen[bytes] | None = None
        self._run("key", str(place / "custodian.key"))
        self.secret = SecretKey.parse((place / "custodian.key").read_text())
        site, listen = f"http://127.0.0.1:{self.port}", f"127.0.0.1:{self.port}"
        self._run(
            "init",
            str(self.home),
            "--mail-relay",
            "mailbox",
            "--site-url",
            site,
            "--listen",
            listen,
            "--custodian-key",
            str(self.secret.public),
        )
        self._run("ledger", "init", "--home", str(self.home))
        self._run("publish", str(EXAMPLE), "--home", str(self.home))
        page = (self.home / "site" / "en" / CAMPAIGN / "index.html").read_text()
        self.text = re.search(r'name="?text"? value="?([0-9a-f]{64})', page)[1]

    def type(self, *words: str) -> None:
        """A command about this home, as its operator types it."""
        self._run(*words, "--home", str(self.home))

    def start_server(self) -> None:
        """Start the web server and wait until it listens."""
        self.server = self._start("serve")
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError(f"the server never listened: {self.said()}")

    def start_clerk(self) -> None:
        """Start the clerk; it begins to work when it is ready."""
        self.clerk = self._start("clerk")

    def kill_server(self) -> None:
        """SIGKILL for the server and its workers at once."""
        self._kill(self.server)

    def kill_clerk(self) -> None:
        """SIGKILL for the clerk."""
        self._kill(self.clerk)

    def stop(self) -> None:
        """Kill whatever still runs."""
        for process in (self.server, self.clerk):
            if process and process.poll() is None:
                self._kill(process)
        self.log.close()

    def verify(self) -> str:
        """What the verifier that trusts nothing of ours says of the public ledger."""
        command = [sys.executable, ROOT / "tools" / "verify.py", self.home / "site" / "log"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout + found.stderr
        return found.stdout

    def said(self) -> str:
        """What the processes printed."""
        return Path(self.log.name).read_text(errors="replace")[-2000:]

    def mails(self) -> list[tuple[str, str]]:
        """(address, confirmation path) of every letter in the mailbox."""
        found = []
        for path in (self.home / "mailbox").glob("*.eml"):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            found.append((str(mail["To"]), LINK.search(mail.get_body(("plain",)).get_content())[0]))
        return found

    def addresses(self, table: str) -> Counter[str]:
        """The addresses inside the sealed records of a table, opened with the custodian's key."""
        records = self.ask(f"SELECT record FROM {table}")
        return Counter(open_record(bytes(record), self.secret).address for (record,) in records)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """The clerk's tables, read from outside."""
        with sqlite3.connect(self.home / "tables" / "standwith.sqlite", timeout=20) as connection:
            return connection.execute(question).fetchall()

    def wait_until_read(self, seconds: float = 60) -> None:
        """Return when the clerk has read everything in the journal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with sqlite3.connect(self.home / "journal" / "journal.sqlite", timeout=20) as journal:
                rows = journal.execute("SELECT seq FROM sqlite_sequence WHERE name = 'acts'").fetchall()
            read = self.ask("SELECT max(position) FROM supporters_cursor")[0][0] or 0
            waiting = self.ask("SELECT count(*) FROM mail_spooled WHERE state = 'waiting'")[0][0]
            if not rows or (read >= rows[0][0] and not waiting):
                return
            time.sleep(0.1)
        raise AssertionError(f"the clerk did not finish: {self.said()}")

    def wait_until_shown(self, number: int, seconds: float = 60) -> None:
        """Return when the clerk is at work and the published count is `number`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            count = json.loads((self.home / "site" / CAMPAIGN / "count.json").read_bytes())
            at_work = self.ask("SELECT count(*) FROM supporters_cursor")[0][0]
            page = (self.home / "site" / "en" / CAMPAIGN / "index.html").read_text(encoding="utf-8")
            shown = re.search(r'data-count="?(\d+)', page)
            told = {count["data"]["attributes"]["signature_count"], int(shown[1]) if shown else 0}
            if at_work and told == {number}:
                return
            time.sleep(0.1)
        raise AssertionError(f"the number never became {number}: {self.said()}")

    def _start(self, command: str) -> "subprocess.Popen[bytes]":
        words = [sys.executable, "-m", "standwith", command, "--home", str(self.home)]
        return subprocess.Popen(words, stdout=self.log, stderr=self.log, start_new_session=True)

    def _run(self, *words: str) -> None:
        subprocess.run([sys.executable, "-m", "standwith", *words], check=True, stdout=self.log, stderr=self.log)

    @staticmethod
    def _kill(process: "subprocess.Popen[bytes] | None") -> None:
        assert process is not None
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


class Supporter:
    """One connection to the server; opened again whenever it breaks."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation

    def sign(self, address: str, name: str = "Amina Example") -> bool:
        """Whether the server thanked for the signature."""
        form = {"name": name, "email": address, "country": "FR", "sign": "yes", "text": self.installation.text}
        return self.post(f"/act/en/{CAMPAIGN}/sign", form)

    def confirm(self, path: str) -> bool:
        """Whether the server thanked for the confirmation."""
        return self.post(path, {})

    def post(self, path: str, form: dict[str, str]) -> bool:
        """True for a 303; False for any other answer and for none."""
        return self.status(path, form) == 303

    def status(self, path: str, form: dict[str, str]) -> int:
        """The status of the answer, 0 where there was none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=10)
        try:
            connection.request("POST", path, urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

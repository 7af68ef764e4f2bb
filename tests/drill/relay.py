"""A mail relay on another machine than the one that is seized, and the people who read their mail.

It refuses some for good and some at the first attempt, with their address in its answer, as relays do.
Standard: RFC 5321, as far as needed.
"""

import quopri
import re
import socketserver
import threading
from collections.abc import Collection, Iterable
from typing import NamedTuple

NUMBER = re.compile(rb"\.(\d{6})@")
CONFIRM = re.compile(rb"/act/\S+/confirm/[A-Za-z0-9_=-]+")
WITHDRAW = re.compile(rb"/act/\S+/withdraw/[A-Za-z0-9_=-]+")
CODE = re.compile(rb"^ {4}[0-9A-Z]{5}-[0-9A-Z]{5}\r?$", re.MULTILINE)


class Letter(NamedTuple):
    """What somebody finds in their mail."""

    confirm: str
    withdraw: str
    code: str


class Relay:
    """Takes every mail, in threads of its own; `read` gives the letters that came, by the number of the person."""

    def __init__(self, refused: Collection[int] = (), slow: Iterable[int] = ()) -> None:
        self.mails: list[tuple[bytes, bytes]] = []
        self._refused, self._slow = refused, set(slow)
        self._server = _Server(("127.0.0.1", 0), _Session)
        self._server.relay = self
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> "Relay":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def judge(self, recipient: bytes) -> bytes:
        """What to say to a RCPT."""
        found = NUMBER.search(recipient)
        number = int(found[1]) if found else -1
        if number in self._refused:
            return b"550 5.1.1 no mailbox " + recipient
        if number in self._slow:
            self._slow.discard(number)
            return b"451 4.2.1 not now " + recipient
        return b"250 OK"

    def read(self) -> dict[int, Letter]:
        mails, self.mails = self.mails, []
        return {int(found[1]): read_letter(content) for to, content in mails if (found := NUMBER.search(to))}


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    relay: Relay


class _Session(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        assert isinstance(self.server, _Server)
        relay, to = self.server.relay, b""
        self._say(b"220 relay")
        while line := self.rfile.readline():
            match line[:4].upper().strip():
                case b"RCPT":
                    to = line.partition(b"<")[2].partition(b">")[0]
                    self._say(relay.judge(to))
                case b"DATA":
                    self._say(b"354 go on")
                    relay.mails.append((to, self._content()))
                    self._say(b"250 OK")
                case b"QUIT":
                    self._say(b"221 bye")
                case _:
                    self._say(b"250 OK")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)


def read_letter(content: bytes) -> Letter:
    """The links and the code in the text part, which comes first."""
    text = quopri.decodestring(content)
    return Letter(_find(CONFIRM, text), _find(WITHDRAW, text), _find(CODE, text).strip())


def _find(pattern: re.Pattern[bytes], text: bytes) -> str:
    found = pattern.search(text)
    return found[0].decode() if found else ""

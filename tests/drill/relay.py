"""A mail relay on another machine than the one that is seized, and the people who read their mail.

It says 250 to everything: what a relay can say otherwise is tested with the outlet. Standard: RFC 5321, as far as
needed.
"""

import quopri
import re
import socketserver
import threading
from typing import NamedTuple

RECIPIENT = re.compile(rb"<([^>]*)>")
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

    def __init__(self) -> None:
        self.mails: list[tuple[bytes, bytes]] = []
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
        self.wfile.write(b"220 relay\r\n")
        to = b""
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"RCPT":
                to = line
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.relay.mails.append((RECIPIENT.search(to)[1], self._content()))  # type: ignore[index]
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")

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

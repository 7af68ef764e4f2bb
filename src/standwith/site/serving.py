"""The built-in server of the public files: an ASGI application that answers from memory.

    GET /en/stand-with-belarus/      -> en/stand-with-belarus/index.html, as brotli, gzip or plain
    GET /en                          -> 308 /en/
    GET /en/no-such-page/            -> 404 with en/404.html

Invariant: only files that the site's state names are served, so no path leads out of the directory; what a new build
put in place is served within a second of its state. It takes nothing, logs nothing and sets no cookie.
Standards: ASGI 3, RFC 9110 (conditional requests, content negotiation).
"""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from standwith.site.shelf import Shelf
from standwith.site.state import NAME, read_state

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOK_EVERY = 1.0  # seconds between two looks at the state file
READABLE = ("GET", "HEAD")


def make_shelf(site: Path, *, tick: Callable[[], float] = time.monotonic) -> Application:
    """Return the application that serves the directory `site`, which may be empty or missing until the first build."""
    return Librarian(site, tick)


class Librarian:
    """Looks up what is asked for; one per process."""

    def __init__(self, site: Path, tick: Callable[[], float]) -> None:
        self._site, self._tick = site, tick
        self._shelf = Shelf(site, {})
        self._seen: object = None
        self._next = tick()

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if self._tick() >= self._next:
            self._look_again()
        if scope["method"] not in READABLE:
            await _send_plain(send, 405, [(b"allow", b"GET, HEAD")])
            return
        accepted, held = _read_headers(scope["headers"])
        path = scope["path"]
        copy = self._shelf.find(path, accepted)
        if copy is None:
            await self._send_missing(send, path, accepted, scope["method"])
        elif held and copy.matches(held):
            await send(copy.unchanged)
            await send(NO_BODY)
        else:
            await send(copy.start)
            await send(copy.body if scope["method"] == "GET" else NO_BODY)

    async def _send_missing(self, send: Send, path: str, accepted: bytes, method: str) -> None:
        """Point to the directory if only its slash is missing, else answer 404 in the reader's language."""
        if self._shelf.knows(f"{path}/"):
            await _send_plain(send, 308, [(b"location", f"{path}/".encode())])
            return
        language = path.split("/", 2)[1] if path.startswith("/") else ""
        copy = self._shelf.find(f"/{language}/404.html", accepted) or self._shelf.find("/404.html", accepted)
        if copy is None:
            await _send_plain(send, 404, [])
            return
        await send({**copy.start, "status": 404})
        await send(copy.body if method == "GET" else NO_BODY)

    def _look_again(self) -> None:
        """Take a new shelf when a build has finished; copies of files that it left alone stay in memory."""
        self._next = self._tick() + LOOK_EVERY
        try:
            found = (self._site / NAME).stat()
        except OSError:
            return
        seen = (found.st_mtime_ns, found.st_ino, found.st_size)
        if seen != self._seen:
            self._seen = seen
            self._shelf = self._shelf.renewed(read_state(self._site))


NO_BODY = {"type": "http.response.body", "body": b""}


def _read_headers(headers: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """Return Accept-Encoding and If-None-Match, b"" for what is not there."""
    accepted = held = b""
    for name, value in headers:
        if name == b"accept-encoding":
            accepted = value
        elif name == b"if-none-match":
            held = value
    return accepted, held


async def _send_plain(send: Send, status: int, more: list[tuple[bytes, bytes]]) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send(NO_BODY)

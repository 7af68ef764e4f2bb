"""The ledger's files over HTTP: an ASGI application that hands out what lies in the log's directory, and nothing else.

    GET /log/checkpoint                     text/plain, no-cache
    GET /log/policy, /log/roll/<tag>.txt    text/plain, kept for a minute
    GET /log/tile/0/x001/067.p/12           application/octet-stream, kept for ever
    GET /log/tile/entries/…, /log/addenda/… the same

Invariant: only a path of this grammar is looked for, so none leads out of the directory or to a file that is being
written; every answer may be read from any page, a saved one included (Access-Control-Allow-Origin). It takes nothing
and logs nothing. Standards: ASGI 3, RFC 9110, C2SP tlog-tiles.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any, BinaryIO

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIX = "/log/"
PIECE = 1 << 16
READABLE = ("GET", "HEAD")

TEXT, DATA = "text/plain; charset=utf-8", "application/octet-stream"
ALWAYS, MINUTE, FOREVER = "no-cache", "public, max-age=60", "public, max-age=31536000, immutable"

_NUMBER = r"(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/(?:[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?"
_KINDS = tuple(
    (re.compile(pattern, re.ASCII), kind, kept)
    for pattern, kind, kept in (
        (r"checkpoint", TEXT, ALWAYS),
        (rf"tile/(?:[0-9]|[1-5][0-9]|6[0-3]|entries)/{_NUMBER}", DATA, FOREVER),
        (r"policy|roll/[0-9a-f]{16}\.txt", TEXT, MINUTE),
        (r"addenda/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}", DATA, FOREVER),
    )
)


def make_log_files(directory: Path) -> Application:
    """Return the application that serves the log in `directory` below /log/; it may be missing until there is one."""

    async def application(scope: Scope, _: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] not in READABLE:
            await _answer(send, 405, [(b"allow", b"GET, HEAD")])
            return
        found = headers_of(scope["path"])
        file = _open(directory / scope["path"].removeprefix(PREFIX)) if found else None
        if found is None or file is None:
            await _answer(send, 404, [(b"cache-control", b"no-store")])
            return
        with file:
            await _send_file(file, found, send, body=scope["method"] == "GET")

    return application


def headers_of(path: str) -> list[tuple[bytes, bytes]] | None:
    """Return the headers of the file at this address, or None where the log has no such file."""
    name = path.removeprefix(PREFIX)
    for pattern, kind, kept in _KINDS:
        if path.startswith(PREFIX) and pattern.fullmatch(name):
            return [(b"content-type", kind.encode()), (b"cache-control", kept.encode())]
    return None


def _open(file: Path) -> BinaryIO | None:
    try:
        return file.open("rb")
    except OSError:
        return None


async def _send_file(file: BinaryIO, headers: list[tuple[bytes, bytes]], send: Send, *, body: bool) -> None:
    """Send as much as the file has at this moment, in pieces: a roll is long, and it may grow meanwhile."""
    left = file.seek(0, 2)
    file.seek(0)
    await _start(send, 200, [(b"content-length", str(left).encode()), *headers])
    while body and left > PIECE:
        await send({"type": "http.response.body", "body": file.read(PIECE), "more_body": True})
        left -= PIECE
    await send({"type": "http.response.body", "body": file.read(left) if body else b""})


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await _start(send, status, [(b"content-length", b"0"), *headers])
    await send({"type": "http.response.body", "body": b""})


async def _start(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    open_to_all = [(b"access-control-allow-origin", b"*"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers + open_to_all})

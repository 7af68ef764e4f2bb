"""Answers: status, headers and body, as ASGI sends them.

Invariant: no answer is kept by a cache, gives its address away to the next site, or is read as something that it isn't.
Redirects are 303 and stay on this site.
"""

import gzip
from functools import lru_cache
from typing import NamedTuple

from standwith import look

Headers = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """What goes back to the browser."""

    status: int
    headers: Headers
    body: bytes


_ALWAYS: Headers = [
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]


@lru_cache(maxsize=4096)
def go_to(address: str) -> Answer:
    """303: the act was taken (or there is nothing to do here), go on to this page of the site."""
    return _redirect(address)


def go_to_with(address: str, codes: str) -> Answer:
    """303 with codes behind a #: they stay in this browser, no server is sent them, and none is remembered here."""
    return _redirect(f"{address}#{codes}")


def _redirect(address: str) -> Answer:
    headers = [*_ALWAYS, (b"content-security-policy", b"default-src 'none'"), (b"location", address.encode("ascii"))]
    return Answer(303, [*headers, (b"content-length", b"0")], b"")


def show(status: int, html: str, *more: tuple[bytes, bytes]) -> Answer:
    """A page with the headers that go with it."""
    headers = dict(_ALWAYS)
    headers.update((name.encode(), value.encode("ascii")) for name, value in look.security_headers(html).items())
    headers[b"content-type"] = b"text/html; charset=utf-8"
    body = html.encode()
    return Answer(status, [*headers.items(), *more, (b"content-length", str(len(body)).encode())], body)


def compress(answer: Answer) -> Answer:
    """The same page in a third of the bytes, for browsers that take gzip; no secret in it that a size could betray."""
    body = gzip.compress(answer.body, 6, mtime=0)
    headers = [header for header in answer.headers if header[0] != b"content-length"]
    more = [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding"), (b"content-length", str(len(body)).encode())]
    return Answer(answer.status, headers + more, body)

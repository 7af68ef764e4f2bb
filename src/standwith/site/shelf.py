"""The files of a site in memory, each in the three forms that it travels in, with its headers ready.

Invariant: a copy holds exactly the bytes of one file as they lay on disk when it was first asked for; it is dropped
when the state names another digest for the file. The shelf holds at most `ROOM` bytes: what was asked for longest ago
goes first. It does not speak HTTP; serving.py does. Standard: RFC 9110, 8.8.3 (entity tags) and 12.5.3 (Accept-
Encoding).
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from standwith.look import security_headers
from standwith.site.packing import PICTURES, forms

ROOM = 64 * 1024 * 1024
Header = tuple[bytes, bytes]

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xml": "application/xml",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
FEED = "application/atom+xml"
OPEN = (".json", ".csv", ".ics", "feed.xml")  # what any page elsewhere may read
FOREVER = "public, max-age=31536000, immutable"  # pictures: their names are made of their bytes
KEPT = {".js": "public, max-age=3600", ".svg": "public, max-age=86400"} | dict.fromkeys(PICTURES, FOREVER)
FRESH = "public, max-age=10"


@dataclass(frozen=True)
class Copy:
    """One file in one encoding: its tag, its body, and the ASGI messages that answer with it."""

    tag: bytes
    start: dict[str, Any]
    unchanged: dict[str, Any]
    body: dict[str, Any]

    def matches(self, held: bytes) -> bool:
        """Return whether If-None-Match (`held`) names this copy; weak tags compare as strong ones."""
        return held.strip() == b"*" or any(one.strip().removeprefix(b"W/") == self.tag for one in held.split(b","))


class Shelf:
    """The copies of the files that the state names: path -> digest."""

    def __init__(self, site: Path, files: Mapping[str, str]) -> None:
        self._site, self._files = site, files
        self._copies: OrderedDict[tuple[str, str], Copy] = OrderedDict()
        self._weight = 0

    def renewed(self, files: Mapping[str, str]) -> "Shelf":
        """Return a shelf for a new state that keeps the copies of files whose digest is still the same."""
        fresh = Shelf(self._site, files)
        for (name, suffix), copy in self._copies.items():
            if name in files and files[name] == self._files.get(name):
                fresh._keep(name, suffix, copy)
        return fresh

    def knows(self, path: str) -> bool:
        """Return whether the site has a page at this address (decoded, beginning with a slash)."""
        return name_of(path) in self._files

    def find(self, path: str, accepted: bytes) -> Copy | None:
        """Return the best form of the file at this address for a reader who accepts these encodings, or None."""
        name = name_of(path)
        suffix = best_form(accepted) if len(forms(name)) > 1 else ""
        copy = self._copies.get((name, suffix))
        if copy is not None:
            self._copies.move_to_end((name, suffix))
            return copy
        if name not in self._files:
            return None
        return self._fetch(name, suffix)

    def _fetch(self, name: str, suffix: str) -> Copy | None:
        try:
            plain = (self._site / name).read_bytes()
            data = (self._site / (name + suffix)).read_bytes() if suffix else plain
        except OSError:
            return None
        copy = make_copy(name, suffix, data, plain)
        self._keep(name, suffix, copy)
        return copy

    def _keep(self, name: str, suffix: str, copy: Copy) -> None:
        self._copies[name, suffix] = copy
        self._weight += len(copy.body["body"])
        while self._weight > ROOM and len(self._copies) > 1:
            _, gone = self._copies.popitem(last=False)
            self._weight -= len(gone.body["body"])


def name_of(path: str) -> str:
    """Return the name under which the state knows the file at an address: /en/ is en/index.html."""
    return f"{path}index.html"[1:] if path.endswith("/") else path[1:]


@lru_cache(maxsize=512)
def best_form(accepted: bytes) -> str:
    """Return the suffix of the smallest form that Accept-Encoding allows: ".br", ".gz" or ""."""
    qualities = {}
    for part in accepted.decode("latin-1").lower().split(","):
        coding, _, parameter = part.partition(";")
        qualities[coding.strip()] = parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
        if qualities.get(coding, qualities.get("*", False)):
            return suffix
    return ""


def make_copy(name: str, suffix: str, data: bytes, plain: bytes) -> Copy:
    """Return the copy of one form of a file with its headers; `plain` is the file itself, which carries its policy."""
    tag = f'"{sha256(data).hexdigest()[:20]}"'.encode()
    always = [
        (b"etag", tag),
        (b"vary", b"accept-encoding"),
        (b"cache-control", KEPT.get(Path(name).suffix, FRESH).encode()),
        *_safety(name, plain),
    ]
    own = [(b"content-type", _type_of(name).encode()), (b"content-length", str(len(data)).encode())]
    if suffix:
        own.append((b"content-encoding", b"br" if suffix == ".br" else b"gzip"))
    return Copy(
        tag=tag,
        start={"type": "http.response.start", "status": 200, "headers": [*own, *always]},
        unchanged={"type": "http.response.start", "status": 304, "headers": always},
        body={"type": "http.response.body", "body": data},
    )


def _safety(name: str, plain: bytes) -> list[Header]:
    page = plain.decode() if name.endswith(".html") else ""
    headers = [(key.encode(), value.encode()) for key, value in security_headers(page).items()]
    return [*headers, (b"access-control-allow-origin", b"*")] if name.endswith(OPEN) else headers


def _type_of(name: str) -> str:
    return FEED if name.endswith("feed.xml") else TYPES.get(Path(name).suffix, "application/octet-stream")

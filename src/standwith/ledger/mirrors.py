"""Reading a log's public files: from a directory, or from an address on the web.

    /srv/copies/act.example.org/log          a directory with a copy of the log, or one with a whole site around it
    https://act.example.org/log/             the log; the site around it; any page of that site

Invariant: a file that is not there is FileNotFoundError, everything else that goes wrong is OSError with a sentence;
what comes back is never believed here. It reads and writes nothing else, sends no cookie and no name.
Standard: C2SP tlog-tiles for the paths; HTTP by urllib.
"""

import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

Read = Callable[[str], bytes]
CHECKPOINT, LOG = "checkpoint", "log"
SECONDS = 30.0
MOST = 64 * 2**20  # bytes of one file
AT_ONCE = 8  # requests; a disk needs no more than one
_GONE = (404, 410)


class Mirror(NamedTuple):
    """A place with files: its name, how to read a path below it, how many at once."""

    place: str
    read: Read
    at_once: int = 1


class Found(NamedTuple):
    """A log, the site around it if that is known, and the rest of the address behind the site, such as a page's."""

    log: Mirror
    site: Mirror | None
    page: tuple[str, ...]


def is_address(place: str) -> bool:
    """Whether this is an address on the web and not a directory."""
    return place.lower().startswith(("https://", "http://"))


def open_mirror(place: str) -> Mirror:
    """The directory or address, unread."""
    if is_address(place):
        return Mirror(place, lambda path: fetch(f"{place.rstrip('/')}/{path}"), AT_ONCE)
    return Mirror(place, lambda path: (Path(place) / path).read_bytes())


def find_log(place: str) -> Found:
    """The log at a directory or address, at the site around it, or at the site of a page; raises FileNotFoundError."""
    for log, site, page in _candidates(place):
        mirror = open_mirror(log)
        if _has_checkpoint(mirror):
            return Found(mirror, open_mirror(site) if site else None, page)
    raise FileNotFoundError(f"There is no log at {place}.")


def fetch(url: str) -> bytes:
    """What lies at an address; raises FileNotFoundError or OSError."""
    try:
        request = Request(url, headers={"User-Agent": "standwith"})  # noqa: S310 only http and https come here
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(MOST + 1)
            rest = answer.length  # what should have come and did not; unknown if the server did not say how much
    except HTTPError as error:
        kind = FileNotFoundError if error.code in _GONE else OSError
        raise kind(f"{url}: the server answers {error.code}.") from None
    except (URLError, http.client.HTTPException, ValueError) as error:
        raise OSError(f"{url}: {getattr(error, 'reason', None) or type(error).__name__}.") from None
    if rest and len(data) <= MOST:
        raise OSError(f"{url}: the answer broke off.")
    if len(data) > MOST:
        raise OSError(f"{url}: the file is too large to be one of a log.")
    return data


def _candidates(place: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(log, site, page) in the order of likelihood."""
    if not is_address(place):
        path = Path(place)
        yield str(path), str(path.parent) if path.name == LOG else "", ()
        yield str(path / LOG), str(path), ()
        return
    try:
        parts = urlsplit(place)
    except ValueError:
        raise OSError(f"{place} is no address.") from None
    root, names = f"{parts.scheme}://{parts.netloc}", tuple(name for name in parts.path.split("/") if name)
    if names[-1:] == (LOG,):
        yield "/".join((root, *names)), "/".join((root, *names[:-1])), ()
    for kept in range(len(names), -1, -1):  # a site may lie below its host's root
        site = "/".join((root, *names[:kept]))
        yield f"{site}/{LOG}", site, names[kept:]
    yield "/".join((root, *names)), "", ()


def _has_checkpoint(mirror: Mirror) -> bool:
    """Whether one lies there, good or damaged; a server may answer every address with the same friendly page."""
    try:
        return not mirror.read(CHECKPOINT).lstrip().startswith(b"<")
    except (FileNotFoundError, NotADirectoryError):
        return False

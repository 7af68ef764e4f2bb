"""Every key that a store may hold: lines that say so, and all else of 32 bytes that could be one.

    lines     key lines of ours, of signed notes and of age, in any file and any layer
    columns   every value of 32 bytes in a database: as bytes, in hexadecimal, in base64
    runs      what is written like 32 bytes or a little more in a small file, decoded
    windows   every 32 bytes in a row in files that lie where keys do, or have little else in them

Files of the site are left out: they are public.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from tests.drill.search import Seen
from tests.drill.store import Store

KEY = 32
SMALL, TINY = 64 << 10, 256  # bytes of a file whose encoded runs are tried; whose every window is
RUN = re.compile(rb"[A-Za-z0-9+/_-]{42,}={0,2}|[0-9A-Fa-f]{64}")
_URL = bytes.maketrans(b"-_", b"+/")


class Key(NamedTuple):
    """32 bytes, or more where a line said so, and where they were found. `kind` is "" for what only might be a key."""

    raw: bytes
    where: str
    kind: str


def keys_in_lines(seen: Seen) -> list[Key]:
    """The keys that say that they are some."""
    return [key for where, line in sorted(seen.keys) for key in _read_line(where, line)]


def possible_keys(store: Store) -> list[Key]:
    """Everything else that has the length of a key, each once."""
    found = [*_in_columns(store), *_in_small_files(store)]
    return list({key.raw: key for key in reversed(found)}.values())


def _read_line(where: str, line: str) -> Iterator[Key]:
    if line.startswith("PRIVATE+KEY+"):
        yield Key(_from_base64(line.split("+", 4)[4].encode())[1:], where, "note")
    elif line.startswith("AGE-SECRET-KEY"):
        yield Key(line.encode(), where, "age")
    else:
        kind, _, encoded = line.split(" ")
        yield Key(_from_base64(encoded.encode()), where, kind.removeprefix("standwith-").removesuffix("-1"))


def _in_columns(store: Store) -> Iterator[Key]:
    for where, value in store.columns:
        if isinstance(value, bytes) and len(value) == KEY:
            yield Key(value, where, "")
        elif isinstance(value, str):
            yield from _decoded(value.encode(), where)


def _in_small_files(store: Store) -> Iterator[Key]:
    for path, name in store.files():
        if path.stat().st_size <= SMALL and "/site/" not in name:
            data = path.read_bytes()
            yield from _decoded(data, name)
            if "keys/" in name or len(data) <= TINY:
                yield from (Key(raw, name, "") for raw in _windows(data))


def _windows(data: bytes) -> Iterable[bytes]:
    return (data[start : start + KEY] for start in range(len(data) - KEY + 1))


def _decoded(data: bytes, where: str) -> Iterator[Key]:
    for run in RUN.findall(data):
        for decoded in _decodings(run):
            if KEY <= len(decoded) <= 4 * KEY:
                yield from (Key(raw, where, "") for raw in _windows(decoded))


def _from_base64(run: bytes) -> bytes:
    """What a run stands for, however it ends: a page of a database can cut a line anywhere."""
    bare = run.rstrip(b"=").translate(_URL)
    whole = bare[: len(bare) - (len(bare) % 4 == 1)]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def _decodings(run: bytes) -> Iterator[bytes]:
    yield _from_base64(run)
    with suppress(ValueError):
        yield bytes.fromhex(run.decode())

"""The digest of everything that a page is made from.

Invariant: it changes when the code, the templates, the interface's translations or a library that shapes the bytes
does.
"""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec

PACKAGE = Path(__file__).parents[1]
FOLDERS = ("site", "look", "facts", "languages", "campaigns", "people", "organisations", "manuscript")
SUFFIXES = {".py", ".html", ".css", ".js", ".po", ".svg", ".json"}
LIBRARIES = ("babel", "brotli", "jinja2", "markdown-it-py")


def digest(*inputs: object) -> str:
    """Return 32 hex digits for these inputs (anything that MessagePack can carry) under the present code."""
    return sha256(code_digest() + msgspec.msgpack.encode(inputs, order="deterministic")).hexdigest()[:32]


@cache
def code_digest() -> bytes:
    """Return the digest of the code that makes pages; read once, for a running program does not change."""
    found = sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    for path in sorted(path for folder in FOLDERS for path in (PACKAGE / folder).rglob("*") if path.suffix in SUFFIXES):
        found.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return found.digest()

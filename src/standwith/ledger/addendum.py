"""Addenda: the words that belong to statements, as files beside the log, named after what they hold.

    addenda/e3/b0/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

The leaf holds the SHA-256 of the whole file. Most addenda are JSON: one object, keys sorted, no spaces, UTF-8, and a
newline at the end; the texts that people sign are addenda as they are.
Invariant: the same object gives the same bytes, and so the same name. It does not write files: log.py does.
"""

import hashlib
import re

import msgspec

from standwith.ledger.errors import TileDamaged

_HEX = re.compile(r"[0-9a-f]{64}")


def write_addendum(body: object) -> bytes:
    """The bytes of a JSON addendum: dicts, structs, lists, text and numbers."""
    return msgspec.json.encode(body, order="sorted") + b"\n"


def addendum_path(digest: bytes | str) -> str:
    """Where the addendum with this SHA-256 lies, below the log's directory or address."""
    name = digest if isinstance(digest, str) else digest.hex()
    if not _HEX.fullmatch(name):
        raise TileDamaged("An addendum is named by the 64 hexadecimal digits of its SHA-256.")
    return f"addenda/{name[:2]}/{name[2:4]}/{name}"


def check_addendum(digest: bytes, body: bytes) -> bytes:
    """The body, if it is the one that the digest names; raises TileDamaged."""
    if hashlib.sha256(body).digest() != digest:
        raise TileDamaged("The addendum is not the one that its leaf names.")
    return body

"""Secret keys that were left in a campaign folder, found by what a file says, whatever it is called.

Invariant: every file is looked into, those too that nothing else reads: hidden ones, pictures, text in another
encoding. A key is never repeated, only its place is said. Does not unpack, so a key inside an archive is not seen.
"""

import re
import unicodedata

from standwith.manuscript import Report
from standwith.manuscript.finding import Lines

SECRET = re.compile(
    r"standwith-(?:[a-z]+-secret|link|spool|tag)-1\s+[0-9a-f]{4,}"
    r"|AGE-SECRET-KEY-1[0-9A-Z]{6,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
"""How secret keys start: those of `standwith.sealing.keys`, of age, and of PEM and OpenPGP files."""

_HINT = re.compile(rb"standwith-|AGE-SECRET-KEY-1|PRIVATE KEY")


def holds_secret(data: bytes) -> bool:
    """Whether a secret key stands somewhere in the file."""
    return SECRET.search(_text(data)) is not None


def report_secrets(name: str, data: bytes, report: Report) -> None:
    """Notes every secret key of one file at its place."""
    text = _text(data)
    lines = Lines(text, name)
    for secret in SECRET.finditer(text):
        report.add("secret-in-folder", lines.place(secret.start()), "This is a secret key.")


def _text(data: bytes) -> str:
    """The letters of a file that may hold a key, "" for any other; UTF-16 is Latin letters with zeros between them."""
    if not _HINT.search(data) and not _HINT.search(data.replace(b"\0", b"")):
        return ""
    known = data if _HINT.search(data) else data.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    text = known.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    return unicodedata.normalize("NFC", text)

"""What a site directory holds and what each file was made from: .standwith-site.json. Example:

    {"version": 1, "files": {"en/index.html": "0f4c2a…", "en/how-we-count/index.html": ""}}

A digest is that of everything the page was made from (digests.py); "" means that the file may be there, half-made.
Invariant: the file is written before the first change names a path that is new, and after the last; so no page can lie
in the directory unknown. A damaged state counts as empty: everything is made again.
"""

from pathlib import Path

import msgspec

from standwith.durable.files import write_atomically

NAME = ".standwith-site.json"


class _State(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    files: dict[str, str]


def holds_site(out: Path) -> bool:
    """Whether `out` holds a site that was published here."""
    return (out / NAME).exists()


def read_state(out: Path) -> dict[str, str]:
    """Return path -> digest of the files in `out`; empty where nothing was published yet."""
    try:
        state = msgspec.json.decode((out / NAME).read_bytes(), type=_State)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return state.files if state.version == 1 else {}


def write_state(out: Path, files: dict[str, str]) -> None:
    """Put the state in place, whole and durable."""
    write_atomically(out / NAME, msgspec.json.encode(_State(1, dict(sorted(files.items())))))

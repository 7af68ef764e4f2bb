"""What a process has written to: every file that it opened to write, every place that it gave a file another name at.

Seen by Python's audit hooks, so from within; SQLite's own companions (`-wal`, `-shm`) lie beside their database, and
its temporary files in the temporary directory, which the drill watches from outside.
Standard: PEP 578.
"""

import os
import sys
from typing import Any
from urllib.parse import unquote, urlsplit

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
RENAMES = {"os.rename", "os.link", "os.symlink"}


class Written:
    """The places, from the moment of `watch` on."""

    def __init__(self) -> None:
        self.places: set[str] = set()
        self.spoken_to: set[str] = set()  # and who was spoken to, for bytes leave that way as well

    def watch(self) -> None:
        sys.addaudithook(self._see)

    def _see(self, event: str, what: tuple[Any, ...]) -> None:
        if event == "sqlite3.connect" or (event == "open" and _is_writing(*what)):
            self._note(what[0])
        elif event in RENAMES:
            self._note(what[1])
        elif event == "socket.connect":
            self.spoken_to.add(str(what[1]))
        elif event == "subprocess.Popen":
            self.spoken_to.add(f"process {what[0]}")

    def _note(self, place: Any) -> None:
        name = os.fsdecode(place)
        if name.startswith("file:"):
            name = unquote(urlsplit(name).path)
        self.places.add(os.path.abspath(name))


def _is_writing(path: Any, mode: str | None, flags: int) -> bool:
    named = isinstance(path, str | bytes | os.PathLike)  # otherwise it is open already
    return named and (bool(set(mode or "") & set("wax+")) or bool(flags & WRITES))

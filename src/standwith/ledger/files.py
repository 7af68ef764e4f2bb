"""The public files of the log, as a directory that any web server or mirror can serve.

    checkpoint          the one file that changes
    tile/…, addenda/…   files that never change once they are there

Invariant: a file lies under its name whole and on disk, or not at all; one that lies there with other bytes of the same
length is never overwritten, for somebody may have read it. Everybody may read the files, nobody but us may write them.
It does not know what belongs in the files: log.py does. Layout: C2SP tlog-tiles.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path

from standwith.durable.files import make_directories, sync_directories, write_atomically, write_together
from standwith.ledger.errors import LogDamaged

CHECKPOINT = "checkpoint"
PARTIAL = ".p"


class State(Enum):
    """How a file lies there, held against what it should be."""

    SAME = "same"
    MISSING = "missing"  # or torn: of another length
    OTHER = "other"


class LogFiles:
    """The log's directory; it is made when the log is."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def read(self, path: str) -> bytes:
        """A file; raises FileNotFoundError."""
        return (self.directory / path).read_bytes()

    def checkpoint(self) -> bytes | None:
        """The checkpoint that readers see, if there is one."""
        with suppress(FileNotFoundError):
            return self.read(CHECKPOINT)
        return None

    def put_checkpoint(self, note: bytes) -> None:
        """Show readers another checkpoint."""
        changed = make_directories([self.directory])
        write_atomically(self.directory / CHECKPOINT, note)
        sync_directories(changed)

    def state(self, path: str, data: bytes) -> State:
        """Whether the file is there as it should be."""
        try:
            found = self.read(path)
        except FileNotFoundError:
            return State.MISSING
        if found == data:
            return State.SAME
        return State.OTHER if len(found) == len(data) else State.MISSING

    def put(self, files: Mapping[str, bytes]) -> None:
        """Have these files on disk when this returns; raises LogDamaged when one of them is there with other bytes."""
        missing = {}
        for path, data in files.items():
            state = self.state(path, data)
            if state is State.OTHER:
                raise damaged(path)
            if state is State.MISSING:
                missing[self.directory / path] = data
        changed = make_directories({place.parent for place in missing})
        write_together(missing)
        # A process that was killed may have renamed a file without syncing its directory.
        changed |= {(self.directory / path).parent for path in files}
        sync_directories(changed - {place.parent for place in missing})

    def drop_partial(self, paths: Iterable[str]) -> None:
        """Remove the partial tiles whose full one is among `paths`; if the removal does not last, no harm is done."""
        for path in paths:
            if f"{PARTIAL}/" not in path:
                _remove(self.directory / f"{path}{PARTIAL}")

    def settle(self) -> None:
        """Finish what a killed process left: names not durable yet, files aside, partial tiles of full ones."""
        if not self.directory.is_dir():
            return
        directories = []
        for place, _, names in os.walk(self.directory):
            here = Path(place)
            if here.suffix == PARTIAL and here.with_suffix("").exists():
                _remove(here)
                continue
            for name in names:
                if name.startswith(".") and name.endswith(".tmp"):
                    (here / name).unlink()
            directories.append(here)
        sync_directories(directories)


def damaged(path: str) -> LogDamaged:
    """What to say of a file that lies there with other bytes."""
    return LogDamaged(
        f"The public file {path} of the log is not what the rows say, though such a file never changes. Nothing is "
        "signed. Find out who or what changed it; when you know, remove the file and start again: it is written anew."
    )


def _remove(directory: Path) -> None:
    with suppress(FileNotFoundError):
        for part in directory.iterdir():
            part.unlink()
        directory.rmdir()

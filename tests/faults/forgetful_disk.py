"""A disk that forgets what was not synced, and a fuse that ends the process at a chosen step.

Inside one process, every call that changes a file below a directory is followed: what was written is safe when the file
was synced, a name (made, changed or taken away) when its directory was. `lose` does what a power cut may do: any part
of the rest is gone, torn or garbled. Nothing is really synced, so thousands of cuts take a minute.
The database is SQLite's own business; of its log only what was being committed in that moment is torn.
"""

import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

REAL = {
    name: getattr(os, name)
    for name in ("open", "fsync", "replace", "mkdir", "unlink", "rmdir", "truncate", "pwrite", "fchmod")
}


class Fuse:
    """Counts steps, or those of one name; at the chosen one it calls `die` with its name."""

    def __init__(self, at: int, only: str, die: Callable[[str], None]) -> None:
        self.at, self.only, self.die, self.steps = at, only, die, 0

    def step(self, name: str, tear: Callable[[], object] | None = None) -> None:
        """One step; `tear` is what half of it would have left behind."""
        self.steps += self.only in ("", name)
        if self.steps == self.at and self.only in ("", name):
            if tear:
                tear()
            self.die(name)


class ForgetfulDisk:
    """Stands in for `os` below one directory; `attic` is where old files are kept in case that they come back."""

    def __init__(self, directory: Path, attic: Path, fuse: Fuse) -> None:
        self.below, self.attic, self.fuse = str(directory), attic, fuse
        self.unsafe: dict[str, int] = {}  # file -> how many of its bytes are safe
        self.cut: dict[str, bytes] = {}  # file -> what it held before it was cut
        self.names: list[tuple[str, Callable[[], object]]] = []  # directory, how its change is undone
        self.kept = 0

    def install(self) -> None:
        """Follow every call from now on."""
        for name in REAL:
            setattr(os, name, getattr(self, f"_{name}"))

    def lose(self, dice: random.Random) -> None:
        """Forget any part of what was not synced. Nobody writes after that."""
        for name, real in REAL.items():
            setattr(os, name, real)
        share = dice.choice((0.0, 0.5, 1.0))
        for path, safe in self.unsafe.items():
            if os.path.isfile(path) and dice.random() < share:
                _garble(Path(path), safe, dice)
        for path, before in self.cut.items():
            if os.path.isfile(path) and dice.random() < share:
                Path(path).write_bytes(before)
        for _, undo in reversed(self.names):
            if dice.random() < share:
                with suppress(OSError):
                    undo()

    def _ours(self, path: object) -> bool:
        return os.path.abspath(os.fspath(path)).startswith(self.below)

    def _keep(self, path: str) -> str | None:
        """Another name for a file that is about to lose its own."""
        if not os.path.isfile(path):
            return None
        self.kept += 1
        kept = str(self.attic / str(self.kept))
        os.link(path, kept)
        return kept

    def _change(self, path: str, undo: Callable[[], object]) -> None:
        self.names.append((os.path.dirname(path), undo))

    def _open(self, path, flags, mode=0o777, **options):
        if not (flags & os.O_CREAT and self._ours(path)):
            return REAL["open"](path, flags, mode, **options)
        place, new = os.path.abspath(path), not os.path.exists(path)
        self.fuse.step("before a file is made")
        handle = REAL["open"](path, flags, mode, **options)
        if new:
            self.unsafe[place] = 0
            self._change(place, lambda: REAL["unlink"](place))
        self.fuse.step("after a file is made")
        return handle

    def _fchmod(self, handle, mode):
        """Called when a file is written and not synced yet, so this is where a write is torn."""
        path = _path_of(handle)
        REAL["fchmod"](handle, mode)
        if path in self.unsafe:
            half = max(self.unsafe[path], os.fstat(handle).st_size // 2)
            self.fuse.step("in the middle of a file", lambda: REAL["truncate"](path, half))
            self.fuse.step("after a file is written")

    def _pwrite(self, handle, data, offset):
        path = _path_of(handle)
        if not self._ours(path):
            return REAL["pwrite"](handle, data, offset)
        self.unsafe.setdefault(path, min(offset, os.fstat(handle).st_size))
        self.fuse.step("in the middle of a roll", lambda: REAL["pwrite"](handle, data[: len(data) // 2], offset))
        written = REAL["pwrite"](handle, data, offset)
        self.fuse.step("after a roll is written")
        return written

    def _fsync(self, handle):
        path = _path_of(handle)
        if not self._ours(path):
            return
        kind = "directory" if os.path.isdir(path) else "file"
        self.fuse.step(f"before the sync of a {kind}")
        self.names = [change for change in self.names if change[0] != path]
        self.unsafe.pop(path, None)
        self.cut.pop(path, None)
        self.fuse.step(f"after the sync of a {kind}")

    def _replace(self, source, target):
        old, new = os.path.abspath(source), os.path.abspath(target)
        kept = self._keep(new)
        what = "the checkpoint" if new.endswith("/checkpoint") else "a file"
        self.fuse.step(f"before the rename of {what}")
        REAL["replace"](source, target)
        if old in self.unsafe:
            self.unsafe[new] = self.unsafe.pop(old)
        else:
            self.unsafe.pop(new, None)
        self._change(new, lambda: REAL["replace"](kept, new) if kept else REAL["unlink"](new))
        self.fuse.step(f"after the rename of {what}")

    def _mkdir(self, path, mode=0o777):
        place = os.path.abspath(path)
        REAL["mkdir"](path, mode)
        self._change(place, lambda: shutil.rmtree(place))
        self.fuse.step("after a directory is made")

    def _unlink(self, path):
        place = os.path.abspath(path)
        kept = self._keep(place)
        self.fuse.step("before a file is removed")
        REAL["unlink"](path)
        if kept:
            self._change(place, lambda: REAL["replace"](kept, place))
        self.fuse.step("after a file is removed")

    def _rmdir(self, path):
        place = os.path.abspath(path)
        REAL["rmdir"](path)
        self._change(place, lambda: REAL["mkdir"](place))
        self.fuse.step("after a directory is removed")

    def _truncate(self, path, length):
        place = os.path.abspath(path)
        self.cut[place] = Path(place).read_bytes()
        REAL["truncate"](path, length)
        self.fuse.step("after a roll is cut")


def _path_of(handle: int) -> str:
    return os.readlink(f"/proc/self/fd/{handle}")


def _garble(path: Path, safe: int, dice: random.Random) -> None:
    data = path.read_bytes()
    safe = min(safe, len(data))
    length = dice.randint(safe, len(data))
    tail = dice.choice((b"", bytes(len(data) - length), dice.randbytes(len(data) - length)))
    path.write_bytes(data[:length] + tail)

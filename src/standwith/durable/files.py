"""Writing files so that a reader, or a power cut, sees the old content or the new, never a part of either.

Invariant: when a function here returns, what it wrote survives a power cut; until then the old content does.
It does not lock: of two writers of one file the later one wins, whole. Standard: POSIX rename(2) and fsync(2).
"""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

HANDS = 4  # threads that wait for the disk at the same time: it syncs several files in hardly more time than one
FEW = 2  # for which no thread is worth starting

Thing = TypeVar("Thing")


def write_atomically(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put `data` into `path`, whose directory must exist; it gets exactly `mode`, not the umask's. Raises OSError."""
    write_together({path: data}, mode)


def write_together(files: Mapping[Path, bytes], mode: int = 0o644) -> None:
    """Put many files in place: all are on disk before the first is renamed, in the order given; each directory is
    synced once.

    Every file is whole at any moment; the set as such is not one transaction. OSError leaves no temporary file behind.
    """
    waiting: dict[Path, Path] = {}

    def write(path: Path) -> None:
        waiting[path] = _write_aside(path, files[path], mode)

    try:
        side_by_side(write, files)
        for path in files:
            os.replace(waiting[path], path)
            del waiting[path]
    finally:
        for aside in waiting.values():
            with suppress(FileNotFoundError):
                aside.unlink()
    sync_directories({path.parent for path in files})


def remove_durably(paths: Iterable[Path]) -> None:
    """Remove files, those that are already gone included, and make the removal survive a power cut."""
    parents = set()
    for path in paths:
        path.unlink(missing_ok=True)
        parents.add(path.parent)
    sync_directories(parents)


def make_directories(directories: Iterable[Path], mode: int = 0o755) -> set[Path]:
    """Make directories, and those above them that are missing, with exactly `mode`.

    Their names are durable when the directories that this returns are synced.
    """
    changed = set()
    for directory in directories:
        missing = [each for each in (directory, *directory.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            each.chmod(mode)
        changed |= {each.parent for each in missing}
    return changed


def sync_directories(directories: Iterable[Path]) -> None:
    """Make the names in these directories durable: a renamed file is safe only when its directory is."""
    side_by_side(_sync_directory, directories)


def side_by_side(do: Callable[[Thing], object], things: Iterable[Thing]) -> None:
    """Do it for each thing, several at a time where that spares waiting; raise the first error when all are done."""
    several = list(things)
    if len(several) <= FEW or HANDS == 1:
        for thing in several:
            do(thing)
        return
    with ThreadPoolExecutor(min(HANDS, len(several))) as hands:
        doing = [hands.submit(do, thing) for thing in several]
    for done in doing:
        done.result()


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_aside(path: Path, data: bytes, mode: int) -> Path:
    """Write and sync a temporary neighbour of `path`; secrets are never readable by others, not even for a moment."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside

"""A directory in memory: where keys may lie that must outlive a process and must never be on a disk.

    36 25 0:32 / /run rw,nosuid,nodev shared:13 - tmpfs tmpfs rw,size=802604k        a line of /proc/self/mountinfo

Invariant: `find_memory` gives back a directory in what the kernel itself says is memory (tmpfs or ramfs), where nobody
else may make one, or look into ours; or None, and then keys must stay in the process. Below the place that is set, or
that the system gives us, each installation has a directory of its own, which is there while there is a key in it. Does
not keep memory from being swapped out: deploy/ says how.
Standards: proc(5), XDG Base Directory, systemd.exec(5) on RUNTIME_DIRECTORY.
"""

import hashlib
import logging
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

log = logging.getLogger("standwith.clerk")

MOUNTS = Path("/proc/self/mountinfo")
IN_MEMORY = {"tmpfs", "ramfs"}
_ESCAPES = {r"\040": " ", r"\011": "\t", r"\012": "\n", r"\134": "\\"}


def find_memory(
    home: Path, place: str = "", *, environment: Mapping[str, str] = os.environ, mounts: Path = MOUNTS
) -> Path | None:
    """The directory in memory for the installation at `home`, not yet made; None where there is no safe one.

    `place` is what the settings name; if that is empty, the first of what systemd, the session and the system offer.
    """
    own = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    for candidate in [Path(place)] if place else _offers(environment):
        try:
            candidate.mkdir(mode=0o700, exist_ok=True)
            if _is_ours(candidate, 0o022) and is_memory(candidate, mounts) and _is_free(candidate / own):
                return candidate / own
        except OSError:
            continue
    log.warning("no directory in memory for the keys that tell who signed twice; they end with this process")
    return None


def is_memory(path: Path, mounts: Path = MOUNTS) -> bool:
    """Whether what is written below this directory stays in memory, as far as the kernel says."""
    resolved, found = path.resolve(), (Path("/"), "")
    try:
        for point, kind in _read_mounts(mounts.read_text(encoding="utf-8", errors="surrogateescape")):
            if resolved.is_relative_to(point) and len(point.parts) >= len(found[0].parts):  # a later one lies on top
                found = point, kind
    except OSError:
        return False
    return found[1] in IN_MEMORY


def _offers(environment: Mapping[str, str]) -> Iterator[Path]:
    if environment.get("RUNTIME_DIRECTORY"):  # a service may have several
        yield Path(environment["RUNTIME_DIRECTORY"].split(":")[0])
    if environment.get("XDG_RUNTIME_DIR"):
        yield Path(environment["XDG_RUNTIME_DIR"]) / "standwith"
    yield Path(f"/dev/shm/standwith-{os.getuid()}")  # noqa: S108 - looked at before it is trusted


def _is_ours(directory: Path, others: int) -> bool:
    """Whether we own it and others have none of these rights: anybody may make directories in /dev/shm."""
    found = directory.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & others


def _is_free(directory: Path) -> bool:
    """Whether there is nothing under this name, or a directory into which nobody else may look."""
    return not directory.is_symlink() and (not directory.exists() or _is_ours(directory, 0o077))


def _read_mounts(text: str) -> Iterator[tuple[Path, str]]:
    """Mount points and their file systems, in the order in which they were mounted."""
    for line in text.splitlines():
        place, _, system = line.partition(" - ")
        fields, kind = place.split(" "), system.split(" ")[0]
        if len(fields) > 4 and kind:
            yield Path(_unescape(fields[4])), kind


def _unescape(point: str) -> str:
    for escape, character in _ESCAPES.items():
        point = point.replace(escape, character)
    return point

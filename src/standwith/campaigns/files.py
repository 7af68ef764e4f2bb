"""The files of a campaign folder: which belong to it, and their bytes.

Invariant: nothing outside of the folder is ever read; links are refused. Does not interpret what it reads.
"""

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from standwith.campaigns.errors import FolderUnreadable
from standwith.campaigns.shapes import TABLES
from standwith.manuscript import Place, Report

TOP = ("campaign.toml", "statement.md", *TABLES)
MOST_BYTES = 10_000_000


def collect(folder: Path, report: Report) -> dict[str, bytes]:
    """The files by their path relative to the folder; hidden files are left alone. Raises FolderUnreadable."""
    if not folder.is_dir():
        raise FolderUnreadable(f"{folder} is not a folder.")
    try:
        paths = sorted(_walk(folder))
    except OSError as error:
        raise FolderUnreadable(f"{folder} cannot be read: {error.strerror}.") from None
    files: dict[str, bytes] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        data = _read(path, name, report)
        if data is not None:
            files[name] = data
    return files


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry))
        else:
            yield Path(entry)


def _read(path: Path, name: str, report: Report) -> bytes | None:
    place = Place(name, 1, 1)
    if path.is_symlink() or not path.is_file():
        report.add("link-in-folder", place, f"{name} is a link or a device, not a file.")
    elif (size := path.stat().st_size) > MOST_BYTES:
        report.add("file-too-large", place, f"This file has {size:,} bytes; {MOST_BYTES:,} are the most.")
    else:
        try:
            return path.read_bytes()
        except OSError as error:
            raise FolderUnreadable(f"{path} cannot be read: {error.strerror}.") from None
    return None


def check_names(files: Mapping[str, bytes], report: Report) -> None:
    """Reports files that nothing reads, and the two that must be there."""
    for name in ("campaign.toml", "statement.md"):
        if name not in files:
            report.add("missing-file", Place(name, 1, 1), f"There is no {name} in this folder.")
    for name in files:
        if not _belongs(name):
            close = difflib.get_close_matches(name, TOP, 1)
            mend = f"Is it meant to be {close[0]}?" if close else ""
            report.add("unknown-file", Place(name, 1, 1), f"{name} is not a file of a campaign folder.", mend)


def _belongs(name: str) -> bool:
    parent, _, last = name.rpartition("/")
    if not parent:
        return name in TOP or name.split(".")[0] in ("README", "LICENSE")
    return parent == "media" or (parent == "translations" and last.endswith(".po"))

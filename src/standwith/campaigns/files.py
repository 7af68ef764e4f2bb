"""The files of a campaign folder: which belong to it, and their bytes.

Invariant: nothing outside of the folder is ever read; links are refused; no file escapes the search for secret keys,
hidden ones included (but for .git, which keeps everything packed). Does not interpret what it reads.
"""

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from standwith.campaigns.errors import FolderUnreadable
from standwith.campaigns.secret_keys import holds_secret, report_secrets
from standwith.campaigns.shapes import TABLES
from standwith.manuscript import Place, Report

TOP = ("campaign.toml", "statement.md", *TABLES)
MOST_BYTES = 10_000_000
SEARCHED_BYTES = 1_000_000
"""How far a file that is not read otherwise is searched for secret keys."""


def collect(folder: Path, report: Report) -> dict[str, bytes]:
    """The files by their path relative to the folder; of hidden ones only secret keys are noted.

    Raises FolderUnreadable.
    """
    if not folder.is_dir():
        raise FolderUnreadable(_say_what_it_is(folder))
    try:
        paths = sorted(_walk(folder))
    except OSError as error:
        raise FolderUnreadable(f"{folder} cannot be read: {error.strerror}.") from None
    files: dict[str, bytes] = {}
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if _is_hidden(name):
            _search(path, name, report)
        elif (data := _read(path, name, report)) is not None:
            files[name] = data
    return files


def _say_what_it_is(path: Path) -> str:
    """Why this is no folder, and which one may be meant."""
    if not path.exists():
        return f"There is no folder {path}."
    parent = path.resolve().parent
    folder = parent.parent if parent.name in ("translations", "media", "sources") else parent
    meant = f"name the campaign folder that it is in: {folder}" if (folder / TOP[0]).is_file() else "name a folder"
    return f"{path} is a file, not a campaign folder; {meant}"


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry)
        elif entry.name != ".git":
            yield from _walk(Path(entry))


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _search(path: Path, name: str, report: Report) -> None:
    """Notes secret keys in a file that is not read otherwise; one that cannot be opened cannot be published either."""
    if path.is_symlink() or not path.is_file():
        return
    try:
        with path.open("rb") as file:
            report_secrets(name, file.read(SEARCHED_BYTES), report)
    except OSError:
        return


def _read(path: Path, name: str, report: Report) -> bytes | None:
    place = Place(name, 1, 1)
    if path.is_symlink() or not path.is_file():
        report.add("link-in-folder", place, f"{name} is a link or a device, not a file.")
    elif (size := path.stat().st_size) > MOST_BYTES:
        report.add("file-too-large", place, f"This file has {size:,} bytes; {MOST_BYTES:,} are the most.")
        _search(path, name, report)
    else:
        try:
            return path.read_bytes()
        except OSError as error:
            raise FolderUnreadable(f"{path} cannot be read: {error.strerror}.") from None
    return None


def check_names(files: Mapping[str, bytes], report: Report) -> None:
    """Reports secret keys, files that nothing reads, and the two that must be there."""
    for name in ("campaign.toml", "statement.md"):
        if name not in files:
            report.add("missing-file", Place(name, 1, 1), f"There is no {name} in this folder.")
    for name, data in files.items():
        report_secrets(name, data, report)
        if not _belongs(name) and not holds_secret(data):
            close = difflib.get_close_matches(name, TOP, 1)
            mend = f"Is it meant to be {close[0]}?" if close else ""
            report.add("unknown-file", Place(name, 1, 1), f"{name} is not a file of a campaign folder.", mend)


def _belongs(name: str) -> bool:
    parent, _, last = name.rpartition("/")
    if not parent:
        return name in TOP or name.split(".")[0] in ("README", "LICENSE")
    return parent in ("media", "sources") or (parent == "translations" and last.endswith(".po"))

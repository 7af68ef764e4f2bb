"""The copies of folders that an installation keeps, of campaigns and of the directory: each as it was published last.

Invariant: a reader finds the old copy whole or the new one; when a new one is in place, the old one is gone, and with
it whoever was in it. Does not decide what is in a copy (publication.py does).
"""

import secrets
import shutil
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from standwith.campaigns import directory
from standwith.campaigns.directory import Directory
from standwith.config.home import Home
from standwith.durable.files import write_atomically

DIRECTORY = ".directory"  # beside the campaigns, under a name that none can have


def digest_of(files: Mapping[str, bytes]) -> str:
    """The digest of a campaign's files as they are kept: two publications of the same are told to be the same."""
    parts = (sha256(f"{name}\0".encode() + data).digest() for name, data in sorted(files.items()))
    return sha256(b"".join(parts)).hexdigest()


def copies(home: Home) -> list[Path]:
    """Each published campaign is a link to the directory that holds its copy."""
    return sorted(path for path in home.published.glob("*") if path.is_symlink())


def keep_copy(campaign: str, files: Mapping[str, bytes], home: Home) -> None:
    """Keep the files of a campaign as it is published now."""
    _keep(files, home.published, campaign)


def keep_directory(found: Directory, home: Home) -> None:
    """Keep this directory as it is published now."""
    _keep(directory.dump(found), home.published / DIRECTORY, "now")


def kept_directory(home: Home) -> Directory | None:
    """The directory as it was last published; None where none was."""
    link = home.published / DIRECTORY / "now"
    return _read_directory(link.resolve()) if link.exists() else None


@lru_cache(maxsize=1)
def _read_directory(copy: Path) -> Directory:
    """A copy never changes, and the clerk asks for it every few seconds."""
    return directory.load_directory(copy)


def _keep(files: Mapping[str, bytes], place: Path, name: str) -> None:
    """Write a new copy, then turn the link to it: a kill leaves the old copy published or the new one."""
    link, turned = place / name, place / f".{name}.link"
    fresh = place / f".{name}.{secrets.token_hex(4)}"
    for file, data in files.items():
        (fresh / file).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(fresh / file, data)
    turned.unlink(missing_ok=True)
    turned.symlink_to(fresh.name)
    turned.replace(link)
    for old in place.glob(f".{name}.*"):
        if old != fresh:
            shutil.rmtree(old, ignore_errors=True)

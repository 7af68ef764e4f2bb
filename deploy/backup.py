"""Copies what an installation cannot do without into a new directory, named by the day, and deletes the oldest copies.

    .venv/bin/python deploy/backup.py HOME TARGET [--keep 7]

Invariant: the copies of the two databases are whole although others write meanwhile (SQLite's online backup), and the
journal's is the younger one, as the clerk expects. Not copied, on purpose: the clerk's keys, because what they open is
to be forgotten after two days; letters; the site, which is made again by publishing; and the tag keys, which are kept
apart because together with the tables they tell whether an address signed. docs/deploy.md says how to go back.
Needs only the standard library.
"""

import argparse
import shutil
import sqlite3
import sys
from datetime import UTC, date, datetime
from pathlib import Path

DATABASES = ("standwith.sqlite", "journal.sqlite")  # in this order
FILES = ("standwith.toml", "keys/link.key", "keys/block.key")
FOLDERS = ("published",)


def back_up(home: Path, target: Path, *, today: date, keep: int) -> Path:
    """Copy `home` to `target`/YYYY-MM-DD, keep that many days, and return the new directory."""
    fresh = target / f".{today.isoformat()}.part"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    for name in DATABASES:
        copy_database(home / name, fresh / name)
    for name in FILES:
        (fresh / name).parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copy2(home / name, fresh / name)
    for name in FOLDERS:
        shutil.copytree(home / name, fresh / name, symlinks=True)  # a published campaign is a link to its copy
    done = target / today.isoformat()
    shutil.rmtree(done, ignore_errors=True)
    fresh.rename(done)
    for old in sorted(target.glob("????-??-??"))[:-keep]:
        shutil.rmtree(old)
    return done


def copy_database(source: Path, copy: Path) -> None:
    """Copy one SQLite file as it is at one moment; the copy is readable by its owner only."""
    copy.touch(mode=0o600)
    reader, writer = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(copy)
    try:
        reader.backup(writer)
    finally:
        writer.close()
        reader.close()


def main() -> int:
    """Read the arguments; say in one sentence what was done or why not."""
    parser = argparse.ArgumentParser(description="Back up an installation of standwith.")
    parser.add_argument("home", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--keep", type=int, default=7, help="how many days to keep (7)")
    given = parser.parse_args()
    try:
        done = back_up(given.home, given.target, today=datetime.now(UTC).date(), keep=max(1, given.keep))
    except (OSError, sqlite3.Error, shutil.Error) as problem:
        print(f"standwith: no backup was made: {problem}", file=sys.stderr)
        return 2
    print(f"The backup is in {done}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

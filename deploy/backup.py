"""Copies what an installation cannot do without into a new directory, named by the day, and deletes the oldest copies.

    .venv/bin/python deploy/backup.py HOME TARGET [--keep 7]

Invariant: nobody who has not confirmed is in a copy, for they are promised to be forgotten after two days. The tables
are copied as they are at one moment although others write meanwhile, row by row into a new file, without what waits
(`LEFT_OUT`): it never touches the target's disk. The journal stays behind whole, so the copied cursor stands at the
start of a new one.
Not copied either, on purpose: the clerk's keys and letters, for the same reason; and the site, which is made again by
publishing. The keys that tell who signed twice are on no disk at all. A ledger that went on after the copy was made
will refuse to sign from it, and say what to do. The witness's key and state stay behind: with an older state it could
contradict what it cosigned since, so a witness that was lost begins anew under another name.
docs/deploy.md says how to go back. Needs only the standard library.
"""

import argparse
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

TABLES = "tables/standwith.sqlite"
LEFT_OUT = {"supporters_pending", "mail_spooled"}  # whoever was asked to confirm, and the letters that ask
FILES = ("standwith.toml", "keys/link.key", "keys/block.key")
IF_THERE = ("keys/log.key", "policy")
FOLDERS = ("published",)


def back_up(home: Path, target: Path, *, today: date, keep: int) -> Path:
    """Copy `home` to `target`/YYYY-MM-DD, keep that many days, and return the new directory."""
    fresh = target / f".{today.isoformat()}.part"
    shutil.rmtree(fresh, ignore_errors=True)
    for directory in (fresh, fresh / "tables", fresh / "keys"):
        directory.mkdir(parents=True, mode=0o700)
    copy_tables(home / TABLES, fresh / TABLES)
    for name in FILES:
        shutil.copy2(home / name, fresh / name)
    for name in IF_THERE:
        if (home / name).exists():
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


def copy_tables(source: Path, copy: Path) -> None:
    """Copy the clerk's tables as they are at one moment, those of LEFT_OUT empty; only its owner may read the copy."""
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(copy.resolve().as_uri(), uri=True, isolation_level=None)) as database:
        database.execute("PRAGMA temp_store = MEMORY")  # what lay in a temporary file would not be overwritten
        database.execute("ATTACH ? AS home", (f"{source.resolve().as_uri()}?mode=ro",))
        database.execute(f"PRAGMA main.page_size = {database.execute('PRAGMA home.page_size').fetchone()[0]}")
        database.execute("BEGIN")  # everything below sees the same moment
        copy_rows(database)
        database.execute("UPDATE supporters_cursor SET position = 0, caught_up = NULL")
        database.execute("COMMIT")


def copy_rows(database: sqlite3.Connection) -> None:
    """Make the attached `home`'s tables in `main`, with their rows and indexes and where their numbering stands."""
    made = database.execute("SELECT type, name, sql FROM home.sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    schema = sorted(made, key=lambda part: part[0] != "table")  # an index needs its table
    tables = [name for kind, name, _ in schema if kind == "table"]
    if not set(tables) >= LEFT_OUT:
        raise sqlite3.DatabaseError("the tables are of another version of standwith than this program")
    for _, _, statement in schema:
        database.execute(statement)
    for table in [name for name in tables if name not in LEFT_OUT]:
        database.execute(f'INSERT INTO main."{table}" SELECT * FROM home."{table}"')  # noqa: S608 - a table's own name
    database.execute("DELETE FROM main.sqlite_sequence")
    database.execute("INSERT INTO main.sqlite_sequence SELECT * FROM home.sqlite_sequence")


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

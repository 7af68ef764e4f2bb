"""Founding an installation: settings, keys, journal and tables, made once by an explicit command.

Invariant: refuses a directory that holds anything; a founding that was killed leaves no home that `Home.require`
accepts, because the settings, which it asks for first, are written last. The ledger has a founding of its own, because
a log may be made only when somebody asks for one by name. Nobody but its owner may look into a home.
Tables grow with the program: `update_tables` is for whoever works in a home that an older version founded.
"""

import sqlite3
from datetime import datetime
from pathlib import Path

from standwith.config import django
from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.config.settings import Settings, write_settings
from standwith.durable.files import write_atomically
from standwith.journal.store import create as create_journal
from standwith.ledger.note import Signer
from standwith.sealing.keys import make_shared_key
from standwith.witness.founding import found_witness

PAGE_SIZE = 4096  # a sealed record fills a page of its own and a bit; in larger ones most of a page stays empty


class FoundingRefused(Exception):
    """The installation was not made; the sentence says why."""


def found(path: Path, settings: Settings, *, now: datetime) -> Home:
    """Make an installation at `path` and return its home."""
    home = Home(path)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FoundingRefused(f"{path} is not empty; an installation is only made in a new or empty directory.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)  # a directory that was there already, too
        for directory in (home.keys, home.journal.parent, home.database.parent, home.published, home.mailbox):
            directory.mkdir(parents=True, mode=0o700, exist_ok=True)
        write_atomically(home.keys / "link.key", f"{make_shared_key('link')}\n".encode(), mode=0o600)
        create_journal(home.journal)
        create_database(home.database)
        django.configure(home)
        django.create_tables()
        from standwith.supporters.keys import (
            create_keys,  # Django's models can be imported only once they are configured
        )

        create_keys(home.keys, now)
        write_atomically(home.settings, write_settings(settings))
    except OSError as error:
        raise FoundingRefused(f"{error.filename}: {error.strerror}.") from None
    return home


def found_ledger(home: Home, settings: Settings, origin: str, *, now: datetime) -> Signer:
    """Make the log of a home whose tables are configured, its first policy, and a witness for the logs of others.

    Raises LedgerError, WitnessError or OSError.
    """
    from standwith.ledger.founding import (  # Django's models can be imported only once they are configured
        first_policy,
        found_log,
        read_signer,
    )
    from standwith.ledger.rows import log_exists

    update_tables(home)
    if home.policy.exists() or not home.log_key.exists() or not log_exists():
        signer = found_log(origin, home.log, home.keys, now)
    else:  # a founding that was cut short behind the log is finished
        signer = read_signer(home.keys)
    if not home.policy.exists():
        policy = first_policy(signer, f"{settings.site_url}/log/")
        write_atomically(home.policy, policy)
        write_atomically(home.log / "policy", policy)
    if not home.witness_key.exists():
        found_witness(home.witness, home.witness_key, f"{origin.removesuffix('/log')}/witness")
    return signer


def create_database(path: Path) -> None:
    """Make an empty database that only its owner may read; `django.create_tables` fills it."""
    path.touch(mode=0o600)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = WAL")  # writes the first page, and with it the size of all
    connection.close()


def update_tables(home: Home) -> None:
    """Bring the tables of the configured home up to this version, one process at a time. Takes 5 ms if they are."""
    with hold(home.path / "tables.lock"):
        django.create_tables()

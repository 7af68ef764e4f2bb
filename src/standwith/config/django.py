"""Django's settings for one home: the tables of the deeds and of the mail spool, nothing else of Django.

Invariant: a committed transaction is on disk (synchronous=FULL), a deleted row is overwritten (secure_delete), and no
row is ever in a temporary file, which would be deleted but not overwritten (temp_store).
Does not know any model; it names the packages that have some.
"""

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from standwith.config.home import Home

APPS = ("standwith.mail", "standwith.ledger", "standwith.supporters", "standwith.decisions")
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; "
    "PRAGMA temp_store=MEMORY; "
    "PRAGMA wal_autocheckpoint=8000;"  # pages; at SQLite's 1000 every batch of the clerk would be written twice at once
)


def configure(home: Home) -> None:
    """Point Django at the database of `home`; once per process."""
    if settings.configured:
        return
    settings.configure(
        INSTALLED_APPS=list(APPS),
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(home.database),
                "OPTIONS": {"init_command": PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20},
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TIME_ZONE="UTC",
        LOGGING_CONFIG=None,
    )
    django.setup()


def create_tables() -> None:
    """Make or update the tables of the configured home."""
    call_command("migrate", verbosity=0, interactive=False)


def empty_log() -> None:
    """Move what was committed into the database, so that deleted rows are in no file; a busy reader puts it off."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

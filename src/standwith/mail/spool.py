"""The spool's way in: letters promised by the hundred.

Invariant: a letter is spooled once for what it is about and its kind; the second time is the database's IntegrityError.
The statement is written out, the same for SQLite and PostgreSQL: through Django's models a row costs ten times as much.
Does not send, nor take back: send.py does.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db import connection

from standwith.mail.models import State

INSERT = """
    INSERT INTO mail_spooled (stream, kind, about, reader, key, sealed, due, state, attempts)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0)
"""


class Promise(NamedTuple):
    """A letter that shall be written when it is due; the fields are those of models.Spooled."""

    stream: str
    kind: str
    about: bytes
    reader: bytes
    key: str
    sealed: bytes
    due: datetime


def spool(promises: Iterable[Promise]) -> None:
    """Let these letters wait; one statement."""
    moment = cache(connection.ops.adapt_datetimefield_value)
    rows = [(*promise[:-1], moment(promise.due), State.WAITING.value) for promise in promises]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)

"""The rows that every batch reads and writes by the thousand: waiting acts, signatures, quotas.

The worksheet works with these tuples; a model costs ten times as much to make and to store. Written out are only the
statements that are hot, and they are the same for SQLite and PostgreSQL. All else goes through Django's models, which
say what a column means.
Invariant: one statement each, whatever the number of rows. A record is never read to be counted: the database moves it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from standwith.supporters.models import Pending, Signature

INSERT_PENDING = """
    INSERT INTO supporters_pending
    (text_id, country, record, envelope, key, address, withdrawal, link, code, expires, remind)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
MOVE_TO_SIGNATURES = """
    INSERT INTO supporters_signature (text_id, country, record, address, withdrawal, confirmed)
    SELECT text_id, country, record, address, withdrawal, %s FROM supporters_pending WHERE id = %s
"""
PUT_QUOTA = """
    INSERT INTO supporters_mailquota (address, mails, latest) VALUES (%s, %s, %s)
    ON CONFLICT (address) DO UPDATE SET mails = EXCLUDED.mails, latest = EXCLUDED.latest
"""


class Asked(NamedTuple):
    """An act of this batch that will wait; the fields are those of models.Pending."""

    text: int
    country: str
    record: bytes
    envelope: bytes
    key: str
    address: bytes
    withdrawal: bytes
    link: bytes
    code: bytes
    expires: datetime
    remind: datetime | None


class Waiting(NamedTuple):
    """An act that waits in the tables; the record stays there."""

    row: int
    text: int
    country: str
    address: bytes
    withdrawal: bytes
    link: bytes
    code: bytes


class Signed(NamedTuple):
    """A signature; `row` is 0 when it is counted in this batch."""

    row: int
    text: int
    country: str
    address: bytes
    withdrawal: bytes


def read_waiting(which: Q) -> Iterator[Waiting]:
    """The waiting acts that fit, the oldest first."""
    rows = Pending.objects.filter(which).order_by("pk")
    for row, text, country, *tags in rows.values_list(
        "pk", "text_id", "country", "address", "withdrawal", "link", "code"
    ):
        yield Waiting(row, text, country, *map(bytes, tags))


def read_signed(which: Q) -> Iterator[Signed]:
    """The signatures that fit."""
    rows = Signature.objects.filter(which).values_list("pk", "text_id", "country", "address", "withdrawal")
    for row, text, country, address, withdrawal in rows:
        yield Signed(row, text, country, bytes(address), bytes(withdrawal))


def let_wait(acts: Iterable[Asked]) -> None:
    """Store acts that wait from now on."""
    moment = cache(connection.ops.adapt_datetimefield_value)
    _write(INSERT_PENDING, [(*act[:-2], moment(act.expires), moment(act.remind)) for act in acts])


def count_waiting(rows: Iterable[int], day: date) -> None:
    """Copy waiting acts to the signatures, confirmed on `day`; forgetting them is another statement."""
    confirmed = connection.ops.adapt_datefield_value(day)
    _write(MOVE_TO_SIGNATURES, [(confirmed, row) for row in rows])


def forget_waiting(rows: Collection[int]) -> None:
    """Delete acts that wait no longer."""
    Pending.objects.filter(pk__in=rows).delete()


def forget_signed(rows: Collection[int]) -> None:
    """Delete signatures, their sealed records with them."""
    Signature.objects.filter(pk__in=rows).delete()


def put_quotas(quotas: Iterable[tuple[bytes, int, datetime]]) -> None:
    """Write (address, mails, latest) over those of the same address."""
    moment = cache(connection.ops.adapt_datetimefield_value)
    _write(PUT_QUOTA, [(address, mails, moment(latest)) for address, mails, latest in quotas])


def _write(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)

"""The rows that every batch reads and writes by the thousand: waiting acts, signatures, quotas.

The worksheet and enter.py work with these tuples; a model costs ten times as much to make and to store. Written out
are only the statements that are hot, and they are the same for SQLite and PostgreSQL. All else goes through Django's
models, which say what a column means.
Invariant: one statement each, whatever the number of rows. A record is never read to be counted: the database moves it.
Only those of guarded campaigns are, when they enter the ledger: their rows are written anew, so that neither their
numbers nor their places in the file tell the order in which people confirmed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from standwith.supporters.models import Pending, Signature

PORTION = 5000  # rows named in one statement

INSERT_PENDING = """
    INSERT INTO supporters_pending
    (text_id, country, record, envelope, key, epoch, address, person, quota, code, commitment, withdrawal, link, typed,
     expires, remind)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
MOVE_TO_SIGNATURES = """
    INSERT INTO supporters_signature
    (text_id, country, confirmed, epoch, address, person, withdrawal, code, commitment, record)
    SELECT text_id, country, %s, epoch, address, person, withdrawal, code, commitment, record
    FROM supporters_pending WHERE id = %s ON CONFLICT DO NOTHING
"""
READ_ENTERING = """
    SELECT id, text_id, country, withdrawal, code, commitment FROM supporters_signature
    WHERE "index" IS NULL AND confirmed IS NOT NULL ORDER BY id LIMIT %s
"""
GIVE_INDEX = 'UPDATE supporters_signature SET "index" = %s, code = NULL, commitment = NULL WHERE id = %s'
READ_GUARDED = """
    SELECT id, text_id, country, withdrawal, code, commitment, epoch, address, person, record FROM supporters_signature
    WHERE "index" IS NULL AND confirmed IS NULL ORDER BY id LIMIT %s
"""
INSERT_GUARDED = """
    INSERT INTO supporters_signature ("index", text_id, country, withdrawal, epoch, address, person, record)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
PUT_QUOTA = """
    INSERT INTO supporters_mailquota (address, epoch, mails, latest) VALUES (%s, %s, %s, %s)
    ON CONFLICT (address) DO UPDATE SET mails = EXCLUDED.mails, latest = EXCLUDED.latest
"""
CHANGE_QUOTA = "UPDATE supporters_mailquota SET mails = %s, latest = %s WHERE address = %s"


class Asked(NamedTuple):
    """An act of this batch that will wait; the fields are those of models.Pending."""

    text: int
    country: str
    record: bytes
    envelope: bytes
    key: str
    epoch: bytes
    address: bytes
    person: bytes
    quota: bytes
    code: bytes
    commitment: bytes
    withdrawal: bytes
    link: bytes
    typed: bytes
    expires: datetime
    remind: datetime | None


class Waiting(NamedTuple):
    """An act that waits in the tables; the record stays there."""

    row: int
    text: int
    country: str
    address: bytes
    person: bytes
    withdrawal: bytes
    link: bytes
    typed: bytes


class Signed(NamedTuple):
    """A signature. `row` is 0 when it is confirmed in this batch, `place` is its index if it is in the ledger; the tags
    of a guarded campaign are gone when the epoch is over."""

    row: int
    text: int
    country: str
    place: int | None
    withdrawal: bytes
    address: bytes | None
    person: bytes | None


class Entering(NamedTuple):
    """A signature that waits for its place in the ledger, with what its leaf says."""

    row: int
    text: int
    country: str
    withdrawal: bytes
    code: bytes
    commitment: bytes


class Rewritten(NamedTuple):
    """The same of a guarded campaign, with all that its row holds, for that is written anew."""

    entering: Entering
    epoch: bytes | None
    address: bytes | None
    person: bytes | None
    record: bytes


def read_waiting(which: Q) -> Iterator[Waiting]:
    """The waiting acts that fit, the oldest first."""
    rows = Pending.objects.filter(which).order_by("pk")
    for row, text, country, *tags in rows.values_list(
        "pk", "text_id", "country", "address", "person", "withdrawal", "link", "typed"
    ):
        yield Waiting(row, text, country, *map(bytes, tags))


def read_signed(which: Q) -> Iterator[Signed]:
    """The signatures that fit."""
    rows = Signature.objects.filter(which)
    for row, text, country, place, withdrawal, address, person in rows.values_list(
        "pk", "text_id", "country", "index", "withdrawal", "address", "person"
    ):
        yield Signed(row, text, country, place, bytes(withdrawal), _bytes(address), _bytes(person))


def let_wait(acts: Iterable[Asked]) -> None:
    """Store acts that wait from now on."""
    moment = cache(connection.ops.adapt_datetimefield_value)
    _write(INSERT_PENDING, [(*act[:-2], moment(act.expires), moment(act.remind)) for act in acts])


def count_waiting(rows: Iterable[tuple[int, date | None]]) -> None:
    """Copy waiting acts to the signatures, confirmed on that day; forgetting them is another statement.

    One that would be withdrawn with what withdraws an earlier one is left out: no form of ours sends such an act.
    """
    day = cache(connection.ops.adapt_datefield_value)
    _write(MOVE_TO_SIGNATURES, [(day(confirmed), row) for row, confirmed in rows])


def forget_waiting(rows: Sequence[int]) -> None:
    """Delete acts that wait no longer."""
    for start in range(0, len(rows), PORTION):
        Pending.objects.filter(pk__in=rows[start : start + PORTION]).delete()


def forget_signed(rows: Sequence[int]) -> None:
    """Delete signatures, their sealed records with them."""
    for start in range(0, len(rows), PORTION):
        Signature.objects.filter(pk__in=rows[start : start + PORTION]).delete()


def read_entering(limit: int) -> list[Entering]:
    """Signatures of open campaigns that wait for the ledger, the oldest first."""
    return [_entering(row) for row in _read(READ_ENTERING, limit)]


def read_guarded(limit: int) -> list[Rewritten]:
    """Signatures of guarded campaigns that wait for the ledger."""
    return [
        Rewritten(_entering(row[:6]), _bytes(row[6]), _bytes(row[7]), _bytes(row[8]), bytes(row[9]))
        for row in _read(READ_GUARDED, limit)
    ]


def give_indexes(places: Iterable[tuple[int, Entering]]) -> None:
    """Write the indexes of leaves to their signatures; what only the leaf needed is dropped."""
    _write(GIVE_INDEX, [(index, signature.row) for index, signature in places])


def write_anew(places: Sequence[tuple[int, Rewritten]]) -> None:
    """Write guarded signatures with their indexes as new rows, in this order."""
    forget_signed([old.entering.row for _, old in places])
    _write(INSERT_GUARDED, [(index, *old.entering[1:4], *old[1:]) for index, old in places])


def put_quotas(quotas: Iterable[tuple[bytes, bytes, int, datetime]]) -> None:
    """Write (tag, epoch, mails, latest) over those of the same tag."""
    moment = cache(connection.ops.adapt_datetimefield_value)
    _write(PUT_QUOTA, [(*quota, moment(latest)) for *quota, latest in quotas])


def change_quotas(quotas: Iterable[tuple[bytes, int, datetime]]) -> None:
    """Write (tag, mails, latest) to the rows that there are."""
    moment = cache(connection.ops.adapt_datetimefield_value)
    _write(CHANGE_QUOTA, [(mails, moment(latest), tag) for tag, mails, latest in quotas])


def _entering(row: tuple[Any, ...]) -> Entering:
    return Entering(*row[:3], *map(bytes, row[3:]))


def _read(statement: str, limit: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, (limit,))
        return list(cursor.fetchall())


def _write(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _bytes(found: bytes | memoryview | None) -> bytes | None:
    return None if found is None else bytes(found)

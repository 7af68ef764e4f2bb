"""The ledger's rows: what waits is queued, what counts is appended, and what was published can be asked for.

Invariant: indexes are consecutive, and given in the transaction of the caller, who writes them beside his own rows: so
a leaf and the deed that it stands for are there together or not at all. A leaf counts for nobody before log.py has
published it. The hot statements are written out, the same for SQLite and PostgreSQL: through Django's models a row
costs ten times as much. Does not sign, and writes no file: log.py does.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from standwith.ledger.errors import NoLog
from standwith.ledger.leaf import LEAF_BYTES
from standwith.ledger.models import Addendum, Lock, Number, Statement

APPEND = 'INSERT INTO ledger_leaf ("index", data) VALUES (%s, %s)'
READ = 'SELECT data FROM ledger_leaf WHERE "index" >= %s ORDER BY "index" LIMIT %s'
SIZE = 'SELECT max("index") + 1 FROM ledger_leaf'
ONLY = 1  # the key of the one row of Lock


class Published(NamedTuple):
    """What the last signed checkpoint says about a campaign; `number` is what is shown, everywhere."""

    size: int
    number: int
    signatures: int
    withdrawn: int
    voided: Mapping[int, int]  # reason -> number
    cosigned: int  # witnesses that have cosigned this checkpoint
    witnesses: int  # of so many


def log_exists() -> bool:
    """Whether this installation has a ledger."""
    return Lock.objects.filter(pk=ONLY).exists()


def origin() -> str:
    """The name of the log, such as "act.example.org/log"; raises NoLog."""
    found: str | None = Lock.objects.filter(pk=ONLY).values_list("origin", flat=True).first()
    if found is None:
        raise NoLog("There is no ledger; make one with: standwith ledger init --home HOME")
    return found


def checkpoint() -> bytes:
    """The checkpoint that was signed last, with its cosignatures; raises NoLog."""
    found = Lock.objects.filter(pk=ONLY).values_list("cosigned", flat=True).first()
    if found is None:
        origin()
        raise AssertionError("a log without a lock row has no origin")
    return bytes(found)


def queue(leaf: bytes, addendum: bytes | None = None) -> None:
    """Let a withdrawal, a void or a statement wait for its number; the long body lies ready to be published with it."""
    _check(leaf)
    if addendum is not None:
        digest = hashlib.sha256(addendum).digest()
        if leaf[26:58] != digest:
            raise ValueError("The leaf of a statement carries the digest of its addendum; this one carries another.")
        Addendum.objects.get_or_create(digest=digest, defaults={"body": addendum})
    Statement.objects.create(leaf=leaf)


def take_queued(limit: int = 1000) -> list[bytes]:
    """Take leaves from the queue, the oldest first; `append` them in the same transaction."""
    _inside()
    waiting = list(Statement.objects.order_by("pk").values_list("pk", "leaf")[:limit])
    if waiting:
        Statement.objects.filter(pk__lte=waiting[-1][0]).delete()
    return [bytes(leaf) for _, leaf in waiting]


def append(leaves: Sequence[bytes]) -> int:
    """Give leaves the next indexes, in this order; return the first. They are published by the next Log.publish."""
    _inside()
    origin()
    first = size()
    if leaves:
        for leaf in leaves:
            _check(leaf)
        with connection.cursor() as cursor:
            cursor.executemany(APPEND, list(enumerate(leaves, first)))
    return first


def read(start: int, limit: int) -> list[bytes]:
    """Up to `limit` leaves from index `start` on."""
    with connection.cursor() as cursor:
        cursor.execute(READ, (start, limit))
        return [bytes(data) for (data,) in cursor.fetchall()]


def size() -> int:
    """How many leaves were appended; those of them that were published may be fewer."""
    with connection.cursor() as cursor:
        cursor.execute(SIZE)
        (found,) = cursor.fetchone()
    return found or 0


def published(tag: bytes) -> Published:
    """A campaign's numbers by the last signed checkpoint; zeros for one that nobody has signed. Raises NoLog."""
    lock = Lock.objects.filter(pk=ONLY).values_list("size", "witnessed", "witnesses").first()
    if lock is None:
        origin()
        raise AssertionError("a log without a lock row has no origin")
    row = Number.objects.filter(pk=tag).values_list("signatures", "withdrawn", "voided").first()
    signatures, withdrawn, told = row or (0, 0, {})
    voided = {int(reason): number for reason, number in sorted(told.items())}
    number = signatures - withdrawn - sum(voided.values())
    return Published(lock[0], number, signatures, withdrawn, voided, lock[1], lock[2])


def _inside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("Indexes are given in the transaction of the caller; there is none.")


def _check(leaf: bytes) -> None:
    if len(leaf) != LEAF_BYTES:
        raise ValueError(f"A leaf has {LEAF_BYTES} bytes, not {len(leaf)}.")

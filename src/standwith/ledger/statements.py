"""Statements of a campaign: the leaves of a kind, and their words.

Invariant: reads only. The leaves that are statements have an index of their own in the tables, so a question costs the
same whether the log has a thousand leaves or ten million, and "none" is the quickest answer: pages ask it often.
"""

from django.db import connection

from standwith.ledger.leaf import COMMITMENT, LEAF_BYTES, VERSION, Kind
from standwith.ledger.models import FIRST_STATED, Addendum
from standwith.ledger.rows import ONLY

_NEWEST = 'SELECT data FROM ledger_leaf WHERE data >= {} AND data BETWEEN %s AND %s ORDER BY "index" DESC LIMIT 1'
_QUEUED = "SELECT leaf FROM ledger_statement WHERE leaf BETWEEN %s AND %s ORDER BY id DESC LIMIT 1"
_PUBLISHED = """
    SELECT data FROM ledger_leaf WHERE data >= {} AND data BETWEEN %s AND %s
    AND "index" < (SELECT size FROM ledger_lock WHERE id = %s) ORDER BY "index"
"""


def latest_statement(kind: Kind, campaign: bytes, detail: bytes = b"") -> bytes | None:
    """The newest leaf of this kind for this campaign's tag; one that waits is newer than any that was entered.

    `detail`: only leaves whose detail begins like this.
    """
    bounds = _bounds(kind, campaign, detail)
    with connection.cursor() as cursor:
        for statement in (_QUEUED, _indexed(_NEWEST)):
            cursor.execute(statement, bounds)
            if row := cursor.fetchone():
                return bytes(row[0])
    return None


def statements(kind: Kind, campaign: bytes) -> list[bytes]:
    """The leaves of this kind for this campaign's tag that the last signed checkpoint covers, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_indexed(_PUBLISHED), (*_bounds(kind, campaign), ONLY))
        return [bytes(data) for (data,) in cursor.fetchall()]


def words_of(leaf: bytes) -> bytes | None:
    """The addendum of a statement, queued or entered; None if it has none."""
    found = Addendum.objects.filter(digest=leaf[COMMITMENT]).values_list("body", flat=True).first()
    return None if found is None else bytes(found)


def _bounds(kind: Kind, campaign: bytes, detail: bytes = b"") -> tuple[bytes, bytes]:
    """The first and the last leaf that would begin like this."""
    beginning = bytes([VERSION, kind]) + campaign + detail
    return beginning, beginning.ljust(LEAF_BYTES, b"\xff")


def _indexed(statement: str) -> str:
    """The statement with the index's own condition in it, word for word, which is how SQLite finds the index."""
    return statement.format(connection.schema_editor().quote_value(FIRST_STATED))

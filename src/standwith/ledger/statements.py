"""What was stated last: the newest leaf of a kind for a campaign, entered or still queued.

Invariant: reads only. It looks through all leaves, which takes some tenths of a second for a million: for publications
and ceremonies, not for pages.
"""

from django.db import connection

from standwith.ledger.leaf import VERSION, Kind

_NEWEST = """
    SELECT data FROM ledger_leaf WHERE substr(data, 1, %s) = %s ORDER BY "index" DESC LIMIT 1
"""
_QUEUED = """
    SELECT leaf FROM ledger_statement WHERE substr(leaf, 1, %s) = %s ORDER BY id DESC LIMIT 1
"""


def latest_statement(kind: Kind, campaign: bytes, detail: bytes = b"") -> bytes | None:
    """The newest leaf of this kind for this campaign's tag; one that waits is newer than any that was entered.

    `detail`: only leaves whose detail begins like this.
    """
    beginning = bytes([VERSION, kind]) + campaign + detail
    with connection.cursor() as cursor:
        for statement in (_QUEUED, _NEWEST):
            cursor.execute(statement, (len(beginning), beginning))
            if row := cursor.fetchone():
                return bytes(row[0])
    return None

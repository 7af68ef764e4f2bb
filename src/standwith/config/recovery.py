"""Going on from a restored backup: the tables of one installation catch up with its public log.

Invariant: the clerk is not at work meanwhile (clerk.lock); ledger and supporters change in one transaction, so a kill
leaves all or nothing, and doing it again is no harm. What was deleted is in no file of the database afterwards.
Does not decide what is believed (ledger.recovery) nor what follows for the rows (supporters.resume).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from standwith.config.founding import update_tables
from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.config.witnesses import installed_policy
from standwith.custody.statements import DETAILS
from standwith.ledger.errors import LedgerError
from standwith.ledger.founding import read_signer
from standwith.ledger.leaf import CODE, TAG, VERSION, Kind, campaign_tag
from standwith.ledger.mirrors import find_log
from standwith.ledger.policy import Policy
from standwith.ledger.recovery import read_public, take
from standwith.ledger.verification import Tell
from standwith.supporters.records import delete_records
from standwith.supporters.resume import Resumed, resume
from standwith.supporters.versions import known_campaigns

_CUSTODIAN = bytes((VERSION, Kind.CUSTODIAN))


class CaughtUp(NamedTuple):
    """What was done: leaves taken, queued ones that were among them, the size of the log now, what became of the
    signatures, records destroyed again, and the campaigns whose records have to be sealed anew again."""

    taken: int
    dropped: int
    size: int
    signatures: Resumed
    destroyed: int
    stale: tuple[str, ...]


def catch_up(home: Home, source: str, *, now: datetime, tell: Tell | None = None) -> CaughtUp:
    """Take what the tables have not from the log at `source`, a directory or an address.

    Raises Held while the clerk works, LedgerError or OSError when there is nothing to believe; then nothing was done.
    """
    with hold(home.path / "clerk.lock", wait=False):
        update_tables(home)  # an older version may have made the backup
        signer, log = read_signer(home.keys), find_log(source).log
        public = read_public(log.read, signer, at_once=log.at_once, tell=tell)
        with transaction.atomic(durable=True):
            taken = take(public, signer, _policy(home))
            signatures = resume(public.first, public.leaves, taken.counter, taken.leaving, now)
            destroyed, stale = _follow_custodians(public.leaves, signer.name)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return CaughtUp(len(public.leaves), taken.dropped, taken.counter.size, signatures, destroyed, stale)


def _policy(home: Home) -> Policy | None:
    """The policy, if it can be used; without one no cosignature is kept, and witnesses are asked again."""
    try:
        return installed_policy(home)
    except (OSError, LedgerError):
        return None


def _follow_custodians(leaves: Iterable[bytes], origin: str) -> tuple[int, tuple[str, ...]]:
    """Destroy the records that were destroyed since; return how many, and whose records were sealed anew since."""
    stated = {leaf[TAG] + leaf[CODE][:1] for leaf in leaves if leaf[:2] == _CUSTODIAN}
    tags = {campaign: campaign_tag(origin, campaign) for campaign in known_campaigns()}
    over = {campaign for campaign, tag in tags.items() if tag + DETAILS["destroyed"] in stated}
    stale = {campaign for campaign, tag in tags.items() if tag + DETAILS["rotated"] in stated} - over
    return sum(map(delete_records, sorted(over))), tuple(sorted(stale))

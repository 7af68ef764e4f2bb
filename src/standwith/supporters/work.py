"""The clerk's work: read acts from the journal in order, and write what comes of them.

Life of a batch: read the cursor and the acts behind it; open what is sealed, outside of any transaction, for that takes
most of the time; then, in one transaction: take the cursor's lock, see that nobody read meanwhile, load the worksheet,
go through the acts in order, store the sheet, move the cursor. After the commit the journal forgets what was read.
Invariant: exactly once. A kill at any moment leaves all of a batch or nothing; journal positions are never given twice.
An act that cannot be read is counted in the log and passed by: nothing that stands in the journal can stop the clerk
but a signature of a campaign that is known and not closed while its duplicate key is missing. That key can be restored,
and the act waits in the journal until then. A clerk's key that is gone is gone for good: its acts are a warning.
"""

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from django.db import IntegrityError, transaction

from standwith.journal.acts import Act, ConfirmationAct, SignatureAct, WithdrawalAct, decode
from standwith.journal.errors import ActUnreadable
from standwith.sealing.errors import WrongKey
from standwith.supporters.confirm import confirm
from standwith.supporters.errors import KeysMissing, WrongJournal
from standwith.supporters.keys import Keyring
from standwith.supporters.models import Cursor
from standwith.supporters.receive import Signer, receive, recognise
from standwith.supporters.rules import Verdict
from standwith.supporters.withdraw import withdraw
from standwith.supporters.worksheet import Hashes, Worksheet

log = logging.getLogger("standwith.clerk")

TRIES = 3
NOTE_AGAIN = timedelta(minutes=1)
"""How often a clerk without work notes that there was none."""


class Reads(Protocol):
    """What work needs of a journal."""

    def read(self, after: int, limit: int) -> Sequence[tuple[int, bytes]]:
        """Acts behind a position, in order."""

    def forget(self, up_to: int) -> None:
        """Erase what was read."""

    def last(self) -> int:
        """The newest position ever given."""


class _Read(NamedTuple):
    act: Act | None
    signer: Signer | None = None
    missing: WrongKey | KeysMissing | None = None  # why there is no signer, if it is for want of a key


def work(journal: Reads, keys: Keyring, now: datetime, limit: int) -> int:
    """Do up to `limit` acts; return how many were read. Fewer than `limit` means that the journal is done.

    Raises WrongJournal, KeysMissing, JournalError, or Django's database errors; then nothing of the batch was done.
    """
    cursor = _cursor()
    entries = journal.read(cursor.position, limit)
    if not entries and journal.last() < cursor.position:
        raise WrongJournal("The journal ends before the place where the clerk stopped reading: it is another one.")
    if not entries and cursor.caught_up and now - cursor.caught_up < NOTE_AGAIN:
        return 0
    keys.refresh()
    acts = [_read(data, keys) for _, data in entries]
    end = entries[-1][0] if entries else cursor.position
    caught_up = now if len(entries) < limit else cursor.caught_up
    if _do_all(acts, keys, cursor.position, end, caught_up, now):
        journal.forget(end)
    return len(entries)


def _do_all(
    acts: Sequence[_Read], keys: Keyring, start: int, end: int, caught_up: datetime | None, now: datetime
) -> bool:
    """Do a batch and move the cursor; False if another clerk did it meanwhile."""
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                cursor = Cursor.objects.select_for_update().get()
                if cursor.position != start:
                    return False
                if acts:
                    _do(acts, keys, now)
                cursor.position, cursor.caught_up = end, caught_up
                cursor.save()
                return True
        except IntegrityError:  # two confirmation codes were drawn alike (35 bits): draw all of the batch again
            if attempt == TRIES:
                raise
    return False


def _do(acts: Sequence[_Read], keys: Keyring, now: datetime) -> None:
    sheet = Worksheet.load(
        addresses={read.signer.address for read in acts if read.signer},
        blocks={read.signer.block for read in acts if read.signer},
        hashes=_hashes(acts),
        campaigns={read.act.campaign for read in acts if read.act},
    )
    outcome: Counter[str] = Counter()
    for read in acts:
        outcome[_do_one(read, sheet, keys, now)] += 1
    sheet.store(now.date())
    log.info("%s", ", ".join(f"{name} {count}" for name, count in sorted(outcome.items())))
    if outcome[Verdict.KEY_LOST]:
        log.warning(
            "signatures sealed to a key of the clerk that is not there, which nobody can ever read: %d",
            outcome[Verdict.KEY_LOST],
        )


def _hashes(acts: Sequence[_Read]) -> Hashes:
    confirmations = [read.act for read in acts if isinstance(read.act, ConfirmationAct)]
    return Hashes(
        links=[act.hash for act in confirmations if act.by == "link"],
        codes=[act.hash for act in confirmations if act.by == "code"],
        persons=[read.act.hash for read in acts if isinstance(read.act, WithdrawalAct)],
    )


def _do_one(read: _Read, sheet: Worksheet, keys: Keyring, now: datetime) -> str:
    match read.act:
        case SignatureAct():
            verdict = receive(read.act, read.signer, sheet, keys, now)
            return _want_of_key(read.act, read.missing, sheet) if verdict is Verdict.UNREADABLE else verdict
        case ConfirmationAct():
            return "confirmed" if confirm(read.act, sheet) else "nothing to confirm"
        case WithdrawalAct():
            return "withdrawn" if withdraw(read.act, sheet) else "nothing to withdraw"
    return Verdict.UNREADABLE


def _want_of_key(act: SignatureAct, missing: WrongKey | KeysMissing | None, sheet: Worksheet) -> Verdict:
    """The verdict on an unreadable act of a campaign that is not closed; raises KeysMissing if a key would help."""
    if isinstance(missing, KeysMissing) and any(campaign == act.campaign for campaign, _ in sheet.texts):
        raise missing
    return Verdict.KEY_LOST if isinstance(missing, WrongKey) else Verdict.UNREADABLE


def _read(data: bytes, keys: Keyring) -> _Read:
    try:
        act = decode(data)
    except (ActUnreadable, ValueError):  # ValueError: text that is no UTF-8
        return _Read(None)
    if not isinstance(act, SignatureAct):
        return _Read(act)
    try:
        return _Read(act, recognise(act, keys))
    except (WrongKey, KeysMissing) as missing:
        return _Read(act, missing=missing)
    except ValueError:  # text that is no UTF-8 in what was sealed
        return _Read(None)


def _cursor() -> Cursor:
    cursor, _ = Cursor.objects.get_or_create(pk=1)
    return cursor

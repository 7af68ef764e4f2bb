"""The clerk's work: read acts from the journal in order, and write what comes of them.

Life of a batch: read the cursor and the acts behind it; open what is sealed, outside of any transaction, for that takes
most of the time; then, in one transaction: take the cursor's lock, see that nobody read meanwhile, load the worksheet,
go through the acts in order, store the sheet, move the cursor. After the commit the journal forgets what was read.
Invariant: exactly once. A kill at any moment leaves all of a batch or nothing; journal positions are never given twice.
An act that cannot be read is counted in the log and passed by: nothing that stands in the journal can stop the clerk.
A clerk's key that is gone is gone for good: its acts are a warning. So is an open campaign whose duplicate key was lost
with the machine's memory, for custodians should look for duplicates then.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from django.db import IntegrityError, transaction

from standwith.journal.acts import Act, ConfirmationAct, SignatureAct, WithdrawalAct, decode
from standwith.journal.errors import ActUnreadable
from standwith.ledger.leaf import withdraw_hash
from standwith.sealing.errors import WrongKey
from standwith.supporters.confirm import confirm
from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import WrongJournal
from standwith.supporters.keys import Keyring
from standwith.supporters.models import Cursor, Signature
from standwith.supporters.profiles import Profile, profiles
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
    key_lost: bool = False  # why there is no signer, if it is for want of the clerk's key


def work(journal: Reads, keys: Keyring, epochs: Epochs, now: datetime, limit: int) -> int:
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
    acts = [_decode(data) for _, data in entries]
    known = profiles({act.campaign for act in acts if act}) if acts else {}
    reads = [_read(act, known, keys, epochs, now) for act in acts]
    _tell_lost_epochs(epochs)
    end = entries[-1][0] if entries else cursor.position
    caught_up = now if len(entries) < limit else cursor.caught_up
    if _do_all(reads, known, keys, cursor.position, end, caught_up, now):
        journal.forget(end)
    return len(entries)


def _do_all(
    reads: Sequence[_Read],
    known: Mapping[str, Profile],
    keys: Keyring,
    start: int,
    end: int,
    caught_up: datetime | None,
    now: datetime,
) -> bool:
    """Do a batch and move the cursor; False if another clerk did it meanwhile."""
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                cursor = Cursor.objects.select_for_update().get()
                if cursor.position != start:
                    return False
                if reads:
                    _do(reads, known, keys, now)
                cursor.position, cursor.caught_up = end, caught_up
                cursor.save(update_fields=["position", "caught_up"])
                return True
        except IntegrityError:  # two confirmation codes were drawn alike (35 bits): draw all of the batch again
            if attempt == TRIES:
                raise
    return False


def _do(reads: Sequence[_Read], known: Mapping[str, Profile], keys: Keyring, now: datetime) -> None:
    signers = [read.signer for read in reads if read.signer]
    sheet = Worksheet.load(
        known,
        signers=[signer.tags for signer in signers],
        blocks={signer.block for signer in signers},
        hashes=_hashes(reads),
    )
    outcome: Counter[str] = Counter()
    for read in reads:
        outcome[_do_one(read, sheet, keys, now)] += 1
    sheet.store(now.date())
    log.info("%s", ", ".join(f"{name} {count}" for name, count in sorted(outcome.items())))
    if outcome[Verdict.KEY_LOST]:
        log.warning(
            "signatures sealed to a key of the clerk that is not there, which nobody can ever read: %d",
            outcome[Verdict.KEY_LOST],
        )


def _hashes(reads: Sequence[_Read]) -> Hashes:
    confirmations = [read.act for read in reads if isinstance(read.act, ConfirmationAct)]
    return Hashes(
        links=[act.hash for act in confirmations if act.by == "link"],
        codes=[act.hash for act in confirmations if act.by == "code"],
        withdrawals=[withdraw_hash(read.act.w) for read in reads if isinstance(read.act, WithdrawalAct)],
    )


def _do_one(read: _Read, sheet: Worksheet, keys: Keyring, now: datetime) -> str:
    match read.act:
        case SignatureAct():
            verdict = receive(read.act, read.signer, sheet, keys, now)
            return Verdict.KEY_LOST if verdict is Verdict.UNREADABLE and read.key_lost else verdict
        case ConfirmationAct():
            return "confirmed" if confirm(read.act, sheet) else "nothing to confirm"
        case WithdrawalAct():
            return "withdrawn" if withdraw(read.act, sheet) else "nothing to withdraw"
    return Verdict.UNREADABLE


def _decode(data: bytes) -> Act | None:
    try:
        return decode(data)
    except (ActUnreadable, ValueError):  # ValueError: text that is no UTF-8
        return None


def _read(act: Act | None, known: Mapping[str, Profile], keys: Keyring, epochs: Epochs, now: datetime) -> _Read:
    """The act with its signer, if it is a signature that a campaign takes; no other begins an epoch."""
    profile = known.get(act.campaign) if isinstance(act, SignatureAct) else None
    if not isinstance(act, SignatureAct) or profile is None or profile.closed:
        return _Read(act)
    try:
        return _Read(act, recognise(act, profile, keys, epochs, now))
    except WrongKey:
        return _Read(act, key_lost=True)
    except ValueError:  # text that is no UTF-8 in what was sealed
        return _Read(None)


def _tell_lost_epochs(epochs: Epochs) -> None:
    """Warn of campaigns that people signed before their epoch began: who signed then is not known again."""
    begun = epochs.take_begun()
    if begun and Signature.objects.filter(text__campaign__in=begun).exists():
        log.warning("a key that tells who signed twice was lost; a new epoch begins: %s", ", ".join(sorted(begun)))


def _cursor() -> Cursor:
    cursor, _ = Cursor.objects.get_or_create(pk=1)
    return cursor

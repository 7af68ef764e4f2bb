"""Sending: what is due leaves, none twice, none skipped.

Life of a letter: spooled with its due time; *claimed* by one sender in a transaction of its own; written, handed over,
and its fate *recorded* in another transaction before the next one is touched. A refusal of the mailbox ends it.
"Not now" puts it off, 20 minutes and then 12 hours; after the third within 72 hours it is paused for good. When the
outlet is down nothing is counted against a letter: all go back to waiting. One reader gets one mail in 24 hours, by the
time it left.

A killed sender's claims run out after 10 minutes, or at once by `take_over`. The one window that cannot be closed:
killed after the relay's "250" and before our own commit, that one letter is sent again, under the same Message-ID.
Does not know what letters say: their writer does. Senders may run side by side; each letter is claimed by one.
"""

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from standwith.mail.compose import Letter, compose
from standwith.mail.errors import Deferred, OutletDown, Refused
from standwith.mail.models import Spooled, State
from standwith.mail.outlets.outlet import Outlet

log = logging.getLogger("standwith.mail")

LEASE = timedelta(minutes=10)
ONE_CALL = 240.0  # seconds; a call ends well before its claims run out
SPACING = timedelta(hours=24)
PUT_OFF = (timedelta(minutes=20), timedelta(hours=12))
KEEP_FATE = timedelta(hours=72)


class Parcel(NamedTuple):
    """What a writer gets: which letter, and what only the writer can open."""

    stream: str
    kind: str
    key: str
    sealed: bytes


Writer = Callable[[Parcel], Letter | None]
"""Writes the letter of a parcel; None when nobody can or should any more."""


@dataclass
class Report:
    """What became of the letters of one call; `down` is the outlet's reply code if it gave up (0: no answer)."""

    sent: int = 0
    refused: int = 0
    deferred: int = 0
    dropped: int = 0
    down: int | None = None

    @property
    def settled(self) -> int:
        """Letters that need no more work."""
        return self.sent + self.refused + self.dropped


def send_due(
    outlet: Outlet,
    write: Writer,
    *,
    sender: str,
    now: datetime,
    limit: int,
    elapsed: Callable[[], float] = time.monotonic,
) -> Report:
    """Send up to `limit` letters that are due. `elapsed` counts seconds; a call gives back what it can't do in time."""
    report, start = Report(), elapsed()
    mine = claim(now, limit)
    for letter in mine:
        try:
            if elapsed() - start > ONE_CALL:
                raise TimeoutError
            _send(letter, outlet, write, sender, now, report)
        except (OutletDown, TimeoutError) as end:
            report.down = end.code if isinstance(end, OutletDown) else None
            release(mine)  # those that have a fate already keep it
            break
    if report.refused or report.deferred:  # many of them tell whoever runs the server that the relay is set wrong
        log.warning("letters: refused for good %d, put off %d", report.refused, report.deferred)
    return report


@transaction.atomic
def claim(now: datetime, limit: int) -> list[Spooled]:
    """Take due letters in hand, oldest first, one per reader, none whose reader had a mail within a day."""
    in_hand = Q(claimed__gt=now - LEASE)
    same_reader = Spooled.objects.filter(reader=OuterRef("reader"))
    spoken_to = same_reader.filter(Q(state=State.SENT, settled__gt=now - SPACING) | Q(state=State.WAITING) & in_hand)
    due = Spooled.objects.select_for_update().filter(~Exists(spoken_to), state=State.WAITING, due__lte=now)
    mine: dict[bytes, Spooled] = {}
    for letter in due.filter(Q(claimed__isnull=True) | ~in_hand).order_by("due", "pk")[:limit]:
        mine.setdefault(bytes(letter.reader), letter)
    Spooled.objects.filter(pk__in=[letter.pk for letter in mine.values()]).update(claimed=now)
    return list(mine.values())


def release(letters: Collection[Spooled]) -> None:
    """Let go of claimed letters, which then wait as before."""
    Spooled.objects.filter(pk__in=[letter.pk for letter in letters], state=State.WAITING).update(claimed=None)


def take_over() -> int:
    """Let go of every claim; only for whoever knows that no other sender is alive. Returns how many there were."""
    return Spooled.objects.filter(state=State.WAITING, claimed__isnull=False).update(claimed=None)


def recall(abouts: Collection[bytes]) -> int:
    """Take letters back that have not left, claimed ones too; return how many. A mail under way still arrives."""
    recalled, _ = Spooled.objects.filter(about__in=abouts).exclude(state=State.SENT).delete()
    return recalled


def forget_fates(now: datetime) -> int:
    """Delete what is only kept for one-mail-a-day, and the fates that nobody asks for any more."""
    old = Q(state=State.SENT, settled__lte=now - SPACING) | Q(settled__lte=now - KEEP_FATE)
    forgotten, _ = Spooled.objects.filter(old).delete()
    return forgotten


def _send(spooled: Spooled, outlet: Outlet, write: Writer, sender: str, now: datetime, report: Report) -> None:
    """Send one claimed letter and record its fate; raises OutletDown and then records nothing."""
    try:
        letter = _write(spooled, write)
        if letter is None:
            _settle(spooled, State.DROPPED, now)
            report.dropped += 1
            return
        mail = compose(letter, sender=sender, mark=spooled.mark, now=now)
        outlet.deliver(mail, parseaddr(sender)[1], letter.to)
    except Refused:
        _settle(spooled, State.REFUSED, now)
        report.refused += 1
    except Deferred:
        _put_off(spooled, now)
        report.deferred += 1
    else:
        _settle(spooled, State.SENT, now)
        report.sent += 1


def _write(spooled: Spooled, write: Writer) -> Letter | None:
    """The letter; whatever goes wrong in a writer puts off this one letter and does not hold up the others."""
    try:
        return write(Parcel(spooled.stream, spooled.kind, spooled.key, bytes(spooled.sealed)))
    except Exception as problem:
        log.error("letter %s of %s cannot be written: %s", spooled.pk, spooled.stream, type(problem).__name__)
        raise Deferred from None


def _settle(spooled: Spooled, state: State, now: datetime) -> None:
    Spooled.objects.filter(pk=spooled.pk).update(state=state, settled=now, claimed=None, sealed=b"", key="")


def _put_off(spooled: Spooled, now: datetime) -> None:
    attempts = spooled.attempts + 1
    if attempts > len(PUT_OFF):
        _settle(spooled, State.PAUSED, now)
    else:
        due = now + PUT_OFF[attempts - 1]
        Spooled.objects.filter(pk=spooled.pk).update(attempts=attempts, due=due, claimed=None)

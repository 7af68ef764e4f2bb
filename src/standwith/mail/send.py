"""Sending: what is due leaves, none twice, none skipped.

Life of a letter: spooled with its due time; *claimed* by one sender in a transaction of its own; written, handed over,
and its fate *recorded* in another transaction before its outlet touches the next one. Several outlets work at the same
time, for most of it is waiting: for the relay, and for the disk, where those that are done meanwhile share a
transaction. A refusal of the mailbox ends it.
"Not now" puts it off, 20 minutes and then 12 hours; after the third within 72 hours it is paused for good. When the
outlet is down nothing is counted against a letter: all go back to waiting. One reader gets one mail in 24 hours, by the
time it left.

A killed sender's claims run out after 10 minutes, or at once by `take_over`. The one window that cannot be closed:
killed after the relay's "250" and before our own commit, that one letter of an outlet is sent again, under the same
Message-ID. Does not know what letters say: their writer does. Senders may run side by side, for each letter is claimed
by one of them.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from standwith.mail.compose import Letter, Mail, compose
from standwith.mail.errors import Deferred, OutletDown, Refused
from standwith.mail.models import Spooled, State
from standwith.mail.outlets.outlet import Outlet

log = logging.getLogger("standwith.mail")

LEASE = timedelta(minutes=10)
FOR_ONE = 5  # letters
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


Outcome = State | Deferred | OutletDown
"""What became of a letter in hand: one of the states that last, or what was raised instead."""


class _Ready(NamedTuple):
    """A mail and the address that it goes to."""

    mail: Mail
    to: str


class _Hands:
    """Outlets at work, a letter each."""

    def __init__(self, outlets: Sequence[Outlet], sender: str) -> None:
        self.idle, self._sender = list(reversed(outlets)), parseaddr(sender)[1]
        self._threads = ThreadPoolExecutor(len(outlets))
        self._busy: dict[Future[Outcome], tuple[Spooled, Outlet]] = {}

    def __enter__(self) -> "_Hands":
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown()

    def take(self, letter: Spooled, ready: _Ready | Outcome) -> None:
        """Have a letter handed over by an outlet that is idle."""
        outlet = self.idle.pop()
        self._busy[self._threads.submit(_deliver, ready, outlet, self._sender)] = letter, outlet

    def done(self) -> dict[Spooled, Outcome]:
        """Wait until something is done; all letters that are. Their outlets are idle, but for those that are down."""
        found = {}
        for future in wait(self._busy, return_when=FIRST_COMPLETED).done:
            letter, outlet = self._busy.pop(future)
            found[letter] = future.result()
            if not isinstance(found[letter], OutletDown):
                self.idle.append(outlet)
        return found

    @property
    def busy(self) -> bool:
        """Whether any outlet has a letter."""
        return bool(self._busy)


def send_due(
    outlets: Sequence[Outlet],
    write: Writer,
    *,
    sender: str,
    now: datetime,
    limit: int,
    elapsed: Callable[[], float] = time.monotonic,
) -> Report:
    """Send up to `limit` letters that are due. `elapsed` counts seconds; a call gives back what it can't do in time.

    An outlet that is down is left out of this call; when all are, the call ends. There is one for every FOR_ONE letters
    at most: who sends little asks the relay for one connection.
    """
    report, start = Report(), elapsed()
    waiting = claim(now, limit)[::-1]
    with _Hands(outlets[: 1 + len(waiting) // FOR_ONE], sender) as hands:
        while True:
            while waiting and hands.idle and elapsed() - start <= ONE_CALL:
                letter = waiting.pop()
                hands.take(letter, _prepare(letter, write, sender, now))
            if not hands.busy:
                break
            outcomes = hands.done()
            _record(outcomes, now, report)
            waiting += [letter for letter, outcome in outcomes.items() if isinstance(outcome, OutletDown)]
        if hands.idle:  # the others did its work
            report.down = None
    release(waiting)
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


def _prepare(spooled: Spooled, write: Writer, sender: str, now: datetime) -> _Ready | Outcome:
    """The mail of a claimed letter; whatever goes wrong puts off this one letter and does not hold up the others."""
    try:
        letter = write(Parcel(spooled.stream, spooled.kind, spooled.key, bytes(spooled.sealed)))
        if letter is None:
            return State.DROPPED
        return _Ready(compose(letter, sender=sender, mark=spooled.mark, now=now), letter.to)
    except Refused:
        return State.REFUSED
    except Exception as problem:
        log.error("letter %s of %s cannot be written: %s", spooled.pk, spooled.stream, type(problem).__name__)
        return Deferred()


def _deliver(ready: _Ready | Outcome, outlet: Outlet, sender: str) -> Outcome:
    if not isinstance(ready, _Ready):
        return ready
    try:
        outlet.deliver(ready.mail, sender, ready.to)
    except Refused:
        return State.REFUSED
    except (Deferred, OutletDown) as instead:
        return instead
    return State.SENT


@transaction.atomic
def _record(outcomes: Mapping[Spooled, Outcome], now: datetime, report: Report) -> None:
    """Write down what became of these letters; nothing of one whose outlet was down."""
    fates: defaultdict[State, list[Spooled]] = defaultdict(list)
    for letter, outcome in outcomes.items():
        if isinstance(outcome, State):
            fates[outcome].append(letter)
        elif isinstance(outcome, Deferred):
            _put_off(letter, now)
            report.deferred += 1
        else:
            report.down = outcome.code
    for state, letters in fates.items():
        _settle(letters, state, now)
    report.sent += len(fates[State.SENT])
    report.refused += len(fates[State.REFUSED])
    report.dropped += len(fates[State.DROPPED])


def _settle(letters: Sequence[Spooled], state: State, now: datetime) -> None:
    rows = Spooled.objects.filter(pk__in=[letter.pk for letter in letters])
    rows.update(state=state, settled=now, claimed=None, sealed=b"", key="")


def _put_off(spooled: Spooled, now: datetime) -> None:
    attempts = spooled.attempts + 1
    if attempts > len(PUT_OFF):
        _settle([spooled], State.PAUSED, now)
    else:
        due = now + PUT_OFF[attempts - 1]
        Spooled.objects.filter(pk=spooled.pk).update(attempts=attempts, due=due, claimed=None)

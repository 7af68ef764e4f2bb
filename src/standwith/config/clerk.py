"""The clerk's working day: read the journal, write the mail, forget what is due, show the new number; again and again.

Invariant: every step may be killed and is taken up again by the next clerk; only one clerk works in a home
(clerk.lock). A step that fails (disk full, relay down, journal locked) is logged by the kind of its error, never by its
words, and tried again; the other steps go on. The letters have a thread of their own, so that a slow relay never holds
up the count.
Does not decide anything: the verbs are those of supporters, mail and publication.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from django.db import connection

from standwith.campaigns.model import Campaign
from standwith.config import publication
from standwith.config.bookkeeping import Bookkeeper
from standwith.config.django import empty_log
from standwith.config.founding import update_tables
from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.config.settings import MAILBOX, Settings
from standwith.journal.store import Journal
from standwith.mail.outlets.folder import FolderOutlet
from standwith.mail.outlets.outlet import Outlet
from standwith.mail.outlets.smtp import SmtpOutlet
from standwith.mail.send import forget_fates, send_due, take_over
from standwith.supporters.block import is_blocked
from standwith.supporters.epochs import Epochs
from standwith.supporters.expire import end_epochs, expire, keep_keys, remind
from standwith.supporters.keys import Keyring
from standwith.supporters.letters import make_writer, read_letterheads
from standwith.supporters.work import work

log = logging.getLogger("standwith.clerk")

BATCH = 1000  # acts in one transaction
LETTERS = 200  # claimed at once
CONNECTIONS = 16  # to the relay at most, and only while many letters wait
NAP = 0.2  # seconds between looks at journal and spool, unless there was more than one batch
REST = 5.0  # seconds after something failed
LEISURE = 4  # times as long as it took rests a step that is due now and then: pages don't hold up the count
LEAVES_EVERY = 1.0  # seconds between two checkpoints
NUMBERS_EVERY = 2.0  # seconds; the number on a page is at most this old, plus one rendering
HOUSEKEEPING_EVERY = 60.0  # seconds
TURN = 0.0005  # seconds until a thread that reckons lets another go on; at Python's 5 ms letters wait for the count

Clock = Callable[[], datetime]


def now_utc() -> datetime:
    """The clock of the real world."""
    return datetime.now(UTC)


class Clerk:
    """One clerk at work in one home. `stop` may be called from a signal handler or another thread."""

    def __init__(self, home: Home, settings: Settings, *, clock: Clock = now_utc) -> None:
        self.home, self.settings, self.clock = home, settings, clock
        self.journal = Journal(home.journal)
        self.keys, self.epochs = Keyring.open(home.keys), Epochs.open(home.path, settings.memory)
        self.pages = Pages(home, settings, clock)
        self.stopping = threading.Event()
        self.books: Bookkeeper | None = None
        self.steps = (
            # The pages are made between the witnesses' answers and the next checkpoint: so they show a witnessed one.
            Step(0.0, self._take_cosignatures),
            Step(NUMBERS_EVERY, self.pages.refresh),
            Step(LEAVES_EVERY, self._publish_leaves),
            Step(HOUSEKEEPING_EVERY, self._keep_house),
            Step(0.0, self._read_journal),
        )

    def stop(self) -> None:
        """Finish the step at hand and end."""
        self.stopping.set()

    def run(self) -> None:
        """Work until stopped; raise Held when another clerk works here, LedgerError when nothing may be signed."""
        with hold(self.home.path / "clerk.lock", wait=False):
            update_tables(self.home)  # an older version may have founded this home
            take_over()  # no other sender is alive: the lock says so
            sys.setswitchinterval(TURN)
            self.books = Bookkeeper(self.home, self.settings)
            sender = threading.Thread(target=self._send, name="sender")
            sender.start()
            try:
                while not self.stopping.is_set():
                    # A list, so that a step that did something does not keep the next from its turn.
                    handled = [step.take(time.monotonic()) for step in self.steps]
                    if not any(handled):
                        self.stopping.wait(NAP)
            finally:
                self.stop()
                sender.join()
                self.books.close()
                self.journal.close()

    def _take_cosignatures(self) -> bool:
        return self.books is not None and self.books.take_cosignatures()

    def _publish_leaves(self) -> bool:
        return self.books is not None and self.books.publish(self.clock())

    def _read_journal(self) -> bool:
        return work(self.journal, self.keys, self.epochs, self.clock(), BATCH) == BATCH

    def _keep_house(self) -> bool:
        """Forget what is due, remind, change keys, close campaigns; no trace of deleted rows stays in the log."""
        now = self.clock()
        while expire(now) or remind(now):
            pass
        forget_fates(now)
        keep_keys(self.keys, now)
        end_epochs(self.epochs, now)
        publication.close_campaigns(self.pages.campaigns, self.pages.state, self.home, self.epochs, now)
        empty_log()
        return False

    def _send(self) -> None:
        """The sender's thread: letters that are due, until stopped."""
        keys, outlets = Keyring.open(self.home.keys), open_outlets(self.home, self.settings)
        step = Step(0.0, lambda: self._send_some(keys, outlets))
        try:
            while not self.stopping.is_set():
                if not step.take(time.monotonic()):
                    self.stopping.wait(NAP)
        finally:
            for outlet in outlets:
                outlet.close()
            connection.close()

    def _send_some(self, keys: Keyring, outlets: Sequence[Outlet]) -> bool:
        if not self.home.manifest.exists():
            return False
        keys.refresh()
        now = self.clock()
        heads = read_letterheads(self.home.manifest.read_bytes())
        write = make_writer(keys, heads, now, partial(is_blocked, keys))
        report = send_due(outlets, write, sender=self.settings.mail_from, now=now, limit=LETTERS)
        if report.down is not None:
            log.warning("mail relay does not take letters (code %d); all are kept", report.down)
            self.stopping.wait(REST)
        return report.settled + report.deferred == LETTERS


class Pages:
    """The published pages, rendered again when a number or the day has changed or another text was published."""

    def __init__(self, home: Home, settings: Settings, clock: Clock) -> None:
        self.home, self.settings, self.clock = home, settings, clock
        self.campaigns: Sequence[Campaign] = ()
        self.state: tuple[str, ...] = ()
        self.shown: object = None

    def refresh(self) -> bool:
        """Render what changed; return whether anything did."""
        now = self.clock()
        state = publication.published_state(self.home)
        if state != self.state:
            self.campaigns, self.state = publication.published_campaigns(self.home), state
        counts = [publication.count(campaign.id, datetime.min.replace(tzinfo=UTC)) for campaign in self.campaigns]
        current = (state, now.date(), counts)
        if current == self.shown:
            return False
        if publication.republish(self.campaigns, self.state, self.home, self.settings, now=now):
            self.shown = current
        return True


class Step:
    """Something to do every so often; a failure is logged by its kind and delays only the next try."""

    def __init__(self, every: float, do: Callable[[], bool]) -> None:
        self.every, self.do, self.due = every, do, 0.0

    def take(self, at: float) -> bool:
        """Do it if it is due at `at` (seconds of a steady clock); return whether there may be more to do at once."""
        if at < self.due:
            return False
        began = time.monotonic()
        try:
            more = self.do()
        except Exception as error:  # the words of an error may hold what a supporter typed
            log.error("a step of the clerk failed and is tried again: %s", type(error).__name__)
            self.due = at + REST
            return False
        if self.every:
            self.due = at + max(self.every, LEISURE * (time.monotonic() - began))
        return more


def open_outlets(home: Home, settings: Settings) -> Sequence[Outlet]:
    """The ways out for letters: connections to the relay of the settings, or the mailbox where they say so."""
    if settings.mail_relay == MAILBOX:
        return [FolderOutlet(home.mailbox)]
    return [SmtpOutlet(settings.mail_relay, settings.mail_password) for _ in range(CONNECTIONS)]

"""The clerk's working day: read the journal, write the mail, forget what is due, show the new number; again and again.

Invariant: every step may be killed and is taken up again by the next clerk; only one clerk works in a home (clerk.lock).
A step that fails (disk full, relay down, journal locked) is reported by its code and tried again; the others go on.
Does not decide anything: the verbs are those of supporters, mail and publication.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection

from standwith.config import publication
from standwith.config.home import Home
from standwith.config.lock import hold
from standwith.config.settings import Settings
from standwith.journal.store import Journal
from standwith.mail.outlets.folder import FolderOutlet
from standwith.mail.outlets.smtp import SmtpOutlet
from standwith.mail.send import Outlet, send_due
from standwith.supporters.keys import Keyring

log = logging.getLogger("standwith.clerk")

BATCH = 1000  # acts in one transaction
NAP = 0.2  # seconds between looks at an empty journal
REPUBLISH_EVERY = 3.0  # seconds; the number on the page is at most this old plus the time of one rendering
MINUTE = 60.0


class Clerk:
    """One clerk at work in one home. `stop` may be called from a signal handler or another thread."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self.home, self.settings = home, settings
        self.journal = Journal(home.journal)
        self.keyring = Keyring.open(home.keys)
        self.stopping = threading.Event()
        self.shown: object = None
        self.next_look: dict[str, float] = {}

    def stop(self) -> None:
        """Finish the step at hand and end."""
        self.stopping.set()

    def run(self) -> None:
        """Work until stopped; raise Held when another clerk already works here."""
        with hold(self.home.path / "clerk.lock", wait=False):
            sender = threading.Thread(target=self._send, name="sender")
            sender.start()
            try:
                while not self.stopping.is_set():
                    if not self.step():
                        self.stopping.wait(NAP)
            finally:
                self.stop()
                sender.join()
                self.journal.close()

    def step(self) -> int:
        """Do everything that is due now; return how many acts were handled."""
        handled = self._try("journal", self._read_journal) or 0
        self._every(REPUBLISH_EVERY, "pages", self._show_numbers)
        self._every(MINUTE, "forget", self._forget_and_remind)
        return handled

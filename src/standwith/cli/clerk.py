"""`standwith clerk`: the worker that reads the journal, until it is stopped."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.lock import Held
from standwith.config.settings import SettingsRefused
from standwith.journal.errors import JournalError
from standwith.ledger.errors import LedgerError
from standwith.supporters.errors import SupporterError


def clerk(
    home: HomeOption = Path("standwith"),
    follow: Annotated[bool, typer.Option("--follow", hidden=True, help="End when standard input ends.")] = False,
) -> None:
    """Read the journal, write the confirmations, count, keep the number on the pages fresh. Runs until stopped."""
    place, settings = enter(home)
    if not settings.mail_relay:
        raise Refusal(
            f'No mail relay is set, so nobody could confirm; set mail_relay in {place.settings} ("mailbox" to try it).'
        )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s", stream=sys.stderr)
    django.configure(place)
    from standwith.config.clerk import Clerk  # Django's models can be imported only once they are configured

    try:
        worker = Clerk(place, settings)
    except (SupporterError, JournalError, SettingsRefused) as problem:
        raise Refusal(str(problem)) from None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    if follow:
        threading.Thread(target=_stop_at_end_of_input, args=(worker.stop,), daemon=True).start()
    try:
        worker.run()
    except LedgerError as problem:
        raise Refusal(str(problem)) from None
    except Held:
        raise Refusal(
            f"Another clerk already works in {place.path}; one is enough, and two are never let in."
        ) from None


def _stop_at_end_of_input(stop: Callable[[], None]) -> None:
    """Whoever started this clerk holds the other end of the pipe; when it dies, however it dies, the clerk ends too.

    Not through sys.stdin: its buffer has a lock, and an interpreter that ends while a thread waits inside it aborts.
    """
    while os.read(0, 1024):
        pass
    stop()

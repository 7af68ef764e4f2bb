"""`standwith ledger catch-up`: tables that were restored from a backup take from the public log what they have not.

Invariant: nothing is changed unless the copy is our own log and the tables are its beginning; then all is, or nothing.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.home import Home
from standwith.config.lock import Held
from standwith.ledger.errors import LedgerError

if TYPE_CHECKING:  # models need a configured Django
    from standwith.config.recovery import CaughtUp


def catch_up(
    source: Annotated[
        str,
        typer.Option("--from", help="The log, or a mirror of it: directory or address; HOME/site/log if left out."),
    ] = "",
    home: HomeOption = Path("standwith"),
) -> None:
    """After a backup was restored: take from the public log what the tables have not. The clerk must not run."""
    place, _ = enter(home)
    django.configure(place)
    whence = source or str(place.log)
    try:
        done = _run(place, whence)
    except Held:
        raise Refusal(f"A clerk works in {place.path}: stop it first, then type this again.") from None
    except LedgerError as problem:
        raise Refusal(f"Nothing was taken from {whence}. {problem}") from None
    except OSError as problem:
        why = f"{problem.filename}: {problem.strerror}." if problem.filename else str(problem)
        raise Refusal(f"Nothing was taken from {whence}. {why}") from None
    for line in _tell(done):
        typer.echo(line)


def _run(home: Home, source: str) -> "CaughtUp":
    from standwith.config.recovery import catch_up

    columns = (TextColumn("Reading the log"), BarColumn(), MofNCompleteColumn(), TextColumn("leaves"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        return catch_up(
            home,
            source,
            now=datetime.now(UTC),
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )


def _tell(done: "CaughtUp") -> Iterator[str]:
    """What was done, a line for each number that is not none."""
    yield f"Leaves taken: {done.taken:,}. The tables hold {done.size:,} now."
    entered, overtaken, removed, lost, unknown = done.signatures
    told = {
        "Withdrawals, voids and statements that waited here and have entered since": done.dropped,
        "Signatures that waited here and have entered since": entered,
        "Signatures deleted that waited here and were taken back before they entered": overtaken,
        "Signatures deleted, their records with them, that were withdrawn or voided since": removed,
        "Records destroyed that had been destroyed since": done.destroyed,
        "Signatures that count and whose records are lost; they can still be withdrawn": lost,
        "Signatures for campaigns that these tables do not know; publish their folders, then type this again": unknown,
    }
    yield from (f"{what}: {number:,}." for what, number in told.items() if number)
    for campaign in done.stale:
        yield f"The custodians of {campaign} have changed since: put the bundle of the change in once more with"
        yield "  standwith custody replace BUNDLE"
    yield "The clerk can start; it writes again whatever is missing of the public files."

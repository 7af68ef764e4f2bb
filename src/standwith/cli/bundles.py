"""What the commands of custodians have in common: keys, bundles and files of shares, opened or refused in a sentence.

Needs no installation, no database and no network.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from standwith.cli.indexes import read_indexes
from standwith.cli.refusal import Refusal
from standwith.custody.errors import CustodyError
from standwith.custody.opening import Opened, check_head, open_bundle
from standwith.custody.shares import Shares
from standwith.ledger.checkpoint import Checkpoint
from standwith.sealing.bundle import Bundle
from standwith.sealing.errors import SealError
from standwith.sealing.recipients import CustodianSecret, parse_custodian_secret

MOST_TOLD = 20
T = TypeVar("T")


def read_key(path: Path) -> CustodianSecret:
    """The custodian's secret key in a file; raises Refusal."""
    try:
        return parse_custodian_secret(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None
    except (SealError, UnicodeDecodeError):
        raise Refusal(
            f"{path} holds no secret key of a custodian; it is the file that `standwith key` or age-keygen wrote."
        ) from None


@contextmanager
def opened_bundle(path: Path) -> Iterator[Bundle]:
    """The bundle in a file, found whole. Inside, what is wrong with records or shares becomes a Refusal."""
    try:
        with path.open("rb") as file:
            yield Bundle.read(file)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None
    except (SealError, CustodyError) as problem:
        raise Refusal(f"{path} was not opened, and nothing was written. {problem}") from None


@contextmanager
def opened_shares(paths: Sequence[Path], bundle: Bundle) -> Iterator[list[Shares]]:
    """The shares in these files, all of this bundle; raises Refusal naming the file that is not."""
    with ExitStack() as stack:
        files = []
        for path in paths:
            try:
                shares = Shares.read(stack.enter_context(path.open("rb")))
                shares.check_bundle(bundle)
            except OSError as error:
                raise Refusal(f"{path}: {error.strerror}.") from None
            except (SealError, CustodyError) as problem:
                raise Refusal(f"{path}: {problem}") from None
            files.append(shares)
        yield files


@contextmanager
def opened_records(
    path: Path,
    keys: Sequence[Path] | None,
    shares: Sequence[Path] | None,
    indexes: str,
    log_key: str,
    sample: Path | None = None,
) -> Iterator[tuple[Bundle, Iterator[Opened]]]:
    """A bundle, and its records as keys and files of shares open them, with a bar that says how far it is."""
    secrets, wanted = [read_key(key) for key in keys or ()], read_indexes(indexes, sample)
    if not keys and not shares:
        raise Refusal("Give the custodians' keys with --key FILE, or what they unsealed with --shares FILE.")
    with opened_bundle(path) as bundle, opened_shares(shares or (), bundle) as files:
        checkpoint = checked(bundle, log_key)
        opened = open_bundle(bundle, checkpoint, secrets, files, wanted)
        yield bundle, shown(opened, bundle.count if wanted is None else len(wanted))


def checked(bundle: Bundle, log_key: str) -> Checkpoint:
    """The bundle's checkpoint; says so where nobody but the bundle vouches for the key that signed it."""
    checkpoint = check_head(bundle.head, log_key)
    if not log_key:
        typer.echo(
            "The ledger's key was taken from the bundle itself. Compare it with the one that the campaign publishes, "
            f"or give that one with --log-key:\n  {bundle.head.log_key}",
            err=True,
        )
    return checkpoint


def shown(things: Iterable[T], total: int, doing: str = "Opening") -> Iterator[T]:
    """Pass things on, with a bar on the terminal that says how far it is."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(doing, total=total)
        for count, thing in enumerate(things, 1):
            if count % 50 == 0:
                progress.update(task, completed=count)
            yield thing


def tell_problems(problems: Sequence[str]) -> None:
    """Say what could not be opened, at most MOST_TOLD of it."""
    typer.echo(f"Left out, for they could not be opened: {len(problems)}", err=True)
    for told in problems[:MOST_TOLD]:
        typer.echo(f"  {told}", err=True)

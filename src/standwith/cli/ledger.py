"""`standwith ledger`: make the log that the count stands on, look at it, take a receipt from it.

Its command for restored backups is in catching_up.py.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from standwith.cli.catching_up import catch_up
from standwith.cli.home import HomeOption, enter
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.founding import found_ledger, update_tables
from standwith.ledger.checkpoint import read_checkpoint
from standwith.ledger.errors import LedgerError
from standwith.ledger.leaf import campaign_tag
from standwith.ledger.note import read_note
from standwith.ledger.receipt import write_receipt
from standwith.ledger.tiles import Tree
from standwith.witness.errors import WitnessError

ledger = typer.Typer(
    name="ledger", no_args_is_help=True, help="Make the log that the count stands on; look at it; take a receipt."
)


@ledger.command()
def init(
    home: HomeOption = Path("standwith"),
    origin: Annotated[
        str, typer.Option(help="The log's name; the host of site_url and /log if left out. It can't be changed.")
    ] = "",
) -> None:
    """Make this installation's log: its key, first checkpoint and policy; and a witness. Once; never over another."""
    place, settings = enter(home)
    django.configure(place)
    name = origin or f"{urlsplit(settings.site_url).netloc.rpartition('@')[2]}/log"
    try:
        signer = found_ledger(place, settings, name, now=datetime.now(UTC))
    except (LedgerError, WitnessError) as problem:
        raise Refusal(str(problem)) from None
    except OSError as problem:
        raise Refusal(f"{problem.filename}: {problem.strerror}.") from None
    typer.echo(f"The log {name} begins. Its key is in {place.log_key}: keep a copy of it apart from the tables.")
    typer.echo(f"Everybody may know this half of it; whoever verifies the count needs it:\n  {signer.verifier}")
    typer.echo("No witness is asked yet: standwith witness trust NAME VKEY URL")
    typer.echo("You are a witness for the logs of others: standwith witness watch VKEY; standwith witness status")


@ledger.command()
def status(home: HomeOption = Path("standwith")) -> None:
    """Say how many leaves are signed, what waits, who has cosigned, and every campaign's number."""
    place, _ = enter(home)
    django.configure(place)
    from standwith.ledger import rows  # models need a configured Django
    from standwith.ledger.founding import read_signer
    from standwith.ledger.models import Number, Statement

    update_tables(place)
    try:
        origin, verifier = rows.origin(), read_signer(place.keys).verifier
    except LedgerError as problem:
        raise Refusal(str(problem)) from None
    whole = rows.published(bytes(8))
    typer.echo(f"{origin}: {whole.size} leaves are signed, {rows.size() - whole.size} wait for a signature.")
    typer.echo(f"{Statement.objects.count()} withdrawals, voids and statements wait for a number.")
    typer.echo(f"{whole.cosigned} of {whole.witnesses} witnesses have cosigned this size.")
    typer.echo(f"Verifier: {verifier}")
    names = {campaign_tag(origin, path.name): path.name for path in place.published.glob("*") if path.is_symlink()}
    for tag in sorted(map(bytes, Number.objects.values_list("campaign", flat=True))):
        found = rows.published(tag)
        removed = f"{found.withdrawn} withdrawn, {sum(found.voided.values())} voided"
        typer.echo(f"{names.get(tag, tag.hex())}: {found.number} ({found.signatures} signatures, {removed})")


@ledger.command()
def proof(
    index: Annotated[int, typer.Argument(help="The number of the leaf, from 0 on.")],
    to: Annotated[Path, typer.Option(help="The receipt to write, such as mine.tlog-proof; must not be there yet.")],
    home: HomeOption = Path("standwith"),
) -> None:
    """Write the receipt of a leaf: a proof, for anyone and of any leaf, that it is in the log. Holds no secret."""
    place, _ = enter(home)
    try:
        receipt = make_receipt(place.log, index)
    except FileNotFoundError:
        raise Refusal(
            f"There is no checkpoint in {place.log}; has the clerk run since `standwith ledger init`?"
        ) from None
    except LedgerError as problem:
        raise Refusal(str(problem)) from None
    with new_file(to) as file:
        file.write(receipt)
    to.chmod(0o644)
    typer.echo(f"The receipt of leaf {index} is in {to}.")


ledger.command("catch-up")(catch_up)


def make_receipt(log: Path, index: int) -> bytes:
    """The receipt of a leaf from a log's public files, as any mirror could make it."""
    checkpoint = (log / "checkpoint").read_bytes()
    tree = Tree(lambda path: (log / path).read_bytes(), read_checkpoint(read_note(checkpoint).text).size)
    return write_receipt(index, tree.inclusion(index), checkpoint, tree.leaf(index))

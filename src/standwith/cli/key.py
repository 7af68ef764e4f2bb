"""`standwith key`: make a custodian's key pair. Best on a machine that never goes online."""

from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.refusal import Refusal
from standwith.durable.files import write_atomically
from standwith.sealing.keys import make_key


def key(file: Annotated[Path, typer.Argument(help="Where to write the secret key; keep it off the server.")]) -> None:
    """Make a custodian's key: the secret goes to FILE, the public line to print goes into campaign.toml."""
    if file.exists():
        raise Refusal(f"{file} is already there; a key is never overwritten. Choose another name.")
    secret = make_key("custodian")
    try:
        write_atomically(file, f"{secret}\n".encode(), mode=0o600)
    except OSError as error:
        raise Refusal(f"{file}: {error.strerror}.") from None
    typer.echo(f"The secret key is in {file}. Without it nobody can ever read the supporters' names; keep two copies,")
    typer.echo("neither of them on the server. The public key belongs in campaign.toml:\n")
    typer.echo(f'[[custodian]]\nname = "…"\nkey = "{secret.public}"')

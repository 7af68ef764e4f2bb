"""`standwith key`: make a custodian's key pair. Best on a machine that never goes online.

With --age the key is one that the stock `age` command understands too, written as age-keygen writes it. Ours are hybrid
and withstand quantum computers as far as anybody knows; age's are not.
"""

from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.refusal import Refusal
from standwith.durable.files import write_atomically
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key


def key(
    file: Annotated[Path, typer.Argument(help="Where to write the secret key; keep it off the server.")],
    age: Annotated[bool, typer.Option("--age", help="A key for the age command, in place of standwith's own.")] = False,
) -> None:
    """Make a custodian's key: the secret goes to FILE, the public line to print goes into campaign.toml."""
    if file.exists():
        raise Refusal(f"{file} is already there; a key is never overwritten. Choose another name.")
    secret = make_age_key() if age else make_key("custodian")
    comment = f"# public key: {secret.public}\n" if age else ""
    try:
        write_atomically(file, f"{comment}{secret}\n".encode(), mode=0o600)
    except OSError as error:
        raise Refusal(f"{file}: {error.strerror}.") from None
    typer.echo(f"The secret key is in {file}. It holds your share of the power to read who signed: keep two copies,")
    typer.echo("neither of them on the server. The public key belongs in campaign.toml:\n")
    typer.echo(f'[[custodian]]\nname = "…"\nkey = "{secret.public}"')

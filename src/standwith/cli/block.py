"""`standwith block`: addresses that asked never to be written to."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config import django


def block(home: HomeOption = Path("standwith")) -> None:
    """Never write to the addresses on standard input again, one on a line; in no campaign, however they are spelled."""
    place, _ = enter(home)
    django.configure(place)
    from standwith.supporters.block import block as block_addresses  # models need a configured Django
    from standwith.supporters.errors import KeysMissing
    from standwith.supporters.keys import Keyring

    lines = [line.strip() for line in sys.stdin]
    addresses = [line for line in lines if line]
    try:
        count, refused = block_addresses(addresses, Keyring.open(place.keys), datetime.now(UTC))
    except KeysMissing as problem:
        raise Refusal(str(problem)) from None
    typer.echo(f"{count} addresses will not be written to.")
    for number in refused:
        typer.echo(f"address {number} of {len(addresses)} is no e-mail address; it was left out.", err=True)
    if refused:
        raise SystemExit(1)

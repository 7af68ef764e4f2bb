"""`standwith custody destroy`: the end. A custodian destroys their key; the server, what was signed when all is over.

Invariant: nothing is destroyed without a word typed or given for exactly this key or campaign. On the server records
and statement go in one transaction; the count stays as it is, for it stands in the ledger.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.custodians import CustodiansRefused, custodians_of
from standwith.cli.asking import confirm_word
from standwith.cli.bundles import read_key
from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.ledger.errors import NoLog
from standwith.supporters.keys import destroy_file


def destroy(
    key: Annotated[Path | None, typer.Option(help="On a custodian's machine: the secret key to destroy.")] = None,
    campaign: Annotated[str, typer.Option(help="On the server: the campaign whose records to destroy.")] = "",
    confirm: Annotated[str, typer.Option(help="The key's id, or the campaign's, to go on without being asked.")] = "",
    home: HomeOption = Path("standwith"),
) -> None:
    """Destroy a custodian's secret key (--key), or all records of a campaign that is over (--campaign). For ever."""
    if (key is None) == (not campaign):
        raise Refusal("Say what to destroy: --key FILE on a custodian's machine, or --campaign ID on the server.")
    if key is not None:
        _destroy_key(key, confirm)
    else:
        _destroy_records(campaign, confirm, home)


def _destroy_key(path: Path, confirm: str) -> None:
    secret = read_key(path)
    warning = (
        f"{path} will be overwritten and removed. Whatever needs this key can never be read again, by nobody. Copies "
        "on other media, and old blocks of a flash disk, have to be destroyed with their media."
    )
    confirm_word(warning, secret.id.hex(), confirm)
    try:
        destroy_file(path)
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None
    typer.echo(f"The key {secret.id.hex()} is destroyed. Destroy its other copies too, and tell the campaign.")


def _destroy_records(campaign: str, confirm: str, home: Path) -> None:
    place, settings = enter(home)
    django.configure(place)
    from django.db import transaction

    from standwith.config.founding import update_tables
    from standwith.config.publication import is_over, published_campaigns
    from standwith.custody.statements import state
    from standwith.supporters.queries import delete_records

    update_tables(place)
    now = datetime.now(UTC)
    found = next((each for each in published_campaigns(place) if each.id == campaign), None)
    if found is None:
        raise Refusal(f"No campaign {campaign} is published in {place.path}; see `standwith custody`.")
    if not is_over(found, now):
        raise Refusal(f"{campaign} is not over; give it a last day (closes) in campaign.toml and publish it first.")
    confirm_word(
        f"All sealed records of {campaign} will be destroyed. The number stays, the names go.", campaign, confirm
    )
    try:
        custodians = custodians_of(found, settings)
        with transaction.atomic():
            count = delete_records(campaign)
            state(campaign, "destroyed", custodians.keys, custodians.needed, now.date())
    except (NoLog, CustodiansRefused) as problem:
        raise Refusal(str(problem)) from None
    typer.echo(f"Records of {campaign} destroyed here: {count}. Backups and bundles still hold them until they are")
    typer.echo("destroyed too, or the custodians' keys are.")

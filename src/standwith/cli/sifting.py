"""`standwith custody sifted`: say up to which leaf the custodians have looked for duplicates; the pages show it.

Said after `standwith void` has taken them out, or when there were none. Nothing here is counted.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.custodians import CustodiansRefused
from standwith.cli.export import custodians_now
from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.ledger.errors import NoLog


def sifted(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    up_to: Annotated[int, typer.Option(help="The last place in the ledger that they looked at.", min=0)],
    home: HomeOption = Path("standwith"),
) -> None:
    """State in the ledger up to which leaf the custodians have removed duplicates. The campaign page shows it."""
    place, settings = enter(home)
    django.configure(place)
    from django.db import transaction

    from standwith.config.founding import update_tables
    from standwith.custody.statements import state
    from standwith.ledger.rows import size

    update_tables(place)
    try:
        custodians = custodians_now(campaign, place, settings)
        if up_to >= size():
            raise Refusal(f"The ledger has {size()} leaves, so the last place is {size() - 1}.")
        with transaction.atomic():
            state(campaign, "sifted", custodians.keys, custodians.needed, datetime.now(UTC).date(), up_to=up_to)
    except (NoLog, CustodiansRefused) as problem:
        raise Refusal(str(problem)) from None
    typer.echo(f"The ledger will say with its next leaves that duplicates were removed up to leaf {up_to}.")

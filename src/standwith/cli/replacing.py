"""`standwith custody replace`: resealed records take the place of the old ones, on the server.

Invariant: all records of the bundle or none, in one transaction with the statement that the custodians rotated. Index,
leaf and commitment stay, so the ledger is as true of the new records as of the old.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.custodians import CustodiansRefused
from standwith.cli.asking import confirm_word
from standwith.cli.bundles import opened_bundle, shown
from standwith.cli.export import custodians_now
from standwith.cli.home import HomeOption, enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.custody.errors import ResealingRefused
from standwith.custody.resealing import check_resealed
from standwith.ledger.errors import NoLog
from standwith.sealing.bundle import Bundle

AT_ONCE = 4096


def replace(
    bundle: Annotated[Path, typer.Argument(help="The file that `custody rotate` wrote.")],
    confirm: Annotated[str, typer.Option(help="The campaign's id, to go on without being asked.")] = "",
    home: HomeOption = Path("standwith"),
) -> None:
    """Put resealed records in the place of the old ones: all or none. The ledger stays as it is."""
    place, settings = enter(home)
    django.configure(place)
    from standwith.config.founding import update_tables

    update_tables(place)
    with opened_bundle(bundle) as found:
        if found.head.is_rehearsal:
            raise ResealingRefused("This bundle is for a rehearsal.")
        confirm_word(
            "The old records are overwritten, and what the new ones hold cannot be seen here: keep the old bundle "
            "until the new custodians have opened some of these.",
            found.head.campaign,
            confirm,
        )
        try:
            custodians = custodians_now(found.head.campaign, place, settings)
            count, left = _replace_all(found, custodians.keys, custodians.needed)
        except (NoLog, CustodiansRefused) as problem:
            raise Refusal(str(problem)) from None
    typer.echo(f"Records of {found.head.campaign} that its custodians of now can open: {count}.")
    if left:
        typer.echo(
            f"Others, that are not in the bundle and stay as they were: {left}. If they are older than the change,"
        )
        typer.echo("export and rotate them too.")


def _replace_all(bundle: Bundle, keys: list[str], needed: int) -> tuple[int, int]:
    """How many were replaced, and how many the campaign has beside them."""
    from django.db import transaction

    from standwith.custody.statements import state
    from standwith.supporters.queries import replace_records, sealed_records

    records = check_resealed(bundle, keys, needed, _reader())
    with transaction.atomic():
        count = replace_records(shown(records, bundle.count, "Replacing"))
        state(bundle.head.campaign, "rotated", keys, needed, datetime.now(UTC).date())
    return count, sum(1 for _ in sealed_records(bundle.head.campaign)) - count


def _reader() -> Callable[[int], bytes]:
    """The leaf at an index, b"" if there is none; for indexes that rise."""
    from standwith.ledger.rows import read

    start, leaves = 0, list[bytes]()

    def leaf_at(index: int) -> bytes:
        nonlocal start, leaves
        if not start <= index < start + len(leaves):
            start, leaves = index, read(index, AT_ONCE)
        return leaves[0] if index == start and leaves else leaves[index - start] if leaves else b""

    return leaf_at

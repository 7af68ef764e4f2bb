"""`standwith custody`: the ceremonies of the people who hold the keys, on their machines and on the server.

Alone, it says where each campaign stands and what comes next. The commands for the server are here; those for
custodians' own machines, which need no installation and no network, are in custodian.py and destroying.py.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.custodians import Custodians, CustodiansRefused, custodians_of
from standwith.campaigns.model import Campaign
from standwith.cli import custodian
from standwith.cli.bundles import opened_bundle, opened_shares
from standwith.cli.destroying import destroy
from standwith.cli.home import HomeOption, enter
from standwith.cli.key import key
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.cli.registering import register
from standwith.cli.replacing import replace
from standwith.cli.sifting import sifted
from standwith.config import django
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.ledger.errors import NoLog

custody = typer.Typer(
    name="custody", help="Hold the keys that open what people signed: make, rehearse, use, hand over and destroy them."
)
AGAIN_AFTER = timedelta(days=180)
ON_YOUR_MACHINE = """On a custodian's own machine, best one that never goes online:
  standwith custody key FILE                                      make your key; its public line goes to the campaign
  standwith custody unseal BUNDLE --key FILE --to NAME.shares     open your share of what a bundle holds
  standwith custody destroy --key FILE                            when all is over
docs/custody.md says on one page what custodians need to know."""


@custody.callback(invoke_without_command=True)
def overview(context: typer.Context, home: HomeOption = Path("standwith")) -> None:
    """Say where each campaign stands, and what comes next."""
    if context.invoked_subcommand is not None:
        return
    try:
        place, settings = enter(home)
    except Refusal as problem:
        typer.echo(f"{problem}\n\n{ON_YOUR_MACHINE}")
        return
    django.configure(place)
    from standwith.config.founding import update_tables
    from standwith.config.publication import is_over, published_campaigns

    update_tables(place)
    now, published = datetime.now(UTC), published_campaigns(place)
    if not published:
        typer.echo("No campaign is published yet. " + _of_installation(settings))
    for campaign in published:
        typer.echo(_say_standing(campaign, place, settings, over=is_over(campaign, now), today=now.date()))


@custody.command()
def rehearse(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    to: Annotated[Path | None, typer.Option(help="To begin: the test bundle to write, for all custodians.")] = None,
    shares: Annotated[
        list[Path] | None, typer.Option("--shares", help="To finish: what a custodian unsealed; once for each.")
    ] = None,
    home: HomeOption = Path("standwith"),
) -> None:
    """Prove that the custodians can open: begin with --to, finish with their --shares. Nobody's record is opened."""
    place, settings = enter(home)
    django.configure(place)
    from standwith.config.founding import update_tables

    update_tables(place)
    try:
        if shares:
            _finish_rehearsal(campaign, shares, place)
        elif to is not None:
            _begin_rehearsal(campaign, to, place, settings)
        else:
            raise Refusal("Begin with --to FILE.bundle, or finish with --shares FILE for each custodian who answered.")
    except (NoLog, CustodiansRefused) as problem:
        raise Refusal(str(problem)) from None


def _begin_rehearsal(campaign: str, to: Path, place: Home, settings: Settings) -> None:
    from standwith.cli.export import custodians_now
    from standwith.custody.rehearsal import make_rehearsal
    from standwith.durable.files import write_atomically
    from standwith.ledger.rows import origin
    from standwith.sealing.bundle import write_bundle

    custodians = custodians_now(campaign, place, settings)
    head, entry = make_rehearsal(
        campaign, custodians.keys, custodians.needed, origin=origin(), today=datetime.now(UTC).date()
    )
    with new_file(to) as file:
        write_bundle(file, head, [entry])
    rehearsals(place).mkdir(mode=0o700, exist_ok=True)
    write_atomically(rehearsals(place) / f"{campaign}.bundle", to.read_bytes(), mode=0o600)
    typer.echo(f"The test bundle is in {to}. Give it to all {len(custodians.all)} custodians.")
    typer.echo(f"At least {custodians.needed} of them have to answer.")
    typer.echo(f"Each on their own machine:\n  standwith custody unseal {to.name} --key KEYFILE --to NAME.shares")
    typer.echo(f"Then here:\n  standwith custody rehearse {campaign} --shares NAME.shares --shares OTHER.shares")


def _finish_rehearsal(campaign: str, shares: list[Path], place: Home) -> None:
    from django.db import transaction

    from standwith.custody.errors import RehearsalFailed
    from standwith.custody.rehearsal import proven
    from standwith.custody.statements import state

    kept = rehearsals(place) / f"{campaign}.bundle"
    if not kept.exists():
        raise Refusal(f"No rehearsal of {campaign} is under way; begin one with --to FILE.bundle")
    with opened_bundle(kept) as bundle, opened_shares(shares, bundle) as files:
        try:
            keys, head = proven(bundle, files), bundle.head
        except RehearsalFailed as problem:
            raise Refusal(str(problem)) from None
    with transaction.atomic():
        state(campaign, "rehearsed", keys, head.needed, datetime.now(UTC).date())
    kept.unlink()
    typer.echo(f"{len(keys)} of {len(head.custodians)} custodians showed that they can open, {head.needed} are needed.")
    typer.echo("The ledger will say so with its next leaves, and the page with it.")


def rehearsals(place: Home) -> Path:
    """Where the test bundles of rehearsals under way are kept."""
    return place.path / "custody"


def _say_standing(campaign: Campaign, place: Home, settings: Settings, *, over: bool, today: date) -> str:
    try:
        custodians = custodians_of(campaign, settings)
    except CustodiansRefused as problem:
        return f"{campaign.id}: {problem}"
    people = ", ".join(each.name or f"{each.key[:28]}…" for each in custodians.all)
    first = f"{campaign.id}: {custodians.needed} of {len(custodians.all)} custodians open its records ({people})."
    try:
        return f"{first}\n  {_next_step(campaign, custodians, place, over=over, today=today)}"
    except NoLog as problem:
        return f"{first}\n  {problem}"


def _next_step(campaign: Campaign, custodians: Custodians, place: Home, *, over: bool, today: date) -> str:
    from standwith.custody.statements import names_of, standing

    told = standing(campaign.id)
    begin = f"Next: standwith custody rehearse {campaign.id} --to FILE.bundle"
    if told.destroyed:
        return f"Its records were destroyed on {told.destroyed.date}. Nothing is left to do."
    if over:
        return (
            "It is over. Export and open what is still needed, then let each custodian destroy their key, and:\n"
            f"  standwith custody destroy --campaign {campaign.id}"
        )
    if (rehearsals(place) / f"{campaign.id}.bundle").exists():
        return f"A rehearsal is under way. Next: standwith custody rehearse {campaign.id} --shares FILE --shares FILE"
    if told.rehearsed is None:
        return f"Nobody has shown yet that they can open. {begin}"
    said = f"Custodians last proved that they hold their shares on {told.rehearsed.date}."
    if not set(told.rehearsed.custodians) <= set(names_of(custodians.keys)):
        return f"{said} They have changed since. {begin}"
    if today - told.rehearsed.date > AGAIN_AFTER:
        return f"{said} That is long ago. {begin}"
    if custodians.needed == 1:
        return f"{said} One custodian alone can open everything: name two more in campaign.toml."
    return said


def _of_installation(settings: Settings) -> str:
    count = len(settings.custodian_keys)
    if not count:
        return "No custodian is registered either. Next: standwith custody register"
    return f"{count} custodians are registered for campaigns that name none."


for command in (key, register, custodian.unseal, custodian.rotate, replace, custodian.duplicates, sifted, destroy):
    custody.command()(command)

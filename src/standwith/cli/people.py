"""`standwith people`: who of a campaign is shown, decided by two people; who is hidden, by one.

The commands that look, and the group of all. Those that decide are in deciding.py and withdrawing.py. Two people are
two names: nobody is asked for a password before the desk has accounts.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.model import Campaign
from standwith.cli.deciding import FolderArgument, accept, approve, hold, open_tables, release
from standwith.cli.home import HomeOption
from standwith.cli.publish import read_folder
from standwith.cli.withdrawing import withdraw
from standwith.people import Person

people = typer.Typer(
    name="people", no_args_is_help=True, help="Who of a campaign is shown: two people decide, one can hide."
)
AHEAD = 60  # days in which a hearing is near


@people.command("list")
def list_people(folder: FolderArgument, home: HomeOption = Path("standwith")) -> None:
    """Say who waits for a first or a second person, who is shown, and whose review or hearing is near."""
    campaign = read_folder(folder)
    open_tables(home)
    _list_waiting(campaign)
    _list_shown(campaign)
    today = datetime.now(UTC).date()
    _list_dates("To be looked at again, by the day in “review”", due_reviews(campaign.people, today))
    _list_dates(f"Hearings in the next {AHEAD} days", near_hearings(campaign.people, today))


@people.command()
def log(
    campaign: Annotated[str, typer.Argument(help="The campaign's id; all campaigns if left out.")] = "",
    home: HomeOption = Path("standwith"),
) -> None:
    """Say who decided what and when, the oldest first. Who withdrew has no name here any more."""
    open_tables(home)
    from standwith.decisions.queries import log as read_log  # models need a configured Django

    found = read_log(campaign)
    for told in found:
        about = told.person or ("somebody" if told.verb in PERSONAL else "")
        words = (f"{told.at:%Y-%m-%d %H:%M}", told.campaign, told.verb, about, told.reason, f"by {told.by}")
        digest = f"({told.digest[:12]})" if told.digest else ""
        typer.echo("  ".join(filter(None, (*words, digest))))
    if not found:
        typer.echo("Nobody has decided anything yet.")


PERSONAL = {"accept", "approve", "hold", "release", "withdraw"}

people.command()(accept)
people.command()(approve)
people.command()(hold)
people.command()(release)
people.command()(withdraw)


def due_reviews(found: Iterable[Person], today: date) -> list[tuple[str, Person]]:
    """(day, person) of those whose row somebody should have looked at again by `today`."""
    return [(str(one.review), one) for one in found if one.review is not None and one.review.first_day() <= today]


def near_hearings(found: Iterable[Person], today: date) -> list[tuple[str, Person]]:
    """(day, person) of the hearings that are still to come and near, the next one first."""
    dated = [(one.hearing, one) for one in found if one.hearing is not None and one.hearing.last_day() >= today]
    near = [(day, one) for day, one in dated if (day.first_day() - today).days <= AHEAD]
    return [(str(day), one) for day, one in sorted(near, key=lambda pair: pair[0])]


def _list_waiting(campaign: Campaign) -> None:
    from standwith.decisions.queries import Wait, waiting  # models need a configured Django

    def show(heading: str, found: Sequence[Wait]) -> None:
        if found:
            typer.echo(f"{heading} ({len(found)})")
        for wait in found:
            told = ", ".join(dict.fromkeys(change.field for change in wait.changes))
            by = f" · accepted by {wait.accepted_by}" if wait.accepted_by else ""
            by += f" · held back by {wait.held_by}: {wait.held}" if wait.held else ""
            typer.echo(f"  {wait.person.id}: {told}{by}")

    found = waiting(campaign)
    first = [one for one in found if not one.held and not one.accepted_by]
    show("Wait for a first person: standwith people accept", first)
    show("Wait for a second person: standwith people approve", [one for one in found if one.accepted_by])
    show("Held back", [one for one in found if one.held])


def _list_shown(campaign: Campaign) -> None:
    from standwith.decisions.queries import approved_people  # models need a configured Django
    from standwith.decisions.settle import settle_people

    settled = settle_people(campaign, approved_people(campaign.id))
    shown = [one for one in settled.people if one.shown != "none"]
    typer.echo(f"Shown with the next publication ({len(shown)})")
    for one in shown:
        typer.echo(f"  {one.id}: {one.shown}")
    never = sum(one.shown == "none" for one in campaign.people)
    if never:
        typer.echo(f"Not shown because of consent or risk: {never}")


def _list_dates(heading: str, found: Sequence[tuple[str, Person]]) -> None:
    if found:
        typer.echo(heading)
    for day, one in found:
        typer.echo(f"  {day}  {one.id}")

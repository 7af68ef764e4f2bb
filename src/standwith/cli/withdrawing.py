"""`standwith people withdraw`: somebody does not want to be spoken of any more.

Invariant: the pages forget first, then the tables are clean, then the folder; after a kill the same command does the
rest. It ends by saying where the name still stands, because running text is for people to rewrite.
Does not reach what is not ours: the history of a folder kept in git, mirrors, search engines, what was printed.
"""

import csv
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.errors import CampaignError, CampaignRefused, FolderUnreadable
from standwith.campaigns.withdrawal import NobodyToWithdraw, Withdrawal, withdraw_person
from standwith.cli.deciding import ByOption, FolderArgument, YesOption, go_on, open_tables, take_off
from standwith.cli.findings import show_findings
from standwith.cli.home import HomeOption
from standwith.cli.refusal import Refusal
from standwith.decisions.errors import DecisionRefused

SHOWN = 50  # places that are named


def withdraw(
    folder: FolderArgument,
    person: Annotated[str, typer.Argument(metavar="ID", help="The id of people.csv.")],
    by: ByOption,
    yes: YesOption = False,
    folder_only: Annotated[
        bool, typer.Option("--folder-only", help="There is no installation; only the folder forgets.")
    ] = False,
    home: HomeOption = Path("standwith"),
) -> None:
    """Take somebody out of the folder, the pages, the copies and the tables; a nameless row stays."""
    campaign, listed = _identify(folder, person)
    if not folder_only:
        place, settings = open_tables(home)
        if not listed and not _is_known(campaign, person):
            raise Refusal(f"Neither {folder} nor {place.path} knows {person}; nothing was done.")
    typer.echo(f"{person} is taken out of {folder} and off the pages for good. This cannot be undone.")
    go_on(yes)
    if not folder_only:
        _forget(campaign, person, by)
        take_off(place, settings)
        typer.echo("The pages, the copies and the tables of this installation do not name them any more.")
    if listed or folder_only:
        _tell(folder, _withdraw(folder, person))
    publish = f"standwith publish {folder}"
    typer.echo(f"What is left to do: look at these places, and then publish: {publish}")
    typer.echo("If the folder is kept in git, its history still has the name; so may mirrors, caches and print.")


def _identify(folder: Path, person: str) -> tuple[str, bool]:
    """The campaign's id, and whether people.csv has a row of this person. The folder may have other mistakes."""
    try:
        campaign = tomllib.loads((folder / "campaign.toml").read_text(encoding="utf-8-sig"))["id"]
        with (folder / "people.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row.get("id") == person]
    except OSError as error:
        raise Refusal(f"{error.filename}: {error.strerror}.") from None
    except (ValueError, KeyError, csv.Error):
        raise Refusal(f"{folder} cannot be read; see: standwith check {folder}") from None
    return str(campaign), bool(rows)


def _is_known(campaign: str, person: str) -> bool:
    from standwith.decisions.queries import is_known  # models need a configured Django

    return is_known(campaign, person)


def _forget(campaign: str, person: str, by: str) -> None:
    from standwith.decisions.withdraw import withdraw as forget  # models need a configured Django

    try:
        forget(campaign, person, by=by, now=datetime.now(UTC))
    except DecisionRefused as problem:
        raise Refusal(f"{problem} Nothing was done.") from None


def _withdraw(folder: Path, person: str) -> Withdrawal:
    try:
        return withdraw_person(folder, person)
    except CampaignRefused as refused:
        show_findings(folder, refused.findings)
        raise Refusal(f"The folder still names {person}: mend this first, then type the same again.") from None
    except (NobodyToWithdraw, FolderUnreadable, CampaignError) as problem:
        raise Refusal(str(problem)) from None
    except OSError as error:
        raise Refusal(f"{error.filename}: {error.strerror}; type the same again.") from None


def _tell(folder: Path, done: Withdrawal) -> None:
    """What was rewritten, and where the name still stands."""
    typer.echo(f"In the folder the row {done.tombstone} is left; written anew: {', '.join(done.rewritten)}.")
    if done.gone:
        typer.echo(f"Deleted: {', '.join(done.gone)}.")
    surely, perhaps = ([trace for trace in done.traces if trace.sure is sure] for sure in (True, False))
    for heading, traces in (("The name still stands in", surely), ("Perhaps also in", perhaps)):
        if traces:
            typer.echo(f"{heading} {len(traces)} places:" if len(traces) > 1 else f"{heading} one place:")
        for trace in traces[:SHOWN]:
            typer.echo(f"  {folder / trace.file}:{trace.line}:{trace.column}")
        if len(traces) > SHOWN:
            typer.echo(f"  … and {len(traces) - SHOWN} more; search the folder for the name.")
    if done.unsearched:
        typer.echo(f"Not searched, because they are no plain text: {', '.join(done.unsearched)}.")

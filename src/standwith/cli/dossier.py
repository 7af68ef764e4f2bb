"""`standwith dossier`: the record of a campaign as a PDF, for a ministry, a court or a complaint to the ILO."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from standwith.campaigns.errors import CampaignRefused, FolderUnreadable
from standwith.campaigns.folder import load_campaign
from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import gate
from standwith.cli.home import enter
from standwith.cli.publish import read_folder, say_who_is_left_out, settle
from standwith.cli.refusal import Refusal
from standwith.decisions.settle import settle_people
from standwith.dossier import PAPERS, DossierError, compose, press
from standwith.durable.files import write_atomically
from standwith.languages import voice


def dossier(
    folder: Annotated[Path, typer.Argument(help="A campaign folder.", metavar="DIR")],
    to: Annotated[Path, typer.Option(help="The PDF to write.", metavar="FILE")],
    language: Annotated[str, typer.Option(help="In which of the campaign's languages; its own if left out.")] = "",
    paper: Annotated[str, typer.Option(help="a4 or letter.")] = "a4",
    day: Annotated[str, typer.Option("--date", help="The day it stands for, such as 2026-11-22; today (UTC).")] = "",
    home: Annotated[
        Path | None, typer.Option(envvar="STANDWITH_HOME", help="Show the people as published in this installation.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who decides that people are shown, without an installation.")] = "",
    second: Annotated[str, typer.Option("--with", help="Who decides it with you.")] = "",
) -> None:
    """Print the record as a PDF: statement, demands, facts, people, events, organisations; sources as footnotes."""
    if paper not in PAPERS:
        raise Refusal(f"“{paper}” is no paper that we know; choose one of: {', '.join(PAPERS)}.")
    when = _day(day)
    _check_place(to)
    read = read_folder(folder)
    code = _language(read, language)
    campaign = _as_published(read, home, second) if home else settle(read, by, second)
    try:
        pages = _print(campaign, code, when, paper, to)
    except DossierError as problem:
        raise Refusal(str(problem)) from None
    except OSError as problem:
        raise Refusal(f"{problem.filename}: {problem.strerror}; nothing was written.") from None
    typer.echo(f"{to}: {pages} bytes, in {voice(code).name}, as of {when}.")
    if home is None:
        say_who_is_left_out(read, campaign)
    _say_what_lacks(campaign, code)


def _print(campaign: Campaign, code: str, day: date, paper: str, to: Path) -> int:
    size = f"{len(campaign.people):,} people, {len(campaign.facts):,} facts"
    with Console(stderr=True).status(f"Composing the dossier: {size} …") as progress:
        told = compose(campaign, voice(code), day)
        progress.update(f"Setting the pages: {size} …")
        pdf = press(told, paper)
        write_atomically(to, pdf)
    return len(pdf)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        raise Refusal(f"“{text}” is not a day; write it like 2026-11-22.") from None


def _check_place(to: Path) -> None:
    if to.is_dir() or not to.parent.is_dir():
        raise Refusal(f"{to} cannot be written: name a file in a directory that is there.")
    if to.exists() and to.read_bytes()[:5] not in (b"%PDF-", b""):
        raise Refusal(f"{to} is there and is no PDF, so it is left alone; choose another name.")


def _language(campaign: Campaign, asked: str) -> str:
    known = tuple(dict.fromkeys((campaign.source_language, *campaign.languages)))
    if asked and asked not in known:
        raise Refusal(f"{campaign.id} is not written in “{asked}”; it has: {', '.join(known)}.")
    return asked or campaign.source_language


def _as_published(campaign: Campaign, path: Path, second: str) -> Campaign:
    """The campaign with its people as the installation shows them, and of those only what the folder still says."""
    if second:
        raise Refusal("In an installation two people decide beforehand: standwith people accept, then approve.")
    home, _ = enter(path)
    try:
        copy = load_campaign(home.published / campaign.id)
    except (CampaignRefused, FolderUnreadable):
        raise Refusal(f"{campaign.id} is not published in {path} yet; see: standwith publish --help") from None
    return settle_people(campaign, {person.id: person for person in copy.people})


def _say_what_lacks(campaign: Campaign, code: str) -> None:
    """Texts that stand in another language than was asked for are marked in the PDF; say how many."""
    found = gate(campaign, code)
    if found.missing or found.stale:
        typer.echo(
            f"Marked in it: {found.missing} texts not translated yet, {found.stale} older than their source.", err=True
        )
    if voice(code).fallback:
        typer.echo(f"standwith does not speak {code} completely, so some of its own words are English.", err=True)

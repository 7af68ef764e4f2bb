"""`standwith publish`: from campaign folders to a site."""

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from standwith.campaigns.directory import Directory, holds_directory
from standwith.campaigns.folder import left_out
from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import gate
from standwith.cli.check import read_directory, read_publishable
from standwith.cli.findings import show_findings
from standwith.cli.home import enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.settings import Settings, SettingsRefused, check_settings
from standwith.decisions.errors import DecisionRefused
from standwith.decisions.names import are_two, check_name
from standwith.decisions.settle import settle_people
from standwith.site.build import Report, build
from standwith.site.state import holds_site


def publish(
    folders: Annotated[list[Path], typer.Argument(help="Campaign folders.")],
    to: Annotated[Path | None, typer.Option(help="Where the site goes; with --home, HOME/site if left out.")] = None,
    home: Annotated[Path | None, typer.Option(envvar="STANDWITH_HOME", help="Publish in this installation.")] = None,
    site_url: Annotated[str, typer.Option(help="The site's address, where there is no installation.")] = "",
    close_languages: Annotated[
        bool, typer.Option("--close-languages", help="Take languages off the site that are no longer complete.")
    ] = False,
    new_version: Annotated[
        str | None, typer.Option(help="What changed in a statement that people have signed.")
    ] = None,
    directory: Annotated[
        Path | None, typer.Option(help="Folder of the directory of organisations; an installation keeps the last one.")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who publishes; your name on this machine if left out.")] = "",
    second: Annotated[
        str, typer.Option("--with", help="Who decides with you that people are shown, where there is no installation.")
    ] = "",
) -> None:
    """Render all pages of all languages; only what changed is written, and no reader ever sees half a page."""
    if home is None and to is None:
        raise Refusal("Say where the site goes: --to OUT, or --home HOME for an installation that takes signatures.")
    if home is not None and second:
        raise Refusal("In an installation two people decide beforehand: standwith people accept, then approve.")
    campaigns = [read_folder(folder) for folder in folders]
    listed = read_listed(directory)
    read = campaigns
    if home is None:
        campaigns = [settle(campaign, by, second) for campaign in campaigns]
    with Console(stderr=True).status("Publishing …"):
        try:
            if home is None:
                report = _write(campaigns, to or Path(), site_url, listed)
            else:
                report = _publish(campaigns, home, to, new_version, close_languages, by or _login_name(), listed)
        except OSError as problem:
            raise Refusal(
                f"{problem.filename}: {problem.strerror}; nothing half-written is shown to a reader."
            ) from None
    if home is None:
        typer.echo(
            "Nobody takes what the form on these pages sends: publish with --home HOME for people to sign.", err=True
        )
    typer.echo(f"{report.written} files written, {report.unchanged} unchanged, {report.removed} removed.")
    for campaign, as_read in zip(campaigns, read, strict=True):
        say_who_is_left_out(as_read, campaign)
        _say_what_is_closed(campaign)
    if home is not None:
        say_who_waits(folders, campaigns)
    for path in report.heavy:
        typer.echo(f"{path} is heavier than a bad line carries well (14,000 bytes): shorten its texts.", err=True)


def settle(campaign: Campaign, by: str, second: str) -> Campaign:
    """The campaign with the people whom the two who are named show; without them those who may be shown are left out.

    Where there is no installation nothing is recorded: who gave their names is asked, and that is all.
    """
    try:
        named = bool(by and second) and are_two(check_name(by), check_name(second))
    except DecisionRefused as problem:
        raise Refusal(str(problem)) from None
    if (by or second) and _count_shown(campaign) and not named:
        raise Refusal("Two people decide that somebody is shown, with two names: --by NAME --with NAME.")
    return settle_people(campaign, {person.id: person for person in campaign.people} if named else {})


def say_who_is_left_out(campaign: Campaign, settled: Campaign) -> None:
    """How many people of the folder are not shown because two names are missing."""
    if _count_shown(campaign) and not _count_shown(settled):
        told = f"{campaign.id}: {people_are(_count_shown(campaign))} left out, because two people must decide that"
        typer.echo(f"{told} anybody is", err=True)
        typer.echo("shown; if they have, name them: --by NAME --with NAME.", err=True)


def _count_shown(campaign: Campaign) -> int:
    return sum(person.shown != "none" for person in campaign.people)


def say_who_waits(folders: Sequence[Path], campaigns: Sequence[Campaign]) -> None:
    """How many people of these folders are not shown as their rows are now, and what to type."""
    from standwith.decisions.queries import waiting  # models need a configured Django

    for folder, campaign in zip(folders, campaigns, strict=True):
        found = waiting(campaign)
        if found:
            told = f"{campaign.id}: {people_are(len(found))} not shown as in the folder, until two people say so;"
            typer.echo(f"{told} see: standwith people list {folder}", err=True)


def people_are(number: int) -> str:
    """The number with its noun and verb."""
    return "1 person is" if number == 1 else f"{number} people are"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "unknown"


def _say_what_is_closed(campaign: Campaign) -> None:
    closed = [found for code in campaign.languages if not (found := gate(campaign, code)).live]
    if closed:
        told = ", ".join(f"{found.code} ({found.words})" for found in closed)
        typer.echo(f"{campaign.id} is not published yet in {told}; `standwith languages` shows what is left.", err=True)


def read_folder(folder: Path) -> Campaign:
    """Return the campaign in `folder`; print what is wrong and leave with status 1 when it cannot be published."""
    if not folder.is_dir():
        raise Refusal(f"{folder} is not a campaign folder; make one with: standwith new {folder}")
    if holds_directory(folder):
        raise Refusal(f"{folder} is a directory of organisations; name it with --directory {folder}")
    campaign, findings = read_publishable(folder)
    for code in sorted(left_out(findings)):
        typer.echo(f"translations/{code}.po has errors, so {code} is left out; see: standwith check {folder}", err=True)
    return campaign


def read_listed(folder: Path | None) -> Directory | None:
    """Return the directory in `folder`, if one is named; print what is wrong and leave with 1 where it has errors."""
    if folder is None:
        return None
    if not holds_directory(folder):
        raise Refusal(f"{folder} is not the folder of a directory: there is no directory.toml in it.")
    found = read_directory(folder)
    if found.directory is None:
        show_findings(folder, found.findings)
        raise SystemExit(1)
    return found.directory


def _write(campaigns: list[Campaign], to: Path, site_url: str, listed: Directory | None) -> Report:
    """The files alone; a site of somebody else is left alone."""
    if not site_url:
        typer.echo("The pages call themselves http://127.0.0.1:8000; say where they will be with --site-url.", err=True)
    try:
        settings = check_settings(Settings(site_url=site_url.rstrip("/")) if site_url else Settings())
    except SettingsRefused as problem:
        raise Refusal(str(problem)) from None
    if (to / "index.html").exists() and not holds_site(to):
        raise Refusal(f"{to} holds a site that standwith did not make; publish to another directory.")
    return build(campaigns, to, site_url=settings.site_url, numbers={}, now=datetime.now(UTC), directory=listed)


def _publish(
    campaigns: list[Campaign],
    path: Path,
    to: Path | None,
    note: str | None,
    closing: bool,
    by: str,
    listed: Directory | None,
) -> Report:
    home, settings = enter(path)
    django.configure(home)
    from standwith.config import publication  # Django's models can be imported only once they are configured

    try:
        return publication.publish(
            campaigns,
            home,
            settings,
            by=by,
            note=note,
            closing=closing,
            now=datetime.now(UTC),
            out=to,
            directory=listed,
        )
    except publication.PublicationRefused as problem:
        raise Refusal(str(problem)) from None

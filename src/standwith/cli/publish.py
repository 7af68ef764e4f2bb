"""`standwith publish`: from campaign folders to a site."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from standwith.campaigns.folder import left_out
from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import gate
from standwith.cli.check import read_publishable
from standwith.cli.home import enter
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.settings import Settings, SettingsRefused, check_settings
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
) -> None:
    """Render all pages of all languages; only what changed is written, and no reader ever sees half a page."""
    if home is None and to is None:
        raise Refusal("Say where the site goes: --to OUT, or --home HOME for an installation that takes signatures.")
    campaigns = [read_folder(folder) for folder in folders]
    with Console(stderr=True).status("Publishing …"):
        try:
            if home is None:
                report = _write(campaigns, to or Path(), site_url)
            else:
                report = _publish(campaigns, home, to, new_version, close_languages)
        except OSError as problem:
            raise Refusal(
                f"{problem.filename}: {problem.strerror}; nothing half-written is shown to a reader."
            ) from None
    if home is None:
        typer.echo(
            "Nobody takes what the form on these pages sends: publish with --home HOME for people to sign.", err=True
        )
    typer.echo(f"{report.written} files written, {report.unchanged} unchanged, {report.removed} removed.")
    for campaign in campaigns:
        _say_what_is_closed(campaign)
    for path in report.heavy:
        typer.echo(f"{path} is heavier than a bad line carries well (14,000 bytes): shorten its texts.", err=True)


def _say_what_is_closed(campaign: Campaign) -> None:
    closed = [found for code in campaign.languages if not (found := gate(campaign, code)).live]
    if closed:
        told = ", ".join(f"{found.code} ({found.words})" for found in closed)
        typer.echo(f"{campaign.id} is not published yet in {told}; `standwith languages` shows what is left.", err=True)


def read_folder(folder: Path) -> Campaign:
    """Return the campaign in `folder`; print what is wrong and leave with status 1 when it cannot be published."""
    if not folder.is_dir():
        raise Refusal(f"{folder} is not a campaign folder; make one with: standwith new {folder}")
    campaign, findings = read_publishable(folder)
    for code in sorted(left_out(findings)):
        typer.echo(f"translations/{code}.po has errors, so {code} is left out; see: standwith check {folder}", err=True)
    return campaign


def _write(campaigns: list[Campaign], to: Path, site_url: str) -> Report:
    """The files alone; a site of somebody else is left alone."""
    if not site_url:
        typer.echo("The pages call themselves http://127.0.0.1:8000; say where they will be with --site-url.", err=True)
    try:
        settings = check_settings(Settings(site_url=site_url.rstrip("/")) if site_url else Settings())
    except SettingsRefused as problem:
        raise Refusal(str(problem)) from None
    if (to / "index.html").exists() and not holds_site(to):
        raise Refusal(f"{to} holds a site that standwith did not make; publish to another directory.")
    return build(campaigns, to, site_url=settings.site_url, numbers={}, now=datetime.now(UTC))


def _publish(campaigns: list[Campaign], path: Path, to: Path | None, note: str | None, closing: bool) -> Report:
    home, settings = enter(path)
    django.configure(home)
    from standwith.config import publication  # Django's models can be imported only once they are configured

    try:
        return publication.publish(campaigns, home, settings, note=note, closing=closing, now=datetime.now(UTC), out=to)
    except publication.PublicationRefused as problem:
        raise Refusal(str(problem)) from None

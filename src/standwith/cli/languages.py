"""`standwith languages`: where every language of a campaign stands, and its catalogue brought up to date."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import Gate, catalogue_of, gate
from standwith.cli.publish import read_folder
from standwith.durable.files import write_atomically
from standwith.languages import language


def languages(
    folder: Annotated[Path, typer.Argument(help="A campaign folder.")],
    update: Annotated[bool, typer.Option(help="Bring translations/*.po up to date with the folder.")] = False,
    json: Annotated[bool, typer.Option(help="For programs: one JSON object per language.")] = False,
) -> None:
    """Show which languages are live, nearly there or stale; a language that is not live is not published."""
    campaign = read_folder(folder)
    if update:
        write_catalogues(campaign, folder)
        campaign = read_folder(folder)
    gates = [gate(campaign, code) for code in campaign.languages]
    if json:
        typer.echo(msgspec.json.encode([_report(found) for found in gates]).decode())
    else:
        Console().print(_table(campaign, gates))


def write_catalogues(campaign: Campaign, folder: Path) -> None:
    """Write translations/{code}.po for every language but the source, with all strings of the campaign."""
    kept = folder / "translations"
    kept.mkdir(exist_ok=True)
    for code in campaign.languages:
        if code != campaign.source_language:
            write_atomically(kept / f"{code}.po", catalogue_of(campaign, code).dump())


def _report(found: Gate) -> dict[str, object]:
    return {"words": found.words, **msgspec.structs.asdict(found)}


def _table(campaign: Campaign, gates: list[Gate]) -> Table:
    table = Table(title=campaign.title, title_justify="left", caption=_caption(gates), caption_justify="left")
    table.add_column("language")
    table.add_column("state")
    for heading in ("translated", "missing", "stale", "interface"):
        table.add_column(heading, justify="right")
    for found in gates:
        source = found.code == campaign.source_language
        table.add_row(
            f"{found.code}  {language(found.code).name}",
            f"[{_colour(found)}]{found.words}[/]" + (" (source)" if source else ""),
            f"{found.total - found.missing} of {found.total}",
            str(found.missing or ""),
            str(found.stale or ""),
            f"{found.interface_missing} missing" if found.interface_missing else "complete",
        )
    return table


def _caption(gates: list[Gate]) -> str:
    live = sum(found.live for found in gates)
    return (
        f"{live} of {len(gates)} will be published. "
        "What is stale is shown with a mark, what is missing in the source language."
    )


def _colour(found: Gate) -> str:
    if not found.live:
        return "red"
    return "yellow" if found.stale else "green"

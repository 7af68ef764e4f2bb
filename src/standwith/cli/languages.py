"""`standwith languages`: where every language of a campaign stands, and its catalogue brought up to date."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from standwith.campaigns.folder import left_out
from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import Gate, catalogue_of, gate
from standwith.cli.check import read_publishable
from standwith.durable.files import write_atomically
from standwith.languages import language
from standwith.manuscript import Finding


def languages(
    folder: Annotated[Path, typer.Argument(help="A campaign folder.")],
    update: Annotated[bool, typer.Option(help="Bring translations/*.po up to date with the folder.")] = False,
    json: Annotated[bool, typer.Option(help="For programs: one JSON object per language.")] = False,
) -> None:
    """Show which languages are live, nearly there or stale; a language that is not live is not published."""
    campaign, findings = read_publishable(folder)
    if update:
        write_catalogues(campaign, folder, left_out(findings))
        campaign, findings = read_publishable(folder)
    rows = [_row(campaign, code, findings) for code in campaign.languages]
    if json:
        typer.echo(msgspec.json.encode([_report(row) for row in rows]).decode())
    else:
        _show(campaign, rows)


def write_catalogues(campaign: Campaign, folder: Path, broken: frozenset[str] = frozenset()) -> None:
    """Write translations/{code}.po for every language but the source, with all strings of the campaign.

    What a translator wrote into a `broken` catalogue could not be read, so that file is left as it is.
    """
    kept = folder / "translations"
    kept.mkdir(exist_ok=True)
    for code in campaign.languages:
        if code != campaign.source_language and code not in broken:
            write_atomically(kept / f"{code}.po", catalogue_of(campaign, code).dump())


class Row(NamedTuple):
    """What is shown of a language: its gate, its state in words, and what else is known of it."""

    gate: Gate
    words: str
    source: bool
    faulty: bool

    @property
    def state(self) -> str:
        """The words of the gate, and where to look where the catalogue has errors."""
        return f"{self.words}{SEE if self.faulty else ''}{' (source)' if self.source else ''}"

    @property
    def colour(self) -> str:
        """Green, yellow or red."""
        if not self.gate.live:
            return "red"
        return "yellow" if self.gate.stale or self.faulty else "green"

    @property
    def done(self) -> str:
        """How many strings are translated."""
        return f"{self.gate.total - self.gate.missing} of {self.gate.total}"


SEE = ": see standwith check"


def _row(campaign: Campaign, code: str, findings: Sequence[Finding]) -> Row:
    found = gate(campaign, code)
    file = f"translations/{code}.po"
    faulty = any(finding.file == file and finding.severity == "error" for finding in findings)
    source = code == campaign.source_language
    if code in left_out(findings):
        return Row(found, "broken", source, faulty)
    return Row(found, f"{found.words}, mistakes" if faulty else found.words, source, faulty)


def _report(row: Row) -> dict[str, object]:
    return {"words": row.words, **msgspec.structs.asdict(row.gate)}


def _show(campaign: Campaign, rows: list[Row]) -> None:
    """A table where there is room for it, two short lines per language on a narrow terminal."""
    console, table = Console(), _table(campaign, rows)
    needed = console.measure(table, options=console.options.update(max_width=1000)).maximum
    if needed <= console.width:
        console.print(table)
        return
    console.print(escape(campaign.title))
    for row in rows:
        console.print(f"{row.gate.code}  {language(row.gate.code).name}")
        console.print(f"  [{row.colour}]{row.state}[/]\n  {row.done} translated{_interface(row)}")
    console.print(_caption(rows))


def _interface(row: Row) -> str:
    return f", interface: {row.gate.interface_missing} missing" if row.gate.interface_missing else ""


def _table(campaign: Campaign, rows: list[Row]) -> Table:
    table = Table(title=escape(campaign.title), title_justify="left", caption=_caption(rows), caption_justify="left")
    table.add_column("language")
    table.add_column("state")
    for heading in ("translated", "missing", "stale", "interface"):
        table.add_column(heading, justify="right")
    for row in rows:
        found = row.gate
        table.add_row(
            f"{found.code}  {language(found.code).name}",
            f"[{row.colour}]{row.state}[/]",
            row.done,
            str(found.missing or ""),
            str(found.stale or ""),
            f"{found.interface_missing} missing" if found.interface_missing else "complete",
        )
    return table


def _caption(rows: list[Row]) -> str:
    live = sum(row.gate.live for row in rows)
    return (
        f"{live} of {len(rows)} will be published. "
        "What is stale is shown with a mark, what is missing in the source language."
    )

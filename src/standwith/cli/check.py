"""`standwith check`: reads the folder of a campaign or a directory like a good compiler, all problems in one run."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from standwith.campaigns import directory
from standwith.campaigns.errors import CampaignRefused, FolderUnreadable
from standwith.campaigns.folder import Loaded, load, load_for_publication
from standwith.campaigns.model import Campaign
from standwith.cli.findings import show_findings
from standwith.cli.refusal import Refusal
from standwith.manuscript import Finding


def check(
    folder: Annotated[Path, typer.Argument(help="A campaign folder, or a directory's.", metavar="DIR")],
    json: Annotated[bool, typer.Option("--json", help="For editors: the findings as JSON.")] = False,
) -> None:
    """Find every mistake in a folder, say where it is and how to mend it; exit 1 if there are errors."""
    findings = read_directory(folder).findings if directory.holds_directory(folder) else read(folder).findings
    if json:
        typer.echo(_as_json(folder, findings))
    else:
        show_findings(folder, findings)
    if any(finding.severity == "error" for finding in findings):
        raise SystemExit(1)


def read(folder: Path) -> Loaded:
    """The folder as loaded; raises Refusal where there is none to read."""
    try:
        return load(folder)
    except FolderUnreadable as problem:
        raise Refusal(str(problem)) from None


def read_directory(folder: Path) -> directory.Loaded:
    """The folder of a directory as loaded; raises Refusal where there is none to read."""
    try:
        return directory.load(folder)
    except FolderUnreadable as problem:
        raise Refusal(str(problem)) from None


def read_publishable(folder: Path) -> tuple[Campaign, tuple[Finding, ...]]:
    """The campaign and its findings where the only errors are translators'; shows any others and leaves with 1."""
    try:
        return load_for_publication(folder)
    except CampaignRefused as refused:
        show_findings(folder, refused.findings)
        raise SystemExit(1) from None
    except FolderUnreadable as problem:
        raise Refusal(str(problem)) from None


def _as_json(folder: Path, findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.severity == "error" for finding in findings)
    answer = {
        "folder": str(folder),
        "errors": errors,
        "warnings": len(findings) - errors,
        "findings": findings,
    }
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()

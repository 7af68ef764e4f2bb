"""`standwith check`: reads a campaign folder like a good compiler, all problems in one run."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from standwith.campaigns.errors import CampaignRefused, FolderUnreadable
from standwith.campaigns.folder import Loaded, load, load_for_publication
from standwith.campaigns.model import Campaign
from standwith.cli.findings import show_findings
from standwith.cli.refusal import Refusal
from standwith.manuscript import Finding


def check(
    folder: Annotated[Path, typer.Argument(help="A campaign folder.", metavar="DIR")],
    json: Annotated[bool, typer.Option("--json", help="For editors: the findings as JSON.")] = False,
) -> None:
    """Find every mistake in a campaign folder, say where it is and how to mend it; exit 1 if there are errors."""
    loaded = read(folder)
    if json:
        typer.echo(_as_json(folder, loaded))
    else:
        show_findings(folder, loaded.findings)
    if loaded.campaign is None:
        raise SystemExit(1)


def read(folder: Path) -> Loaded:
    """The folder as loaded; raises Refusal where there is none to read."""
    try:
        return load(folder)
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


def _as_json(folder: Path, loaded: Loaded) -> str:
    errors = sum(finding.severity == "error" for finding in loaded.findings)
    answer = {
        "folder": str(folder),
        "errors": errors,
        "warnings": len(loaded.findings) - errors,
        "findings": loaded.findings,
    }
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()

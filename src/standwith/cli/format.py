"""`standwith format`: writes the folder of a campaign or a directory in its one canonical form.

Invariant: nothing is lost unless asked for; each file is replaced whole or not at all.
"""

from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns import directory
from standwith.campaigns.folder import dump
from standwith.cli.check import read, read_directory
from standwith.cli.findings import show_findings
from standwith.cli.refusal import Refusal
from standwith.durable.files import write_together
from standwith.manuscript import Finding

LOSSES = {
    "comment-lost": "a comment",
    "strictest-level-wins": "how much of a person may be shown",
}
"""Warnings about what the canonical form would not keep, and what that is."""


def format_folder(
    folder: Annotated[Path, typer.Argument(help="A campaign folder, or a directory's.", metavar="DIR")],
    anyway: Annotated[bool, typer.Option("--anyway", help="Write even if comments are lost.")] = False,
) -> None:
    """Write every file of a folder in its canonical form, so that versions differ only where words do."""
    canonical, findings = _dump(folder)
    if canonical is None:
        show_findings(folder, [finding for finding in findings if finding.severity == "error"])
        raise SystemExit(1)
    if not anyway:
        _refuse_losses(folder, findings)
    files = {folder / name: data for name, data in canonical.items()}
    changed = {path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data}
    try:
        write_together(changed)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written: {error.strerror}; nothing in it is half written.") from None
    for path in changed:
        typer.echo(f"wrote {path}")
    rest = len(files) - len(changed)
    typer.echo(f"{rest} of {len(files)} files were canonical already.")


def _dump(folder: Path) -> tuple[dict[str, bytes] | None, tuple[Finding, ...]]:
    """The canonical files, or None where an error keeps the folder from being read."""
    if directory.holds_directory(folder):
        found = read_directory(folder)
        return (directory.dump(found.directory) if found.directory else None), found.findings
    loaded = read(folder)
    return (dump(loaded.campaign) if loaded.campaign else None), loaded.findings


def _refuse_losses(folder: Path, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.code in LOSSES:
            place = f"{folder / finding.file}:{finding.line}:{finding.column}"
            lost = LOSSES[finding.code]
            raise Refusal(f"{place}: {lost} would be lost. {finding.mend} Or run again with --anyway.")

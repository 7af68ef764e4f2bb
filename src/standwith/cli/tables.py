"""`standwith import-table`: a table from an office programme, brought into people, organisations or targets.

Invariant: without --apply nothing is written; with it one file is, whole, and only if the folder has no new error.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.errors import FolderUnreadable
from standwith.campaigns.files import collect
from standwith.campaigns.folder import load_files
from standwith.campaigns.mistakes import MISTAKES
from standwith.campaigns.model import Campaign
from standwith.campaigns.shapes import TABLES
from standwith.campaigns.tables import KINDS, Change, Preview, Puzzle, Sheet, TableRefused, plan_import, read_sheets
from standwith.campaigns.tables.headings import HALVES
from standwith.campaigns.tables.values import field_of, read_cell
from standwith.cli.findings import visible
from standwith.cli.refusal import Refusal
from standwith.durable.files import write_atomically
from standwith.manuscript import Finding, Report, Slip


def import_table(
    file: Annotated[Path, typer.Argument(help="A table: CSV, .xlsx or .ods.", metavar="FILE")],
    kind: Annotated[str, typer.Option("--as", help=f"What the rows are: {', '.join(KINDS)}.")],
    to: Annotated[Path, typer.Option("--to", help="The campaign folder.")],
    mapped: Annotated[
        list[str] | None, typer.Option("--map", help='A column by your name and ours: "Their column=our column".')
    ] = None,
    constants: Annotated[
        list[str] | None, typer.Option("--set", help='What a column says where a row is empty: "source=letter-2020".')
    ] = None,
    encoding: Annotated[str, typer.Option(help="The encoding of a CSV file, such as windows-1250.")] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Write the table; without it nothing is written.")] = False,
) -> None:
    """Show what a table of yours would add and change in a campaign folder; with --apply, write it."""
    if kind not in KINDS:
        raise Refusal(f"--as {kind}: the rows are one of {', '.join(KINDS)}.")
    files, campaign = _open(to)
    told, fixed = _pairs("--map", kind, mapped), _pairs("--set", kind, constants)
    preview = plan_import(campaign, kind, _read(file, encoding), told, fixed)
    _show(preview)
    errors = _new_errors(files, preview)
    for finding in errors:
        typer.echo(f"  {finding.file}:{finding.line}: {visible(finding.what)} {finding.mend} [{finding.code}]")
    if errors:
        typer.echo("The folder would have these errors, so nothing is written.")
        raise SystemExit(1)
    if apply and preview.changes:
        _write(to / preview.file, preview)
    elif preview.changes:
        typer.echo("Nothing is written yet; run it again with --apply.")
    if preview.puzzles:
        raise SystemExit(1)


def _open(folder: Path) -> tuple[dict[str, bytes], Campaign]:
    try:
        files = collect(folder, Report(MISTAKES))
    except FolderUnreadable as problem:
        raise Refusal(str(problem)) from None
    campaign = load_files(files).campaign
    if campaign is None:
        raise Refusal(f"{folder} has errors; standwith check {folder} says what mends them. Nothing is written.")
    return files, campaign


def _read(file: Path, encoding: str) -> Sequence[Sheet]:
    try:
        return read_sheets(file.name, file.read_bytes(), encoding)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None
    except TableRefused as problem:
        raise Refusal(f"{file} cannot be imported: {problem}") from None


def _pairs(option: str, kind: str, given: Sequence[str] | None) -> dict[str, str]:
    """The values of --map (their heading, our column) or --set (our column, a value)."""
    names = TABLES[f"{kind}.csv"].names
    pairs: dict[str, str] = {}
    for each in given or ():
        left, _, right = (part.strip() for part in (each.rpartition if option == "--map" else each.partition)("="))
        ours = right if option == "--map" else left
        if not (left and right):
            raise Refusal(f'{option} "{each}": write it with an equals sign, such as "Their column=name".')
        if ours not in (*names, *(HALVES if option == "--map" else ())):
            raise Refusal(f'{option} "{each}": {kind}.csv has no column “{ours}”; it has {", ".join(names)}.')
        pairs[left] = right if option == "--map" else _value(kind, left, right)
    return pairs


def _value(kind: str, column: str, text: str) -> str:
    try:
        return read_cell(field_of(kind, column), text)
    except Slip as slip:
        raise Refusal(f"--set {column}: {slip.what} {slip.mend}".strip()) from None


def _show(preview: Preview) -> None:
    for sheet, theirs, ours in preview.columns:
        typer.echo(f"  {_in(sheet)}column “{visible(theirs)}” is {ours}")
    added = [change for change in preview.changes if change.how == "added"]
    changed = [change for change in preview.changes if change.how == "changed"]
    _show_changes("Added", added)
    _show_changes("Changed", changed)
    if preview.puzzles:
        typer.echo(f"Not understood ({len(preview.puzzles)})")
    for puzzle in preview.puzzles:
        typer.echo(f"  {_place(puzzle)}: {visible(puzzle.what)} {visible(puzzle.mend)}")
    typer.echo(
        f"{preview.file}: {len(added)} added, {len(changed)} changed, {preview.unchanged} unchanged, "
        f"{len(preview.puzzles)} not understood."
    )


def _show_changes(heading: str, changes: Sequence[Change]) -> None:
    if changes:
        typer.echo(f"{heading} ({len(changes)})")
    for change in changes:
        typer.echo(f"  {visible(change.label)}  ({_in(change.sheet)}row {change.row})")
        for column, old, new in change.cells:
            told = f"{visible(old)!r} → {visible(new)!r}" if change.how == "changed" else visible(new)
            typer.echo(f"    {column}: {told}")


def _in(sheet: str) -> str:
    return f"sheet “{visible(sheet)}”, " if sheet else ""


def _place(puzzle: Puzzle) -> str:
    row = f"row {puzzle.row}" if puzzle.row else "everywhere"
    return f"{_in(puzzle.sheet)}{row}" + (f", column {_letters(puzzle.column)}" if puzzle.column else "")


def _letters(column: int) -> str:
    """The name of a column as spreadsheets show it: A, B … Z, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _new_errors(files: dict[str, bytes], preview: Preview) -> list[Finding]:
    loaded = load_files(files | {preview.file: preview.text.encode()})
    return [finding for finding in loaded.findings if finding.severity == "error"]


def _write(path: Path, preview: Preview) -> None:
    try:
        write_atomically(path, preview.text.encode())
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}; it is as it was.") from None
    typer.echo(f"Wrote {path}.")

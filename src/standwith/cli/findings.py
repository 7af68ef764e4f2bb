"""Findings on the terminal, as a good compiler shows them: place, what, the line with a caret, why, how to mend it.

Invariant: signs that are invisible or turn the direction of text are shown as ‹U+202E›, so that no file can deceive
whoever reads about it; a secret key is never repeated. Does not decide what a finding means.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import typer
from rich.cells import cell_len

from standwith.manuscript import Finding

COLOURS = {"error": "red", "warning": "yellow"}
TEXTS = (".toml", ".md", ".csv", ".po")


def show_findings(folder: Path, findings: Sequence[Finding]) -> None:
    """Prints errors, then warnings, then how many of each."""
    for severity in ("error", "warning"):
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            typer.secho(f"{severity.capitalize()}s", bold=True)
            for finding in chosen:
                typer.echo()
                typer.echo("\n".join(_lines(folder, finding)))
            typer.echo()
    typer.echo(summary(findings))


def summary(findings: Sequence[Finding]) -> str:
    """How many errors and warnings, in words."""
    counts = [(word, sum(finding.severity == word for finding in findings)) for word in ("error", "warning")]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts if count]
    return " and ".join(said) + "." if said else "No errors, no warnings."


def _lines(folder: Path, finding: Finding) -> Iterator[str]:
    place = f"{folder / finding.file}:{finding.line}:{finding.column}:"
    word = typer.style(f"{finding.severity}:", fg=COLOURS[finding.severity], bold=True)
    yield f"{place} {word} {visible(finding.what)} [{finding.code}]"
    line = None if finding.code == "secret-in-folder" else _line_of(folder / finding.file, finding.line)
    if line is not None:
        margin = f"{finding.line:>5} | "
        shown, caret = excerpt(line, finding.column, shutil.get_terminal_size((100, 24)).columns - len(margin))
        yield margin + shown
        yield " " * 5 + " | " + " " * caret + typer.style("^", fg=COLOURS[finding.severity], bold=True)
    yield f"  why:  {visible(finding.why)}"
    yield f"  mend: {visible(finding.mend)}"


def _line_of(path: Path, number: int) -> str | None:
    """The line as text, or None where there is nothing to show."""
    lines = _read_lines(path) if path.suffix in TEXTS else []
    return lines[number - 1] if number <= len(lines) and any(lines) else None


def _read_lines(path: Path) -> list[str]:
    """The lines of a file, kept while findings in it follow each other: a table may have thousands."""
    try:
        told = path.stat()
        return _lines_as_of(path, told.st_mtime_ns, told.st_size)
    except OSError:
        return []


@lru_cache(maxsize=2)
def _lines_as_of(path: Path, *_told: int) -> list[str]:
    """`_told` is what tells one state of the file from another."""
    text = path.read_bytes().decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n")).split("\n")


def excerpt(line: str, column: int, width: int) -> tuple[str, int]:
    """The part of a line around a column (from 1) that fits into `width` cells, and the cell of the caret."""
    before, after = visible(line[: column - 1]), visible(line[column - 1 :])
    if cell_len(before) + cell_len(after) > width:
        room = max(20, width - 2)
        behind = _fit(after, room - min(cell_len(before), room // 2))
        ahead = _fit(before[::-1], room - cell_len(behind))[::-1]
        before = ahead if ahead == before else "…" + ahead
        after = behind if behind == after else behind + "…"
    return before + after, cell_len(before)


def _fit(text: str, width: int) -> str:
    taken = 0
    for index, sign in enumerate(text):
        taken += cell_len(sign)
        if taken > width:
            return text[:index]
    return text


def visible(text: str) -> str:
    """The text with tabs as spaces and every sign that cannot be seen by its number."""
    return re.sub(r"[^\n]", lambda match: _visible(match[0]), text)


def _visible(sign: str) -> str:
    if sign == "\t":
        return " "
    if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn"):
        return f"‹U+{ord(sign):04X}›"
    return sign

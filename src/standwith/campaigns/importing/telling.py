"""The report of an import as a page of Markdown, for the officer who now looks through the folder.

Invariant: says everything that `Told` holds but what documents hide, which the folder must not carry: it may be public.
"""

from collections.abc import Iterable

from standwith.campaigns.importing.told import FoundDate, Told

REPORT = "README.import.md"
"""Its name in the folder: a README is what a folder may hold besides its own files."""


def write_report(told: Told) -> str:
    """The page."""
    parts = [
        f"# What was imported into {told.campaign}",
        "Written by standwith import. Nothing reads this file; delete it when everything is settled.",
        _found(told),
        *_list("To do", told.todo),
        *_list("Please compare", (f"{doubt.where}: {doubt.why}. {_quoted(doubt.text)}" for doubt in told.doubts)),
        *_list("Dates in the text", map(_date, told.dates), "For timeline.csv, where one of them is an event."),
        *_list("Countries as they were printed", (f"{name}: {code}" for name, code in told.countries.items())),
        *_list("Changed while reading", (f"{kept.file}: {note}" for kept in told.documents for note in kept.notes)),
        *_list(
            "In no file of this folder but in the kept copy",
            (f"{left.file}, {left.place} ({left.why}): {_quoted(left.text)}" for left in told.left),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def summarise(told: Told) -> list[str]:
    """The report in a few lines, for the terminal."""
    versions = ", ".join(f"{code} {count} blocks" for code, count in told.versions.items())
    doubtful = sum(doubt.where.startswith("translations/") for doubt in told.doubts)
    return [
        f"statement: {told.statement} blocks in {told.language}",
        *([f"translations: {versions}; {doubtful} doubtful, marked fuzzy"] if versions else []),
        f"organisations: {told.organisations}",
        f"sources: {len(told.documents)}, each with its copy",
        f"dates: {len(told.dates)} in the text",
        f"left: {len(told.left)} blocks that are only in the report and in the kept copy",
        *(
            f"note: {kept.file} carries {what} to everybody who gets the copy"
            for kept in told.documents
            for what in kept.hidden
        ),
    ]


def _found(told: Told) -> str:
    lines = [f"- {line}" for line in summarise(told) if not line.startswith("note:")]
    lines += [
        f"- {kept.file} is kept as {kept.kept}, source {kept.source}, SHA-256 {kept.sha256}" for kept in told.documents
    ]
    return "\n".join(lines)


def _list(title: str, lines: Iterable[str], lead: str = "") -> list[str]:
    items = "\n".join(f"- {line}" for line in lines)
    return [f"## {title}", *([lead] if lead else []), items] if items else []


def _date(found: FoundDate) -> str:
    sure = "" if found.certain else " (year or order of the numbers inferred)"
    return f"{found.date}{sure}: {found.file}, {found.place}: {_quoted(found.text)}"


def _quoted(text: str) -> str:
    return f"“{' / '.join(text.split(chr(10)))}”" if text else ""

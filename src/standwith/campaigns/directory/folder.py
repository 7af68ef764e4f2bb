"""A directory's folder becomes a directory, and a directory becomes the files of its folder.

Invariants: `load_files(dump(directory)).directory == directory`, and dumping what was loaded from a dump changes no
byte. Loading never raises for bad content: all findings come in one run, and there is a directory only if none is an
error. The format is docs/directory.md.
"""

import difflib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, structs

from standwith.campaigns.directory.checks import check_directory
from standwith.campaigns.directory.draft import DirectoryDraft
from standwith.campaigns.directory.mistakes import DIRECTORY_MISTAKES
from standwith.campaigns.directory.shapes import FILE, OWNER, TABLES, TOP, Head, Keeper
from standwith.campaigns.errors import CampaignRefused
from standwith.campaigns.files import collect
from standwith.campaigns.folder import write_keys, write_row
from standwith.campaigns.model import Source
from standwith.campaigns.reading import open_toml, read_rows
from standwith.campaigns.secret_keys import holds_secret, report_secrets
from standwith.campaigns.shapes import Shape
from standwith.manuscript import Finding, Place, Report, write_table, write_toml
from standwith.organisations import Listing


class Directory(Struct, frozen=True, kw_only=True):
    """The organisations that somebody keeps a list of, across campaigns; `source_language` is that of its sectors."""

    title: str
    source_language: str
    owner: Keeper
    organisations: tuple[Listing, ...] = ()
    sources: tuple[Source, ...] = ()


class Loaded(Struct, frozen=True):
    """What loading found: every finding, and the directory if none of them is an error."""

    directory: Directory | None
    findings: tuple[Finding, ...]


def holds_directory(folder: Path) -> bool:
    """Whether this is the folder of a directory."""
    return (folder / FILE).is_file()


def load(folder: Path) -> Loaded:
    """Loads a folder from disk. Raises FolderUnreadable if it cannot be read at all."""
    report = Report(DIRECTORY_MISTAKES)
    return _load(collect(folder, report), report)


def load_files(files: Mapping[str, bytes]) -> Loaded:
    """Loads a folder given as its files: path relative to the folder, and bytes."""
    return _load(files, Report(DIRECTORY_MISTAKES))


def load_directory(folder: Path) -> Directory:
    """The directory of a folder. Raises CampaignRefused with the findings if one is an error, and FolderUnreadable."""
    loaded = load(folder)
    if loaded.directory is None:
        raise CampaignRefused(str(folder), loaded.findings)
    return loaded.directory


def dump(directory: Directory) -> dict[str, bytes]:
    """The canonical files of a directory: path relative to the folder, and bytes."""
    owner = {"owner": write_keys(OWNER.fields, directory.owner)}
    texts = {FILE: write_toml(write_keys(TOP, directory), owner, {})}
    for file, shape in TABLES.items():
        rows = getattr(directory, file.removesuffix(".csv"))
        texts[file] = write_table(shape.names, (write_row(shape, row) for row in rows))
    return {file: text.encode() for file, text in texts.items()}


def _load(files: Mapping[str, bytes], report: Report) -> Loaded:
    _check_names(files, report)
    draft = DirectoryDraft(report, files)
    _read_top(draft)
    for file, shape in TABLES.items():
        read_rows(draft, file, shape)
    check_directory(draft)
    return Loaded(None if report.has_errors else _build(draft), report.sorted())


def _read_top(draft: DirectoryDraft) -> None:
    reader = open_toml(draft, FILE, ("owner",), TOP)
    if reader is not None:
        draft.head = reader.entry(Shape(Head, TOP), reader.document.data, ())
        draft.owner = reader.section("owner", OWNER)


def _build(draft: DirectoryDraft) -> Directory:
    assert draft.head is not None and draft.owner is not None, "their absence is an error"
    return Directory(
        **structs.asdict(draft.head.value),
        owner=draft.owner.value,
        organisations=tuple(entry.value for entry in draft.organisations),
        sources=tuple(entry.value for entry in draft.sources),
    )


def _check_names(files: Mapping[str, bytes], report: Report) -> None:
    """Reports secret keys, files that nothing reads, and those that must be there."""
    for name in (FILE, "organisations.csv"):
        if name not in files:
            report.add("missing-file", Place(name, 1, 1), f"There is no {name} in this folder.")
    for name, data in files.items():
        report_secrets(name, data, report)
        known = (FILE, *TABLES)
        if name not in known and name.split(".")[0] not in ("README", "LICENSE") and not holds_secret(data):
            close = difflib.get_close_matches(name, known, 1)
            mend = f"Is it meant to be {close[0]}?" if close else ""
            report.add("unknown-file", Place(name, 1, 1), f"{name} is not a file of a directory.", mend)

"""A campaign folder becomes a campaign, and a campaign becomes the files of its folder.

Invariants: `load_files(dump(campaign)).campaign == campaign`, and dumping what was loaded from a dump changes no byte.
Loading never raises for bad content: all findings come in one run, and there is a campaign only if none is an error.
For a publication one more rule holds: errors in a catalogue close that catalogue's language and nothing else.
Pictures and kept copies are carried along as they are, byte for byte. The format is docs/campaign-folder.md.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from standwith.campaigns import shapes
from standwith.campaigns.checks import check_draft
from standwith.campaigns.draft import Draft, Entry
from standwith.campaigns.errors import CampaignRefused, FolderUnreadable
from standwith.campaigns.files import check_names, collect
from standwith.campaigns.mistakes import MISTAKES
from standwith.campaigns.model import Campaign, Media
from standwith.campaigns.people_rows import gather, lost_portraits, spread
from standwith.campaigns.reading import read_draft
from standwith.campaigns.shapes import Field, Shape
from standwith.manuscript import Finding, Report, join_blocks, write_table, write_toml

__all__ = [
    "CampaignRefused",
    "FolderUnreadable",
    "Loaded",
    "dump",
    "left_out",
    "load",
    "load_campaign",
    "load_files",
    "load_for_publication",
]

_OF_ONE_STRING = ("placeholder-lost", "placeholder-added")
"""Errors that make one string count as missing; its catalogue is used."""


class Loaded(Struct, frozen=True):
    """What loading found: every finding, and the campaign if none of them is an error."""

    campaign: Campaign | None
    findings: tuple[Finding, ...]


def load(folder: Path, today: date | None = None) -> Loaded:
    """Loads a folder from disk, judged as of today (UTC). Raises FolderUnreadable if it cannot be read at all."""
    report = Report(MISTAKES)
    return _load(collect(folder, report), report, today)


def load_files(files: Mapping[str, bytes], today: date | None = None) -> Loaded:
    """Loads a folder given as its files: path relative to the folder, and bytes."""
    return _load(files, Report(MISTAKES), today)


def load_campaign(folder: Path) -> Campaign:
    """The campaign of a folder as it can be published; raises as `load_for_publication` does."""
    return load_for_publication(folder)[0]


def load_for_publication(folder: Path, today: date | None = None) -> tuple[Campaign, tuple[Finding, ...]]:
    """The campaign of a folder whose only errors, if any, are in catalogues, and all findings.

    The catalogues of `left_out` are not in it, so that their languages are not published. Raises CampaignRefused with
    the findings for any other error, FolderUnreadable if the folder cannot be read.
    """
    report = Report(MISTAKES)
    draft = _read(collect(folder, report), report, today)
    findings = report.sorted()
    if any(finding.severity == "error" and not _is_of_translators(finding) for finding in findings):
        raise CampaignRefused(str(folder), findings)
    return _build(draft, left_out(findings)), findings


def left_out(findings: Iterable[Finding]) -> frozenset[str]:
    """The languages whose catalogue cannot be used; one that only lost a placeholder somewhere can."""
    broken = (finding for finding in findings if finding.severity == "error" and _is_of_translators(finding))
    return frozenset(_language_of(finding.file) for finding in broken if finding.code not in _OF_ONE_STRING)


def _is_of_translators(finding: Finding) -> bool:
    """Whether it stands in a catalogue; a secret key does harm wherever it stands."""
    in_catalogue = finding.file.startswith("translations/") and finding.file.endswith(".po")
    return in_catalogue and finding.code != "secret-in-folder"


def _language_of(file: str) -> str:
    return file.removeprefix("translations/").removesuffix(".po")


def _load(files: Mapping[str, bytes], report: Report, today: date | None) -> Loaded:
    draft = _read(files, report, today)
    return Loaded(None if report.has_errors else _build(draft), report.sorted())


def _read(files: Mapping[str, bytes], report: Report, today: date | None) -> Draft:
    with _without_collecting():
        check_names(files, report)
        draft = read_draft(files, report, today or datetime.now(UTC).date())
        check_draft(draft)
    return draft


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A folder becomes very many small things, none in a circle; to look for circles takes a third of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _build(draft: Draft, without: frozenset[str] = frozenset()) -> Campaign:
    assert draft.head is not None and draft.owner is not None, "their absence is an error"
    rows = _values(draft.people)
    people = gather(rows)
    unseen = lost_portraits(rows, people)
    return Campaign(
        **structs.asdict(draft.head.value),
        owner=draft.owner.value,
        beneficiary=draft.beneficiary.value if draft.beneficiary else None,
        affiliate=draft.affiliate.value if draft.affiliate else None,
        custodians=_values(draft.custodian),
        demands=_values(draft.demand),
        actions=_values(draft.action),
        media=tuple(_with_bytes(media, draft.files) for media in _values(draft.media) if media.file not in unseen),
        statement=tuple(block.text for block in draft.statement),
        facts=_values(draft.facts),
        people=people,
        timeline=_values(draft.timeline),
        organisations=_values(draft.organisations),
        targets=_values(draft.targets),
        sources=_values(draft.sources),
        translations={code: found.catalogue for code, found in draft.translations.items() if code not in without},
        copies=_copies(draft),
    )


def _with_bytes(picture: Media, files: Mapping[str, bytes]) -> Media:
    return structs.replace(picture, data=files[f"media/{picture.file}"])


def _copies(draft: Draft) -> dict[str, bytes]:
    return {source.file: draft.files[f"sources/{source.file}"] for source in _values(draft.sources) if source.file}


def _values(entries: Sequence[Entry[Any]]) -> tuple[Any, ...]:
    return tuple(entry.value for entry in entries)


def dump(campaign: Campaign) -> dict[str, bytes]:
    """The canonical files of a campaign: path relative to the folder, and bytes; pictures and copies as they came."""
    texts = {"campaign.toml": _write_campaign(campaign), "statement.md": join_blocks(campaign.statement)}
    for file, shape in shapes.TABLES.items():
        rows = getattr(campaign, file.removesuffix(".csv"))
        rows = spread(rows) if file == "people.csv" else rows
        texts[file] = write_table(shape.names, (write_row(shape, row) for row in rows))
    files = {file: text.encode() for file, text in texts.items()}
    files |= {f"translations/{code}.po": found.dump() for code, found in sorted(campaign.translations.items())}
    files |= {f"media/{picture.file}": picture.data for picture in campaign.media if picture.data}
    return files | {f"sources/{name}": data for name, data in sorted(campaign.copies.items())}


def write_row(shape: Shape, row: Struct) -> list[str]:
    """The cells of one row."""
    return [_write_cell(field, getattr(row, field.name)) for field in shape.fields]


def _write_cell(field: Field, value: Any) -> str:
    if field.kind.many:
        return field.kind.between.join(field.kind.show(item) for item in value)
    return "" if value is None else field.kind.show(value)


def _write_campaign(campaign: Campaign) -> str:
    sections = {name: getattr(campaign, name) for name in shapes.SECTIONS}
    rows_of = {
        "custodian": campaign.custodians,
        "demand": campaign.demands,
        "action": campaign.actions,
        "media": campaign.media,
    }
    return write_toml(
        write_keys(shapes.CAMPAIGN, campaign),
        {name: write_keys(shapes.SECTIONS[name].fields, row) for name, row in sections.items() if row is not None},
        {name: [write_keys(shape.fields, row) for row in rows_of[name]] for name, shape in shapes.LISTS.items()},
    )


def write_keys(fields: Sequence[Field], row: Struct) -> dict[str, str | int | list[str]]:
    """The keys that are given; what is empty is left out."""
    keys: dict[str, str | int | list[str]] = {}
    for field in fields:
        value = getattr(row, field.name)
        if isinstance(value, int):
            keys[field.name] = value
        elif value not in ("", None, ()):
            keys[field.name] = [field.kind.show(item) for item in value] if field.kind.many else field.kind.show(value)
    return keys

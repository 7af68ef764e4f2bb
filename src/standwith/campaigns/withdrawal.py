"""Somebody takes themselves out of a campaign: the folder forgets them and keeps a nameless row.

Gone are the rows of people.csv, the strings of every catalogue (obsolete ones too), the photograph and its [[media]]
table; a picture that shows others as well is gone for them, too. What people wrote about somebody in running text only
people can rewrite: `Withdrawal.traces` says where the name still stands.

Invariant: people.csv is written last, so a kill before it leaves a folder that still lists the person, and doing it
again finishes. Other files keep every byte that is not about the person, but for the canonical form of the files that
change. Knows nothing of git, whose history keeps what was, and publishes nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from standwith.campaigns.errors import CampaignError, CampaignRefused
from standwith.campaigns.files import collect
from standwith.campaigns.mistakes import MISTAKES
from standwith.campaigns.shapes import TABLES
from standwith.campaigns.traces import Trace, find_traces, unsearched
from standwith.durable.files import remove_durably, write_together
from standwith.languages import Catalogue, CatalogueDamaged
from standwith.languages.catalogue import Entry
from standwith.manuscript import Document, Place, Report, read_table, read_text, read_toml, write_table
from standwith.manuscript.finding import Lines
from standwith.manuscript.table import Table
from standwith.people.showing import TOMBSTONE

PEOPLE, FRAME = "people.csv", "campaign.toml"
_NAMELESS = re.compile(rf"{TOMBSTONE}-([0-9]+)")


class NobodyToWithdraw(CampaignError):
    """No row of people.csv has this id, or it is a tombstone already."""


class Withdrawal(Struct, frozen=True, kw_only=True):
    """What was done: the id of the row that is left, the files that were rewritten, and those that are gone.

    `traces` are places where the name still stands; `unsearched` files hold no plain text and were not looked into.
    """

    tombstone: str
    rewritten: tuple[str, ...]
    gone: tuple[str, ...]
    traces: tuple[Trace, ...]
    unsearched: tuple[str, ...]


def withdraw_person(folder: Path, identifier: str) -> Withdrawal:
    """Take a person out of the folder on disk.

    Raises NobodyToWithdraw, CampaignRefused where people.csv or a catalogue cannot be read, FolderUnreadable, OSError.
    """
    files = collect(folder, Report(MISTAKES))
    table = _read_people(folder, files)
    rows = [row for row in _cells(table) if row["id"] == identifier]
    if not rows or rows[0]["consent"] == TOMBSTONE:
        raise NobodyToWithdraw(f"{folder / PEOPLE} has no person “{identifier}” who could be withdrawn.")
    photo, names = rows[0].get("photo", ""), {row["name"] for row in rows if row["name"]}
    changed, said = _rewrite_catalogues(folder, files, identifier, photo)
    if photo and FRAME in files:
        changed |= _rewrite_frame(folder, files[FRAME], photo)
    tombstone = _next_tombstone(table)
    changed[PEOPLE] = _bury(table, identifier, tombstone, photo)
    gone = [name for name in (f"media/{photo}",) if photo and name in files]
    _carry_out(folder, changed, gone)
    left = {name: changed.get(name, data) for name, data in files.items() if name not in gone}
    return Withdrawal(
        tombstone=tombstone,
        rewritten=tuple(sorted(changed)),
        gone=tuple(gone),
        traces=find_traces(left, names | said, identifier),
        unsearched=unsearched(left),
    )


def _carry_out(folder: Path, changed: Mapping[str, bytes], gone: Sequence[str]) -> None:
    """The list of people last: until then it says whom to withdraw, and doing it again does the rest."""
    first = {folder / name: data for name, data in changed.items() if name != PEOPLE}
    if first:
        write_together(first)
    remove_durably(folder / name for name in gone)
    write_together({folder / PEOPLE: changed[PEOPLE]})


def _read_people(folder: Path, files: Mapping[str, bytes]) -> Table:
    report, shape = Report(MISTAKES), TABLES[PEOPLE]
    if PEOPLE not in files:
        raise NobodyToWithdraw(f"There is no {folder / PEOPLE}.")
    text = read_text(files[PEOPLE], PEOPLE, report)
    late = [field.name for field in shape.fields if field.late]
    table = None if text is None else read_table(text, PEOPLE, shape.names, report, may_lack=late)
    if table is None or report.has_errors:
        raise CampaignRefused(str(folder), report.sorted())
    return table


def _cells(table: Table) -> Iterator[dict[str, str]]:
    """The values of each row by column."""
    for row in table.rows:
        yield {name: row.cells[name].value for name in table.columns}


def _next_tombstone(table: Table) -> str:
    """An id that was never one; those of earlier withdrawals stay in the table."""
    numbers = [int(found[1]) for row in _cells(table) if (found := _NAMELESS.fullmatch(row["id"]))]
    return f"{TOMBSTONE}-{max(numbers, default=0) + 1}"


def _bury(table: Table, identifier: str, tombstone: str, photo: str) -> bytes:
    """The table with one nameless row in place of the person's; nobody else keeps the photograph."""
    rows, buried = [], False
    for row in _cells(table):
        if row["id"] == identifier:
            if not buried:
                rows.append(dict.fromkeys(table.columns, "") | {"id": tombstone, "consent": TOMBSTONE})
            buried = True
            continue
        if photo and row.get("photo") == photo:
            row |= {name: "" for name in ("photo", "photo_consent") if name in row}
        rows.append(row)
    return write_table(table.columns, ([row[name] for name in table.columns] for row in rows)).encode()


def _rewrite_catalogues(
    folder: Path, files: Mapping[str, bytes], identifier: str, photo: str
) -> tuple[dict[str, bytes], set[str]]:
    """The catalogues that change, and the name as translators wrote it."""
    changed: dict[str, bytes] = {}
    said: set[str] = set()
    starts = (f"person:{identifier}:", *((f"media:{photo}:",) if photo else ()))
    for file, data in files.items():
        if file.startswith("translations/") and file.endswith(".po"):
            catalogue = _read_catalogue(folder, file, data)
            about = [entry for entry in catalogue.entries if entry.context.startswith(starts)]
            names = [entry for entry in about if entry.context == f"person:{identifier}:name"]
            said |= {text for entry in names for text in (entry.target, entry.source, entry.previous) if text}
            texts = {text for entry in about for text in (entry.source, entry.previous) if text}
            kept = tuple(_forget(entry, texts) for entry in catalogue.entries if entry not in about)
            if kept != catalogue.entries:
                changed[file] = replace(catalogue, entries=kept).dump()
    return changed, said


def _forget(entry: Entry, texts: set[str]) -> Entry:
    """Another string that once followed a text about the person stays stale, without saying what it followed."""
    return replace(entry, previous="") if entry.previous in texts else entry


def _read_catalogue(folder: Path, file: str, data: bytes) -> Catalogue:
    code = file.removeprefix("translations/").removesuffix(".po")
    try:
        return Catalogue.load(data, code)
    except CatalogueDamaged as error:
        report = Report(MISTAKES)
        report.add("catalogue-syntax", Place(file, error.line, 1), f"{error.what[:1].upper()}{error.what[1:]}.")
        raise CampaignRefused(str(folder), report.sorted()) from None


def _rewrite_frame(folder: Path, data: bytes, photo: str) -> dict[str, bytes]:
    """campaign.toml without the [[media]] tables of the photograph."""
    report = Report(MISTAKES)
    text = read_text(data, FRAME, report)
    document = None if text is None else read_toml(text, FRAME, report)
    if text is None or document is None:
        raise CampaignRefused(str(folder), report.sorted())
    tables = document.data.get("media", [])
    found = [place for place, table in enumerate(tables) if str(table.get("file", "")).strip() == photo]
    for index in reversed(found):
        if ("media", index) not in document.keys:
            raise CampaignError(f"{folder / FRAME}: write the pictures as [[media]] tables; standwith format does it.")
        text = _cut_table(text, document, index)
    return {FRAME: text.encode()} if found else {}


def _cut_table(text: str, document: Document, index: int) -> str:
    """The text without one [[media]] table; a comment behind it, on a line of its own, belongs to what follows."""
    lines = Lines(text, FRAME)
    places = {path: lines.offset(place.line, place.column) for path, place in document.keys.items()}
    start = places[("media", index)]
    last = max(offset for path, offset in places.items() if path[:2] == ("media", index))
    after = [offset for offset in places.values() if offset > last and text[offset] == "["]
    comments = (lines.offset(place.line, place.column) for place in document.comments)
    after += [offset for offset in comments if offset > last and text[offset - 1] == "\n"]
    return text[:start] + text[min(after, default=len(text)) :]

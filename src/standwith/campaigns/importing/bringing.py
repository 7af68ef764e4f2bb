"""Documents in, files of a campaign folder and a report out: the whole way of an import.

The first document that holds a statement becomes the campaign; every document becomes a source with its kept copy, and
its lists of organisations go into the one table. Invariant: pure but for reading the documents' bytes it is given;
writes nothing.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from standwith.campaigns.folder import dump
from standwith.campaigns.importing.countries import country_code
from standwith.campaigns.importing.dating import find_dates
from standwith.campaigns.importing.drafting import Wishes, choose, draft
from standwith.campaigns.importing.endorsing import Endorsers
from standwith.campaigns.importing.parts import Parts, Version, take_apart
from standwith.campaigns.importing.telling import REPORT, write_report
from standwith.campaigns.importing.told import Doubt, FoundDate, Kept, Left, Told
from standwith.campaigns.model import Source
from standwith.documents import Block, Document
from standwith.languages import NotADate, PartialDate

PUBLISHER = "To be filled in: who published it"
_SHORTEST_STATEMENT = 200


class ImportRefused(Exception):
    """The documents do not make a campaign; the message says why and what to do."""


class Brought(Struct, frozen=True, kw_only=True):
    """The files of the folder by their names in it, and what is to be told."""

    files: Mapping[str, bytes]
    told: Told


class _Item(Struct, frozen=True, kw_only=True):
    """One document on its way."""

    document: Document
    data: bytes
    parts: Parts
    source: Source


def bring(documents: Sequence[tuple[Document, bytes]], wishes: Wishes) -> Brought:
    """The folder that these documents make; raises ImportRefused."""
    told = Told(campaign=wishes.identifier, language="")
    items = _items(documents)
    main = next((item for item in items if _holds_statement(item.parts)), None)
    if main is None:
        raise ImportRefused("none of these documents holds a statement: a few sentences that people could sign.")
    if choose(main.parts.versions, wishes.language) is None:
        found = ", ".join(version.code for version in main.parts.versions)
        raise ImportRefused(f"{main.document.name} holds no text in “{wishes.language}”; it has {found}.")
    endorsers = Endorsers(told)
    for item in sorted(items, key=lambda item: item is not main):  # what the statement itself lists comes first
        endorsers.take(item.document.name, item.parts.lines)
        _tell(item, item is main, told)
    sources = [item.source for item in items]
    campaign = draft(wishes, main.parts.versions, main.document.name, sources, endorsers.rows, told)
    told.todo += _asked_of_sources(items)
    files = dump(campaign) | {f"sources/{item.source.file}": item.data for item in items}
    return Brought(files=files | {REPORT: write_report(told).encode()}, told=told)


def _holds_statement(parts: Parts) -> bool:
    return any(sum(len(p.plain) for p in version.passages) >= _SHORTEST_STATEMENT for version in parts.versions)


def _items(documents: Sequence[tuple[Document, bytes]]) -> list[_Item]:
    items: list[_Item] = []
    for document, data in documents:
        taken = {item.source.id for item in items}
        items.append(_item(document, data, taken))
    return items


def _item(document: Document, data: bytes, taken: set[str]) -> _Item:
    parts = take_apart(document)
    identifier = _free_id(document.name, taken)
    source = Source(
        id=identifier,
        publisher=_publisher(document, parts),
        title=_title(document, parts),
        date=_date_of(document, parts),
        language=parts.versions[0].code if parts.versions else "",
        sha256=sha256(data).hexdigest(),
        file=f"{identifier}.{document.format}",
    )
    return _Item(document=document, data=data, parts=parts, source=source)


def _free_id(name: str, taken: set[str]) -> str:
    """An id that reads like the file's name."""
    folded = unicodedata.normalize("NFKD", name.rpartition(".")[0].lower())
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    plain = re.sub(r"[^a-z0-9]+", "-", letters)[:60].strip("-") or "document"
    numbered = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in numbered if candidate not in taken)


def _publisher(document: Document, parts: Parts) -> str:
    """What the page tells, or the line of the letterhead in the language of the text; a human looks at it."""
    code = parts.versions[0].code if parts.versions else ""
    lines = [line.plain for line, spoken in parts.letterhead if spoken == code and not re.search(r"\w\.\w", line.plain)]
    return document.told.get("publisher", "") or (lines[0] if lines else PUBLISHER)


def _title(document: Document, parts: Parts) -> str:
    first = parts.versions[0].title if parts.versions else None
    heading = parts.list_headings[0] if parts.list_headings else None
    best = first or heading
    return " ".join(best.plain.split())[:400] if best else document.told.get("title") or document.name


def _date_of(document: Document, parts: Parts) -> PartialDate | None:
    """The day of publication: as the page tells it, or from the line that is nothing but a date."""
    try:
        return PartialDate.parse(document.told["date"][:10])
    except (KeyError, NotADate):
        pass
    dates = [date for block in parts.dates for date in find_dates(block.plain)]
    return dates[0].on() if dates else None


def _asked_of_sources(items: Sequence[_Item]) -> list[str]:
    return [
        f"Look at the row of {item.source.id} in sources.csv: publisher (now “{item.source.publisher}”), title"
        f"{', date' if item.source.date else ', a date (none was found)'}, and where it was published."
        for item in items
    ]


# Telling


def _tell(item: _Item, is_main: bool, told: Told) -> None:
    """Everything of one document that is not in a file of the folder, and its dates."""
    name, parts, source = item.document.name, item.parts, item.source
    told.documents.append(
        Kept(
            file=name,
            source=source.id,
            kept=f"sources/{source.file}",
            sha256=source.sha256,
            title=source.title,
            language=source.language,
            date=str(source.date or ""),
            notes=list(item.document.notes),
            hidden=list(item.document.hidden),
        )
    )
    told.left += [_left(name, block, f"letterhead, {code or 'no language'}") for block, code in parts.letterhead]
    told.left += [_left(name, block, "the date of the document") for block in parts.dates]
    told.left += [_left(name, block, "heading of a list of organisations") for block in parts.list_headings]
    told.left += [_left(name, block, "stands beside the text") for block in parts.beside]
    blocks = [block for version in parts.versions for block in _blocks(version)]
    if not is_main:
        told.left += [_left(name, block, "text of a further document") for block in blocks]
    told.doubts += [doubt for block in blocks for doubt in _run_together(name, block)]
    told.dates += _dates(name, blocks if not is_main else _blocks(parts.versions[0]), source.date)


def _blocks(version: Version) -> list[Block]:
    title = [version.title] if version.title else []
    return [*title, *(block for passage in version.passages for block in passage.blocks)]


def _left(file: str, block: Block, why: str) -> Left:
    return Left(file=file, place=block.place.words, text=block.text, why=why)


def _run_together(file: str, block: Block) -> list[Doubt]:
    """Names of countries that lost the commas between them, as where a page's links stood in a row."""
    words = [re.findall(r"[^\W\d_][^\WA-Z\d_]*", word) for word in re.findall(r"[^\W\d_]+", block.plain)]
    torn = [parts for parts in words if len(parts) > 1 and all(map(country_code, parts))]
    where = f"{file}, {block.place.words}"
    return [Doubt(where=where, why=f"words ran together: {', '.join(parts)}", text="".join(parts)) for parts in torn]


def _dates(file: str, blocks: Sequence[Block], published: PartialDate | None) -> list[FoundDate]:
    """The dates in running text; a year that is not written is the document's, if there is one."""
    found = [(block, date) for block in blocks for date in find_dates(block.plain)]
    years = {date.year for _, date in found if date.year} | ({published.year} if published else set())
    year = published.year if published else (years.pop() if len(years) == 1 else None)
    return [
        FoundDate(
            file=file,
            place=block.place.words,
            words=date.words,
            date=str(date.on(year) or f"--{date.month:02}-{date.day or 0:02}"),
            certain=date.year is not None and not date.unsure,
            text=_around(block.plain, date.start, date.end),
        )
        for block, date in found
    ]


def _around(text: str, start: int, end: int) -> str:
    """The sentence in which something stands."""
    before = max(text.rfind(stop, 0, start) for stop in (". ", "! ", "? ", "\n"))
    after = [at for stop in (". ", "! ", "? ", "\n") if (at := text.find(stop, end)) >= 0]
    return text[before + 1 : min(after, default=len(text)) + 1].strip()

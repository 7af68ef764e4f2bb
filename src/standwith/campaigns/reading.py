"""Texts of a campaign folder become a draft: every value parsed, every mistake noted at its place.

Invariant: never raises for bad content. What a value may be is said in `shapes`; whether values fit together is for
`checks`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from standwith.campaigns import shapes
from standwith.campaigns.draft import CellPlaces, Draft, Entry, Folder, Head, Translation
from standwith.campaigns.kinds import NUMBER, parse_language
from standwith.campaigns.shapes import Field, Shape
from standwith.languages import Catalogue, CatalogueDamaged
from standwith.languages.catalogue import read_entries
from standwith.manuscript import (
    Cell,
    Document,
    Place,
    Report,
    Slip,
    check_hidden,
    read_table,
    read_text,
    read_toml,
    split_blocks,
)
from standwith.manuscript.table import Row
from standwith.manuscript.toml import Path

MISSING_KEY = "missing-key"


def read_draft(files: Mapping[str, bytes], report: Report, today: date) -> Draft:
    """Reads every file but pictures and kept copies, which `checks.media` and `checks.copies` look at."""
    draft = Draft(report, files, today=today)
    _read_campaign(draft)
    _read_statement(draft)
    for file, shape in shapes.TABLES.items():
        read_rows(draft, file, shape)
    for file in sorted(files):
        if file.startswith("translations/") and file.endswith(".po"):
            _read_translation(draft, file)
    return draft


def _text(draft: Folder, file: str) -> str | None:
    data = draft.files.get(file)
    return None if data is None else read_text(data, file, draft.report)


def _read_statement(draft: Draft) -> None:
    text = _text(draft, "statement.md")
    if text is None:
        draft.unread.add("statement.md")
    else:
        draft.statement = split_blocks(text)


def _read_translation(draft: Draft, file: str) -> None:
    text = _text(draft, file)
    code = file.removeprefix("translations/").removesuffix(".po")
    if text is None:
        draft.unread.add(file)
        return
    try:
        language = parse_language(code)
        messages = tuple(read_entries(text.encode()))
        catalogue = Catalogue.of(messages, language)
    except Slip as slip:
        draft.report.add_slip(slip, Place(file, 1, 1))
    except CatalogueDamaged as error:
        draft.unread.add(file)
        draft.report.add("catalogue-syntax", Place(file, error.line, 1), f"{error.what[:1].upper()}{error.what[1:]}.")
    else:
        draft.translations[code] = Translation(file, catalogue, messages)


def read_rows(draft: Folder, file: str, shape: Shape) -> None:
    """Reads a table into the list of the draft that has its name."""
    text = _text(draft, file)
    late = [field.name for field in shape.fields if field.late]
    table = None if text is None else read_table(text, file, shape.names, draft.report, may_lack=late)
    if table is None:
        draft.unread |= {file} if file in draft.files else set()
        return
    entries = getattr(draft, file.removesuffix(".csv"))
    for row in table.rows:
        if row.whole:
            entries.append(_read_row(shape, row, draft.report))
        elif "id" in row.cells:
            draft.torn_ids.setdefault(file, set()).add(row.cells["id"].value)


def _read_row(shape: Shape, row: Row, report: Report) -> Entry[Any]:
    values: dict[str, Any] = {}
    broken = set()
    for field in shape.fields:
        cell = row.cells.get(field.name)
        if cell is None:
            values[field.name] = field.kind.parse(field.default) if field.default else field.kind.blank
            sound = field.late
        else:
            values[field.name], sound = _read_cell(field, cell, report)
        if not sound:
            broken.add(field.name)
    return Entry(shape.build(values), row.place, CellPlaces(row.cells), frozenset(broken))


def _read_cell(field: Field, cell: Cell, report: Report) -> tuple[Any, bool]:
    """The value of one cell, and whether it is sound; its place is asked for only where something is wrong."""
    text, kind = cell.value or field.default, field.kind
    if not text:
        if field.required:
            report.add(field.required, cell.place, f"“{field.name}” is empty.")
        return kind.blank, not field.required
    if kind.limit and len(text) > kind.limit:
        _report_length(field, text, cell.place, report)
    try:
        return (tuple(map(kind.parse, kind.split(text))) if kind.many else kind.parse(text)), True
    except Slip as slip:
        return _read_again(field, cell, slip, report), False


def _read_again(field: Field, cell: Cell, slip: Slip, report: Report) -> Any:
    """Notes what cannot be read; a list is read item by item for that, and keeps the others."""
    if not field.kind.many:
        report.add_slip(slip, cell.place)
        return _unread(field, cell.value)
    texts = field.kind.split(cell.value)
    return tuple(_parse(field, text, report.seek(cell.place, text), report)[0] for text in texts)


def _read_field(field: Field, texts: list[str], places: list[Place], place: Place, report: Report) -> tuple[Any, bool]:
    """The value and whether it is sound; texts are several only for kinds that are lists."""
    texts = texts if any(texts) or not field.default else [field.default]
    if not any(texts):
        if field.required:
            state = "missing" if field.required == MISSING_KEY else "empty"
            report.add(field.required, place, f"“{field.name}” is {state}.")
        return field.kind.blank, not field.required
    pairs = [_parse(field, text, at, report) for text, at in zip(texts, places or [place], strict=True)]
    sound = all(ok for _, ok in pairs)
    return (tuple(value for value, _ in pairs) if field.kind.many else pairs[0][0]), sound


def _parse(field: Field, text: str, place: Place, report: Report) -> tuple[Any, bool]:
    check_hidden(text, place, report)
    kind = field.kind
    if kind.limit and len(text) > kind.limit:
        _report_length(field, text, place, report)
    try:
        return kind.parse(text), True
    except Slip as slip:
        report.add_slip(slip, place)
        return _unread(field, text), False


def _report_length(field: Field, text: str, place: Place, report: Report) -> None:
    what = f"“{field.name}” has {len(text)} characters; {field.kind.limit} are the most."
    report.add("too-long", place, what)


def _unread(field: Field, text: str) -> Any:
    """What stands for a value that cannot be read: the text as it is, or nothing."""
    return text if field.kind.blank in ("", ()) else field.kind.blank


def _read_campaign(draft: Draft) -> None:
    reader = open_toml(draft, "campaign.toml", (*shapes.SECTIONS, *shapes.LISTS), shapes.CAMPAIGN)
    if reader is None:
        return
    draft.head = reader.entry(Shape(Head, shapes.CAMPAIGN), reader.document.data, ())
    for name, shape in shapes.SECTIONS.items():
        setattr(draft, name, reader.section(name, shape))
    for name, shape in shapes.LISTS.items():
        entries = reader.entries(name, shape)
        setattr(draft, name, entries or [])
        draft.unread |= {f"[[{name}]]"} if entries is None else set()


def open_toml(draft: Folder, file: str, tables: tuple[str, ...], fields: tuple[Field, ...]) -> "TomlReader | None":
    """A reader of this file, its top-level keys and comments looked at; None where it cannot be read."""
    text = _text(draft, file)
    document = None if text is None else read_toml(text, file, draft.report)
    if document is None:
        draft.unread.add(file)
        return None
    reader = TomlReader(document, draft.report, file)
    reader.check_keys(document.data, (), (*(field.name for field in fields), *tables))
    if document.comments:
        count = len(document.comments)
        what = "This comment" if count == 1 else f"This comment and {count - 1} more"
        draft.report.add("comment-lost", document.comments[0], f"{what} would be lost by standwith format.")
    return reader


class TomlReader:
    """Reads tables of one document."""

    def __init__(self, document: Document, report: Report, file: str) -> None:
        self.document = document
        self.report = report
        self.start = Place(file, 1, 1)

    def check_keys(self, table: Mapping[str, Any], path: Path, known: tuple[str, ...]) -> None:
        """Notes keys that nothing reads."""
        for key in table:
            if key not in known:
                where = f"[{path[0]}]" if path else self.start.file
                place = self.document.keys.get((*path, key), self.start)
                mend = f"Known: {', '.join(known)}."
                self.report.add("unknown-key", place, f"There is no key “{key}” in {where}.", mend)

    def section(self, name: str, shape: Shape) -> Entry[Any] | None:
        """[owner] and the like; None where it is not there."""
        table = self.document.data.get(name)
        if isinstance(table, dict):
            self.check_keys(table, (name,), shape.names)
            return self.entry(shape, table, (name,))
        if table is not None:
            self.report.add("wrong-type", self.document.keys[(name,)], f"“{name}” is a table.", f"Write [{name}].")
        elif name == "owner":
            self.report.add("missing-key", self.start, "There is no [owner].", "Add [owner] with name, url and email.")
        return None

    def entries(self, name: str, shape: Shape) -> list[Entry[Any]] | None:
        """[[demand]] and the like; None where it is no list of tables."""
        tables = self.document.data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            place = self.document.keys[(name,)]
            self.report.add("wrong-type", place, f"“{name}” is a list of tables.", f"Write [[{name}]].")
            return None
        for index, table in enumerate(tables):
            self.check_keys(table, (name, index), shape.names)
        return [self.entry(shape, table, (name, index)) for index, table in enumerate(tables)]

    def entry(self, shape: Shape, table: Mapping[str, Any], path: Path) -> Entry[Any]:
        """One table as its structure; places of absent keys are the table's."""
        place = self.document.values.get(path, self.start)
        places = {name: self.document.values[(*path, name)] for name in shape.names if name in table}
        values: dict[str, Any] = {}
        broken = set()
        for field in shape.fields:
            values[field.name], sound = self.value(field, table, (*path, field.name), place)
            if not sound:
                broken.add(field.name)
        return Entry(shape.build(values), place, places, frozenset(broken))

    def value(self, field: Field, table: Mapping[str, Any], path: Path, place: Place) -> tuple[Any, bool]:
        """The value of one key; dates and numbers may be written with or without quotation marks."""
        if field.name not in table:
            if field.required == shapes.MISSING:
                field = field._replace(required=MISSING_KEY)
            return _read_field(field, [], [], place, self.report)
        written = table[field.name]
        place = self.document.values[path]
        items = written if field.kind.many and isinstance(written, list) else [written]
        if isinstance(written, list) != field.kind.many or not all(_is_text(field, item) for item in items):
            needed = "a list of texts" if field.kind.many else "a number" if _is_number(field) else "a text"
            self.report.add("wrong-type", place, f"“{field.name}” is {needed}.")
            return field.kind.blank, False
        places = [self.document.values[(*path, index)] for index in range(len(items))] if field.kind.many else [place]
        return _read_field(field, [str(item).strip() for item in items], places, place, self.report)


def _is_text(field: Field, item: object) -> bool:
    bare = "int" if _is_number(field) else "date"
    return isinstance(item, str) or (field.kind.blank is None and type(item).__name__ == bare)


def _is_number(field: Field) -> bool:
    return field.kind == NUMBER

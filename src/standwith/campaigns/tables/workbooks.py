"""Workbooks of office programmes: .xlsx and .ods, read cell by cell from their packages.

Invariant: what a cell shows as text is its text; a formula is its text, with = in front, and is never reckoned; a cell
that shows a date is that date. What is hidden is read like the rest. Opened with the limits of `standwith.documents`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from standwith.campaigns.tables.sheets import Sheet, make_sheet
from standwith.documents.errors import DocumentRefused
from standwith.documents.package import Package, attribute, local

MOST_CELLS = 1_000_000
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Numbers of the formats that every spreadsheet knows as dates (ISO/IEC 29500, 18.8.30)."""
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def _children(parent: Element | None, name: str) -> Iterator[Element]:
    yield from (child for child in (parent if parent is not None else ()) if local(child) == name)


def _within(parent: Element | None, name: str) -> Iterator[Element]:
    yield from (child for child in (parent.iter() if parent is not None else ()) if local(child) == name)


def read_xlsx(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx file."""
    package = Package(data)
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise DocumentRefused("there is no workbook in it; save it again as .xlsx.")
    paths = {attribute(each, "Id"): attribute(each, "Target") for each in _relations(package)}
    shared = ["".join(_texts(item)) for item in _children(package.xml("xl/sharedStrings.xml"), "si")]
    reader = _Excel(shared, _date_styles(package), _starts_1904(book))
    sheets = []
    for sheet in _within(book, "sheet"):
        path = paths.get(attribute(sheet, "id"), "").removeprefix("/xl/")
        root = package.xml(f"xl/{path}")
        sheets.append(make_sheet(attribute(sheet, "name"), reader.rows(root)))
    return tuple(sheets)


def _relations(package: Package) -> Iterator[Element]:
    yield from _children(package.xml("xl/_rels/workbook.xml.rels"), "Relationship")


def _texts(item: Element) -> Iterator[str]:
    """The runs of a shared string; what is said above its letters to help reading is left out."""
    for child in item:
        if local(child) == "t":
            yield child.text or ""
        elif local(child) == "r":
            yield from (part.text or "" for part in _children(child, "t"))


def _starts_1904(book: Element) -> bool:
    return any(attribute(each, "date1904") in ("1", "true") for each in _within(book, "workbookPr"))


def _date_styles(package: Package) -> frozenset[int]:
    """The styles whose cells are dates."""
    styles = package.xml("xl/styles.xml")
    own = {
        int(attribute(each, "numFmtId") or 0)
        for each in _within(styles, "numFmt")
        if re.search(r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", attribute(each, "formatCode")), re.IGNORECASE)
    }
    formats = [attribute(each, "numFmtId") for part in _within(styles, "cellXfs") for each in _children(part, "xf")]
    return frozenset(place for place, number in enumerate(formats) if number.isdigit() and int(number) in _DATES | own)


class _Excel:
    """Reads the cells of one workbook."""

    def __init__(self, shared: list[str], dates: frozenset[int], since_1904: bool) -> None:
        self.shared, self.dates = shared, dates
        self.epoch = _EPOCH_1904 if since_1904 else _EPOCH
        self.left = MOST_CELLS

    def rows(self, sheet: Element | None) -> list[list[str]]:
        """All rows up to the last; those that the file leaves out are empty."""
        rows: list[list[str]] = []
        for row in _within(sheet, "row"):
            number = attribute(row, "r")
            if number.isdigit() and len(rows) < int(number) - 1 <= MOST_CELLS:
                rows += [[] for _ in range(int(number) - 1 - len(rows))]
            rows.append(self.cells(row))
        return rows

    def cells(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in _children(row, "c"):
            column = _column(attribute(cell, "r"))
            cells += [""] * min(column - len(cells), 16_384)
            cells.append(self.text(cell))
        self.left -= len(cells)
        if self.left < 0:
            raise DocumentRefused(f"it has more than {MOST_CELLS:,} cells; split it.")
        return cells

    def text(self, cell: Element) -> str:
        """What the cell says."""
        formula = next((each.text for each in _children(cell, "f") if each.text), "")
        if formula:
            return f"={formula}"
        inline = next(_children(cell, "is"), None)
        if inline is not None:
            return "".join(_texts(inline))
        value = next((each.text or "" for each in _children(cell, "v")), "")
        match attribute(cell, "t"):
            case "s":
                return self.shared[int(value)] if value.isdigit() and int(value) < len(self.shared) else ""
            case "b":
                return "yes" if value == "1" else "no"
            case "" | "n":
                style = attribute(cell, "s")
                return self.number(value, style.isdigit() and int(style) in self.dates)
        return value

    def number(self, value: str, dated: bool) -> str:
        try:
            number = float(value)
            if dated:
                return str(self.epoch + timedelta(days=int(number)))
            return str(int(number)) if number == int(number) else value
        except (ValueError, OverflowError):
            return value


def _column(reference: str) -> int:
    """The place of "C7" in its row, from 0; -1 where nothing is said."""
    place = 0
    for letter in re.match(r"[A-Z]{0,3}", reference)[0]:  # type: ignore[index]  # matches the empty text at least
        place = place * 26 + ord(letter) - 64
    return place - 1


def read_ods(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of an .ods file."""
    root = Package(data).xml("content.xml")
    tables = [table for table in _within(root, "table") if attribute(table, "name")]
    if not tables:
        raise DocumentRefused("there is no table in it; save it again as .ods.")
    return tuple(make_sheet(attribute(table, "name"), _ods_rows(table)) for table in tables)


def _ods_rows(table: Element) -> list[list[str]]:
    """Rows, repeated as often as the file says; the endless empty rows at the end of a sheet are not made."""
    rows: list[list[str]] = []
    empty = count = 0
    for row in _within(table, "table-row"):
        cells = _ods_cells(row)
        times = _times(row, "number-rows-repeated")
        if not any(cells):
            empty += times
            continue
        count += empty + times * len(cells)
        if count > MOST_CELLS:
            raise DocumentRefused(f"it has more than {MOST_CELLS:,} cells; split it.")
        rows += [[] for _ in range(empty)]
        rows += [cells] * times
        empty = 0
    return rows


def _ods_cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local(cell) in ("table-cell", "covered-table-cell"):
            cells += [_ods_text(cell)] * min(_times(cell, "number-columns-repeated"), 1024)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _times(element: Element, name: str) -> int:
    told = attribute(element, name)
    return int(told) if told.isdigit() and int(told) > 0 else 1


def _ods_text(cell: Element) -> str:
    formula = attribute(cell, "formula")
    if formula:
        return "=" + formula.partition("=")[2]
    match attribute(cell, "value-type"):
        case "date":
            return attribute(cell, "date-value").partition("T")[0]
        case "boolean":
            return "yes" if attribute(cell, "boolean-value") == "true" else "no"
        case "float" if re.fullmatch(r"-?[0-9]+(?:\.0+)?", attribute(cell, "value")):
            return attribute(cell, "value").partition(".")[0]
    return "\n".join("".join(part.itertext()) for part in _children(cell, "p"))

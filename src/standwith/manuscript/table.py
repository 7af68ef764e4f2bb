"""Tables (CSV): read with the place of every cell, written in one canonical form.

The format is RFC 4180 with LF: commas, quotation marks only around values that need them, doubled inside. A file is

    id,what,low
    detained,"arrests, counted",7000

Invariant: `read_table(write_table(...))` gives the same cells. Rows without any value are skipped, values lose the
spaces at their ends. A row of the wrong width is reported and kept with `whole=False`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from standwith.manuscript.finding import Lines, Place, Report

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PLAIN = re.compile(r"[^,\n]*")


class Cell:
    """A value and where it starts, which is worked out only when somebody asks: a table has many cells."""

    __slots__ = ("_lines", "_offset", "value")

    def __init__(self, value: str, lines: Lines, offset: int) -> None:
        self.value = value
        self._lines = lines
        self._offset = offset

    @property
    def place(self) -> Place:
        """Where the value starts, its quotation mark included."""
        return self._lines.place(self._offset)


class Row(NamedTuple):
    """One row by column name; `whole` says that it has as many values as the header, `end` where it ends."""

    cells: Mapping[str, Cell]
    place: Place
    end: Place
    whole: bool


class Table(NamedTuple):
    """The rows of a file and the known columns that its header names."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(
    text: str, file: str, columns: Sequence[str], report: Report, *, may_lack: Collection[str] = ()
) -> Table | None:
    """Reads a CSV text with LF line ends; None where no row can be trusted.

    `columns` are the ones that are known; those of `may_lack` need not be there.
    """
    rows = list(_read_rows(text, file, report))
    if not rows or not any(cell.value for cell in rows[0].cells):
        report.add("no-header", Place(file, 1, 1), "This table has no first row with the names of its columns.")
        return None
    header, *body = rows[0].cells, *rows[1:]
    if len(header) == 1 and ";" in header[0].value:
        report.add("semicolon-table", header[0].place, "The columns of this table are separated by semicolons.")
        return None
    names = _check_header(header, rows[0].end, columns, report, may_lack)
    filled = (row for row in body if any(cell.value for cell in row.cells))
    return Table(names, tuple(_name_cells(header, row, report) for row in filled))


class _Line(NamedTuple):
    """The cells of one row before they have names; `sound` says that its quotation marks are right."""

    cells: list[Cell]
    end: Place
    sound: bool


def _read_rows(text: str, file: str, report: Report) -> Iterator[_Line]:
    """Line by line; only where there are quotation marks cell by cell, for a row may then take several lines."""
    lines = Lines(text, file)
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text.find('"', start, end) < 0:
            yield _read_plain(text[start:end], start, lines)
        else:
            row, end = _read_quoted(text, start, lines, report)
            yield row
        start = end + 1


def _read_plain(line: str, start: int, lines: Lines) -> _Line:
    cells = []
    offset = start
    for value in line.split(","):
        cells.append(Cell(value.strip(), lines, offset))
        offset += len(value) + 1
    return _Line(cells, lines.place(start + len(line)), True)


def _read_quoted(text: str, start: int, lines: Lines, report: Report) -> tuple[_Line, int]:
    """The row that starts here, and where it ends."""
    cells: list[Cell] = []
    sound = True
    for value, at, stop, code in _read_cells(text, start):
        cells.append(Cell(value.strip(), lines, at))
        if code:
            sound = False
            report.add(code, cells[-1].place, _ABOUT_QUOTES[code])
        if text[stop : stop + 1] != ",":
            return _Line(cells, lines.place(stop), sound), stop
    raise AssertionError("the last cell of a text is not followed by a comma")


_ABOUT_QUOTES = {
    "unclosed-quote": "This value starts with a quotation mark that is never closed.",
    "stray-quote": "There is a single quotation mark inside this value.",
}


def _read_cells(text: str, start: int) -> Iterator[tuple[str, int, int, str]]:
    """Value, where it starts, where it stops, and the code of the mistake in its quotation marks."""
    while start < len(text) or text[start - 1 : start] == ",":
        quoted = _QUOTED.match(text, start)
        end = quoted.end() if quoted else start
        stop = end + len(_PLAIN.match(text, end)[0])  # type: ignore[index]  # matches the empty string at least
        if quoted and end == stop:
            yield quoted[1].replace('""', '"'), start, stop, ""
        elif '"' in text[start:stop]:
            yield text[start:stop], start, stop, "stray-quote" if quoted or text[start] != '"' else "unclosed-quote"
        else:
            yield text[start:stop], start, stop, ""
        start = stop + 1


def _check_header(
    header: list[Cell], end: Place, columns: Sequence[str], report: Report, may_lack: Collection[str]
) -> tuple[str, ...]:
    names: list[str] = []
    for cell in header:
        name, place = cell.value, cell.place
        if name in names:
            report.add("duplicate-column", place, f"The column “{name}” stands here a second time.")
        elif name in columns:
            names.append(name)
        else:
            known = ", ".join(columns)
            report.add("unknown-column", place, f"There is no column “{name}” in this table.", f"Known: {known}.")
    for name in columns:
        if name not in names and name not in may_lack:
            report.add("missing-column", end, f"The column “{name}” is missing.")
    return tuple(names)


def _name_cells(header: list[Cell], row: _Line, report: Report) -> Row:
    too_many = len(row.cells) - len(header)
    if too_many and row.sound:
        place = row.cells[len(header)].place if too_many > 0 else row.end
        report.add("ragged-row", place, f"This row has {len(row.cells)} values, the table has {len(header)} columns.")
    cells: dict[str, Cell] = {}
    for name, cell in zip(reversed(header[: len(row.cells)]), reversed(row.cells[: len(header)]), strict=True):
        cells[name.value] = cell  # of two columns of one name the first is kept
    return Row(cells, row.cells[0].place, row.end, row.sound and not too_many)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The canonical text of a table."""
    return "".join(",".join(_quote(value) for value in row) + "\n" for row in (columns, *rows))


def _quote(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if re.search(r'[",\n]', value) else value

"""Files of office programmes as sheets of text: CSV with any separator and encoding, .xlsx, .ods.

Invariant: every cell is text: a formula is its own text and is never reckoned, a date is ISO, a whole number has no
point. Rows and columns count from 1 as the programme shows them. Opens nothing outside of the file; sizes have limits.
Standards: RFC 4180, ISO/IEC 29500 (xlsx), ISO/IEC 26300 (ods).
"""

import csv
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from standwith.documents import DocumentRefused

MOST_BYTES = 20_000_000
SEPARATORS = ",;\t|"


class TableRefused(Exception):
    """The file cannot be read as a table; the sentence says why and what mends it."""


class Line(Struct, frozen=True):
    """One row: its number in the sheet, and its cells from column A on."""

    number: int
    cells: tuple[str, ...]


class Sheet(Struct, frozen=True):
    """One sheet; a CSV file is a sheet without a name."""

    name: str
    lines: tuple[Line, ...]


def read_sheets(name: str, data: bytes, encoding: str = "") -> tuple[Sheet, ...]:
    """The sheets of a file, empty rows left out; raises TableRefused."""
    from standwith.campaigns.tables.workbooks import read_ods, read_xlsx  # not needed for the CSV of every day

    if len(data) > MOST_BYTES:
        raise TableRefused(f"it has {len(data):,} bytes; {MOST_BYTES:,} are the most. Split it.")
    ending = name.lower().rpartition(".")[2]
    if ending in ("xls", "numbers"):
        raise TableRefused("this programme's own format is not read; save it as .xlsx, .ods or CSV.")
    try:
        if ending == "xlsx":
            return read_xlsx(data)
        if ending == "ods":
            return read_ods(data)
    except DocumentRefused as problem:
        raise TableRefused(str(problem)) from None
    return (read_csv(data, encoding),)


def make_sheet(name: str, rows: Sequence[Sequence[str]], first: int = 1) -> Sheet:
    """A sheet of these rows, without those that are empty."""
    tidied = ((number, tuple(tidy(cell) for cell in row)) for number, row in enumerate(rows, start=first))
    return Sheet(name, tuple(Line(number, cells) for number, cells in tidied if any(cells)))


def tidy(cell: str) -> str:
    """The text as it will stand in a folder: composed, spaces of all kinds as one, lines kept."""
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in unicodedata.normalize("NFC", cell).splitlines())
    return "\n".join(line for line in lines if line)


def read_csv(data: bytes, encoding: str = "") -> Sheet:
    """A CSV file whose separator is the one that makes the most rows as wide as each other."""
    text = _decode(data, encoding)
    told = re.match(r"sep=(.)\r?\n", text)
    body = text[told.end() :] if told else text
    rows = _parse(body, told[1]) if told else max((_parse(body, sign) for sign in SEPARATORS), key=_evenness)
    return make_sheet("", rows, first=2 if told else 1)


def _decode(data: bytes, encoding: str) -> str:
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except (LookupError, UnicodeDecodeError):
            raise TableRefused(f"it is not written in {encoding}; name another --encoding.") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        even = data[::2].count(0) > data[1::2].count(0)
        return data.decode("utf-16-be" if even else "utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1251" if _is_cyrillic(data) else "windows-1252", "replace")


def _is_cyrillic(data: bytes) -> bool:
    """In Cyrillic text whole words are beyond ASCII, in Latin text single letters are."""
    high = re.findall(rb"[\xa8\xaa\xaf\xb2-\xb4\xb8-\xff]+", data)
    return sum(len(run) for run in high if len(run) > 2) * 2 > sum(map(len, high))


def _parse(text: str, separator: str) -> list[list[str]]:
    """Rows as a spreadsheet counts them, the empty ones too; a cell that goes beyond every limit is taken apart."""
    lines = text.splitlines(keepends=True)
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return [line.rstrip("\r\n").split(separator) for line in lines]


def _evenness(rows: list[list[str]]) -> tuple[int, int]:
    """How many rows are as wide as the most frequent width, and how wide that is; one column only is no table."""
    widths = [len(row) for row in rows if any(row)]
    if not widths:
        return (0, 0)
    width = max(set(widths), key=lambda each: (widths.count(each), each))
    return (widths.count(width) if width > 1 else 0, width)

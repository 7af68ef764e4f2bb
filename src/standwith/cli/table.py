"""Opened records as a table for people: CSV (RFC 4180) in UTF-8 with the columns of COLUMNS, in this order.

What a spreadsheet might take for a formula gets an apostrophe in front; manuscript/cells.py says where, and how to undo
it. Invariant: no cell is a formula, and every cell can be had back as it was.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO

from standwith.manuscript.cells import safe_cell
from standwith.sealing.bundle import BundleHead
from standwith.sealing.codes import write_code
from standwith.sealing.record import Record

CONSENTS = ("sign", "show_name", "news_owner", "news_affiliate")
COLUMNS = (
    "index",
    "code",
    "campaign",
    "signed_on",
    "name",
    "email",
    "country",
    "organisation",
    "language",
    "text_version",
    "text_digest",
    *(f"consent_{kind}" for kind in CONSENTS),
)


def write_table(target: IO[bytes], head: BundleHead, records: Iterable[tuple[int, Record]], *, excel: bool) -> int:
    """Write the table of records by index; return how many are in it. `excel`: begin with the mark that Excel needs."""
    text = io.TextIOWrapper(target, "utf-8-sig" if excel else "utf-8", newline="", write_through=True)
    table, count = csv.writer(text), 0
    table.writerow(COLUMNS)
    for index, record in records:
        table.writerow(map(safe_cell, row(index, record, head)))
        count += 1
    text.detach()
    return count


def row(index: int, record: Record, head: BundleHead) -> Iterator[str]:
    """The cells of a record, in the order of COLUMNS."""
    _, version = head.texts.get(record.text, ("", ""))
    given = {kind for kind, _ in record.consents}
    yield from (str(index), write_code(record.code), record.campaign, record.made.isoformat())
    yield from (record.name, record.address, record.country, record.organisation)
    yield from (record.language, str(version), record.text)
    yield from ("yes" if kind in given else "no" for kind in CONSENTS)

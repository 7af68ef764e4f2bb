"""`standwith open`: from a bundle of sealed records to a table, on a machine that has the custodian's key.

Needs no installation, no database and no network. The table is CSV (RFC 4180) in UTF-8 with the columns of COLUMNS, in
this order, in every version. What a spreadsheet might take for a formula gets an apostrophe in front: where a cell
begins, and behind each semicolon, tab and end of line inside it, for where a comma stands in decimal numbers a
spreadsheet parts cells there. To undo it, take one apostrophe away at each of these places that has one, followed by
nothing but apostrophes, quotation marks and blanks up to one of the SIGNS; what was typed with an apostrophe got
another, so that nothing is lost.
Invariant: the table is written whole, readable by its owner only, or not at all. Records that cannot be opened are
told by their place, and the status is 1. A bundle that is damaged, or none of whose records opens, is refused.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.sealing.bundle import BundleHead, read_bundle
from standwith.sealing.envelope import RECORD, take_apart
from standwith.sealing.errors import DamagedRecord, SealError, WrongKey
from standwith.sealing.keys import SecretKey
from standwith.sealing.record import Record
from standwith.sealing.unlock import open_record

CONSENTS = ("sign", "show_name", "news_owner", "news_affiliate")
MOST_TOLD = 20
COLUMNS = (
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

SIGNS = "=+-@|%" + "⁺₊﬩﹢＋⁻₋﹣－⁼₌﹦＝⩵⩶﹫＠｜﹪％"
"""What formulas begin with, and all that becomes one of them when it is normalised (UAX 15, NFKC)."""
_SKIPPED = r"['\"\s\u200b-\u200f\u2060\ufeff]*"
_FORMULA = re.compile(rf"\A(?={_SKIPPED}[\t\r\n{re.escape(SIGNS)}])|(?<=[;\t\r\n])(?={_SKIPPED}[{re.escape(SIGNS)}])")


def open_bundle(
    bundle: Annotated[Path, typer.Argument(help="The file that `standwith export` wrote.")],
    key: Annotated[list[Path], typer.Option(help="The custodian's secret key; once more for each older key.")],
    to: Annotated[Path, typer.Option(help="The table to write; must not be there yet.")],
    excel: Annotated[bool, typer.Option("--excel", help="Begin with a mark that lets Excel read all letters.")] = False,
) -> None:
    """Open sealed records with a custodian's key; write them as a table (CSV). Best on a machine without a network."""
    secrets = {secret.id: secret for secret in map(read_key, key)}
    unread: list[str] = []
    try:
        with bundle.open("rb") as source, new_file(to) as target:
            head, records = read_bundle(source)
            opened = open_all(_shown(records, source, bundle), secrets, head.campaign, unread)
            count = write_table(target, head, opened, excel=excel)
            if unread and not count:
                raise Refusal(f"{bundle} holds nothing that could be opened. {unread[0]}")
    except OSError as error:
        raise Refusal(f"{bundle}: {error.strerror}.") from None
    except SealError as problem:
        raise Refusal(f"{bundle} was not opened, and nothing was written. {problem}") from None
    typer.echo(f"{count} records are now readable in {to}. Keep the file as safe as the key.")
    if unread:
        typer.echo(f"{len(unread)} could not be opened and are left out:", err=True)
        for told in unread[:MOST_TOLD]:
            typer.echo(f"  {told}", err=True)
        raise SystemExit(1)


def read_key(path: Path) -> SecretKey:
    """The custodian's secret key in a file; raises Refusal."""
    try:
        secret = SecretKey.parse(path.read_text())
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None
    except (SealError, UnicodeDecodeError):
        raise Refusal(
            f"{path} holds no secret key of a custodian; it is the file that `standwith key` wrote."
        ) from None
    if secret.purpose != "custodian":
        raise Refusal(f"{path} holds a {secret.purpose}'s key; a custodian's is needed.")
    return secret


def open_all(
    records: Iterable[bytes], secrets: Mapping[bytes, SecretKey], campaign: str, unread: list[str]
) -> Iterator[Record]:
    """The records of a campaign, each opened with the key that it names; what cannot be opened is told in `unread`.

    The bundle's own digest tells damage on the way. A record that is bad in a good bundle was bad when it was taken:
    somebody may have sent it on purpose, and must not keep the others shut.
    """
    for place, sealed in enumerate(records, 1):
        try:
            yield _open(sealed, secrets, campaign)
        except SealError as problem:
            unread.append(f"Record {place}: {problem}")
        except ValueError:
            unread.append(f"Record {place}: it is not what standwith writes.")


def _open(sealed: bytes, secrets: Mapping[bytes, SecretKey], campaign: str) -> Record:
    envelope = take_apart(sealed, RECORD)
    if envelope.campaign != campaign:
        raise DamagedRecord("It belongs to another campaign.")
    if envelope.key_id not in secrets:
        raise WrongKey(f"It needs the custodian's key {envelope.key_id.hex()}, which was not given.")
    return open_record(sealed, secrets[envelope.key_id])


def write_table(target: IO[bytes], head: BundleHead, records: Iterable[Record], *, excel: bool = False) -> int:
    """Write the table; return how many records are in it."""
    text = io.TextIOWrapper(target, "utf-8-sig" if excel else "utf-8", newline="", write_through=True)
    table, count = csv.writer(text), 0
    table.writerow(COLUMNS)
    for record in records:
        table.writerow(map(safe_cell, row(record, head)))
        count += 1
    text.detach()
    return count


def row(record: Record, head: BundleHead) -> Iterator[str]:
    """The cells of a record, in the order of COLUMNS."""
    _, version = head.texts.get(record.text, ("", ""))
    given = {kind for kind, _ in record.consents}
    yield from (record.campaign, record.made.isoformat(), record.name, record.address, record.country)
    yield from (record.organisation, record.language, str(version), record.text)
    yield from ("yes" if kind in given else "no" for kind in CONSENTS)


def safe_cell(cell: str) -> str:
    """The cell, with an apostrophe wherever a spreadsheet might begin to reckon."""
    return _FORMULA.sub("'", cell)


def _shown(records: Iterable[bytes], source: IO[bytes], bundle: Path) -> Iterator[bytes]:
    """Pass records on and show how far the bundle is read."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Opening", total=bundle.stat().st_size)
        for count, record in enumerate(records):
            if count % 100 == 0:
                progress.update(task, completed=source.tell())
            yield record

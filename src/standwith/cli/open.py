"""`standwith open`: from a bundle of sealed records to a table, with the keys or the shares of enough custodians.

Needs no installation, no database and no network. Every record is held against its leaf, and the leaf against the
checkpoint that the log signed; what does not fit is left out and told by its number in the ledger, and the status
is 1. Invariant: what is written is written whole, readable by its owner only, or not at all. A bundle that is damaged,
or none of whose records opens, is refused.

`--audit FILE` writes for an audit what its rubric asks for, and no name or address: a line of JSON for each record that
was asked for, in the order of the ledger.

    {"index":7,"opened":true,"commitment":true,"text":true,"consent":true,"language":"fr","domain":"example.org",
     "evidence":"web form","duplicate_of":null,"person":"","epoch":"","problem":""}

    opened        the custodians could open it                commitment    it is the record that its leaf stands for
    text          its text is one of the campaign's texts      consent       it holds the consent to sign
    domain        of the address, behind the @                 evidence      how the signature came in
    duplicate_of  the index of an earlier record among these of the same person; null if there is none
    person        with --tag-key: the tag under which the clerk knew this person in that epoch, in hexadecimal
    epoch         the id of that key; "" where there is none
    problem       a sentence, where opened or commitment is false; then text, consent and the rest are false and ""

The names and order of these fields stay in every version; new ones may follow.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Annotated

import msgspec
import typer

from standwith.cli.bundles import opened_records, tell_problems
from standwith.cli.duplicates import Seen, tag_of
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.cli.table import write_table
from standwith.custody.opening import Opened
from standwith.sealing.bundle import BundleHead
from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import SharedKey

BundleArgument = Annotated[Path, typer.Argument(help="The file that `standwith export` wrote.")]
KeyOption = Annotated[
    list[Path] | None, typer.Option("--key", help="A custodian's secret key; once more for each further one.")
]
SharesOption = Annotated[
    list[Path] | None, typer.Option("--shares", help="What `custody unseal` wrote; once more for each custodian.")
]
IndexesOption = Annotated[str, typer.Option(help="Only these records, by their number in the ledger: 3,7,10-20.")]
SampleOption = Annotated[Path | None, typer.Option(help="Only the records that this file numbers, for an audit.")]
LogKeyOption = Annotated[str, typer.Option(help="The key of the log that the campaign publishes (its verifier line).")]


class Audited(msgspec.Struct, frozen=True):
    """What an audit is told of a record."""

    index: int
    opened: bool
    commitment: bool
    text: bool = False
    consent: bool = False
    language: str = ""
    domain: str = ""
    evidence: str = ""
    duplicate_of: int | None = None
    person: str = ""
    epoch: str = ""
    problem: str = ""


def open_records(
    bundle: BundleArgument,
    key: KeyOption = None,
    shares: SharesOption = None,
    to: Annotated[Path | None, typer.Option(help="The table to write; must not be there yet.")] = None,
    audit: Annotated[Path | None, typer.Option(help="What an audit needs, without names; must not be there.")] = None,
    tag_key: Annotated[
        Path | None, typer.Option(help="For an audit: the key that told who signed twice (standwith-tag-1 …).")
    ] = None,
    indexes: IndexesOption = "",
    sample: SampleOption = None,
    log_key: LogKeyOption = "",
    excel: Annotated[bool, typer.Option("--excel", help="Begin with a mark that lets Excel read all letters.")] = False,
) -> None:
    """Open sealed records with custodians' keys or shares; write a table (CSV). Best on a machine without a network."""
    if to is None and audit is None:
        raise Refusal("Say where the table goes with --to FILE.csv, or where the audit's lines go with --audit FILE.")
    tags, problems = _read_tag_key(tag_key) if tag_key is not None else None, list[str]()
    with ExitStack() as stack:
        found, opened = stack.enter_context(opened_records(bundle, key, shares, indexes, log_key, sample))
        if audit is not None:
            opened = _write_audit(stack.enter_context(new_file(audit)), found.head, opened, tags)
        sound = ((each.index, each.record) for each in _tell(opened, problems) if each.record is not None)
        if to is not None:
            count = write_table(stack.enter_context(new_file(to)), found.head, sound, excel=excel)
        else:
            count = sum(1 for _ in sound)
        if problems and not count:
            raise Refusal(f"{bundle} holds nothing that could be opened. {problems[0]}")
    typer.echo(f"Records opened: {count}.")
    if to is not None:
        typer.echo(f"They are readable in {to}. Keep the file as safe as the keys.")
    if audit is not None:
        typer.echo(f"The lines for the audit are in {audit}.")
    if problems:
        tell_problems(problems)
        raise SystemExit(1)


def audited(each: Opened, head: BundleHead, seen: Seen, tags: SharedKey | None = None) -> Audited:
    """What an audit is told of a record; ask in the order of the ledger. `tags`: the key of an epoch."""
    record = each.record
    if record is None:
        return Audited(each.index, opened=each.readable, commitment=False, problem=each.problem)
    return Audited(
        each.index,
        opened=True,
        commitment=True,
        text=record.text in head.texts,
        consent=any(kind == "sign" for kind, _ in record.consents),
        language=record.language,
        domain=record.address.rpartition("@")[2].lower(),
        evidence=record.evidence,
        duplicate_of=seen.earlier(each.index, record),
        person=tag_of(record, tags) if tags is not None else "",
        epoch=tags.id.hex() if tags is not None else "",
    )


def _read_tag_key(path: Path) -> SharedKey:
    try:
        return SharedKey.parse(path.read_text(encoding="utf-8"), "tag")
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None
    except (KeyRefused, UnicodeDecodeError):
        raise Refusal(f"{path} holds no key that tells who signed twice (standwith-tag-1 …).") from None


def _write_audit(
    file: IO[bytes], head: BundleHead, opened: Iterable[Opened], tags: SharedKey | None
) -> Iterator[Opened]:
    """Pass records on, and write a line about each."""
    seen = Seen()
    for each in opened:
        file.write(msgspec.json.encode(audited(each, head, seen, tags)) + b"\n")
        yield each


def _tell(opened: Iterable[Opened], problems: list[str]) -> Iterator[Opened]:
    for each in opened:
        if each.problem:
            problems.append(each.problem)
        yield each

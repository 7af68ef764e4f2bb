"""`standwith audit`: show how many of the signatures are real, with a sample that nobody could choose.

    commit   on the server       says in the ledger what will be drawn, an hour or more before anybody can know it
    draw     anywhere            the sample, from the public files and what the beacon gave
    record   with custodians     judges what `standwith open --audit` wrote, by the rubric
    report   on the server       says in the ledger what was found
    tag-key  on the server       tells custodians the key that told who signed twice, to try the committed tags
    check    anywhere            works out every audit of a log anew

Those for anywhere are here and need no installation; the server's are in auditing.py. Invariant: `check` ends with 0
only if every report holds; what it takes on trust it says.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from standwith.cli.auditing import commit, report, tag_key
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.cli.verify import trusted, unread
from standwith.ledger.audit.beacon import read_value, write_time
from standwith.ledger.audit.check import (
    Audits,
    Committed,
    Stated,
    draw_again,
    kept,
    read_audits,
    seen_in_time,
)
from standwith.ledger.audit.draw import Drawn, read_drawn, write_drawn
from standwith.ledger.audit.report import Report
from standwith.ledger.audit.results import Results, judge_sample, read_results, write_results
from standwith.ledger.audit.rubric import RUBRIC, Line, read_lines
from standwith.ledger.audit.tags import digest_of, read_tags
from standwith.ledger.errors import AuditRefused, LedgerError, TileMissing
from standwith.ledger.mirrors import find_log, is_address
from standwith.ledger.policy import Policy
from standwith.ledger.receipt import read_receipt

audit = typer.Typer(
    name="audit", no_args_is_help=True, help="Show how many signatures are real: a sample that nobody could choose."
)
LogOption = Annotated[str, typer.Option("--log", help="The log, its site or a page: an address, or a directory.")]
LogKeyOption = Annotated[str, typer.Option("--key", help="The log's public key, from somebody whom you trust.")]
PolicyOption = Annotated[Path | None, typer.Option(help="A policy with log and witnesses, from the same people.")]


class Looked(NamedTuple):
    """The audits of a log, and by whose word the log was believed."""

    audits: Audits
    policy: Policy


def draw(
    log: LogOption,
    beacon_value: Annotated[str, typer.Option(help="What the beacon gave: 64 hexadecimal digits, or the throws.")],
    to: Annotated[Path, typer.Option(help="The sample to write; must not be there yet.")],
    commit: Annotated[int | None, typer.Option(help="The commitment's leaf: its number in the ledger.")] = None,
    key: LogKeyOption = "",
    policy: PolicyOption = None,
) -> None:
    """Draw the sample that a commitment and its beacon lead to, from the public files alone; anybody gets the same."""
    audits = look(log, key, policy).audits
    committed = _which(audits, commit)
    beacon = committed.commit.drawn_by
    if datetime.now(UTC) < beacon.time:
        raise Refusal(f"{beacon.name} has no value before {write_time(beacon.time)}.")
    try:
        drawn = draw_again(committed, read_value(beacon, beacon_value))
    except AuditRefused as problem:
        raise Refusal(str(problem)) from None
    with new_file(to) as file:
        file.write(write_drawn(drawn))
    to.chmod(0o644)
    typer.echo(f"{drawn.n} of the {drawn.population} signatures that counted are drawn; their numbers are in {to}.")
    if beacon.address:
        typer.echo(f"Let everybody compare the value with {beacon.address}")
    typer.echo(f"On the server: standwith export {drawn.campaign} --sample {to.name} --to {to.stem}.bundle")


def record(
    sample: Annotated[Path, typer.Argument(help="What `standwith audit draw` wrote.")],
    opened: Annotated[list[Path], typer.Argument(help="What `standwith open --audit` wrote.")],
    to: Annotated[Path, typer.Option(help="The results to write; must not be there yet.")],
    tags: Annotated[Path, typer.Option(help="The file of duplicate tags that the commitment names.")],
    throw_away: Annotated[
        Path | None, typer.Option(help="A file with further domains of throw-away addresses, one a line.")
    ] = None,
) -> None:
    """Judge the opened records of a sample by the rubric; write a word about each, and no names. For the custodians."""
    drawn, lines = _read_sample(sample), [line for path in opened for line in _read_opened(path)]
    domains = _read(throw_away).decode("utf-8", "replace").lower().split() if throw_away else []
    try:
        data = _read(tags)
        if digest_of(data) != drawn.tags:
            raise AuditRefused("It is not the file of duplicate tags that the commitment names.")
        results = judge_sample(drawn, lines, read_tags(data, drawn.sample), domains)
    except AuditRefused as problem:
        raise Refusal(f"{tags}: {problem}") from None
    with new_file(to) as file:
        file.write(write_results(results))
    typer.echo(f"Of {drawn.n} records {results.invalid} are invalid or could not be opened; the results are in {to}.")
    typer.echo(f"The tags of {sum(bool(line.person) for line in lines)} records were worked out anew.")
    typer.echo("Keep a copy, to compare with what is reported: standwith audit check --log … --results " + to.name)
    typer.echo(f"On the server: standwith audit report {to.name}")


def check(
    log: LogOption,
    key: LogKeyOption = "",
    policy: PolicyOption = None,
    receipt: Annotated[
        Path | None, typer.Option(help="A receipt of a commitment that you took before its beacon came.")
    ] = None,
    results: Annotated[Path | None, typer.Option(help="The custodians' results, to compare with their report.")] = None,
) -> None:
    """Work out seed, sample and bounds of every audit of a log anew; exit 1 if a report does not hold."""
    own, taken = _read_results(results) if results else None, _read(receipt) if receipt else b""
    found = look(log, key, policy)
    audits, wrong = found.audits, 0
    typer.echo(f"{audits.verified.checkpoint.origin} verifies: {audits.verified.checkpoint.size:,} leaves.")
    for index, problem in audits.wrong.items():
        typer.secho(f"Leaf {index}: a commitment that does NOT hold. {problem}", fg="red")
        wrong += 1
    for committed in audits.committed.values():
        _tell_commitment(committed, audits, found.policy, taken)
    for stated in audits.stated:
        wrong += not _tell_report(stated, own)
    if not audits.committed and not audits.stated:
        typer.echo("No audit is in it yet.")
    if own and not audits.reports_of(own.drawn.commit):
        typer.secho(f"The results of {results} are not reported.", fg="red")
        wrong += 1
    if any(not each.problem for each in audits.stated):
        typer.echo(
            "Not proved: that each value is what its beacon gave (compare it), and that custodians judged truly."
        )
    if wrong:
        raise SystemExit(1)


def look(log: str, key: str = "", policy: Path | None = None) -> Looked:
    """Verify a log and read its audits; raises Refusal where it cannot be read, and ends with 1 where it is wrong."""
    columns = (TextColumn("Reading the log"), BarColumn(), MofNCompleteColumn(), TextColumn("leaves"))
    try:
        found = find_log(log)
        believed = trusted(found, key, policy)
        read = kept(found.log.read) if is_address(found.log.place) else found.log.read
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("", total=None)
            audits = read_audits(
                read,
                believed,
                at_once=found.log.at_once,
                tell=lambda done, total: progress.update(task, completed=done, total=total),
            )
    except (TileMissing, OSError) as problem:
        raise Refusal(unread(problem)) from None
    except LedgerError as problem:
        typer.secho("The log does NOT verify, so nothing was drawn or checked.", fg="red", bold=True)
        typer.echo(str(problem))
        raise SystemExit(1) from None
    return Looked(audits, believed)


def _which(audits: Audits, commit: int | None) -> Committed:
    if commit in audits.wrong:
        raise Refusal(f"Nothing can be drawn from the commitment at leaf {commit}. {audits.wrong[commit]}")
    if commit is not None and commit in audits.committed:
        return audits.committed[commit]
    known = [f"{index} ({each.commit.campaign}, {each.commit.n} records)" for index, each in audits.committed.items()]
    told = f"It has these: {', '.join(known)}; name one with --commit." if known else "It has none."
    raise Refusal(f"Say which commitment of the log draws. {told}")


def _tell_commitment(committed: Committed, audits: Audits, policy: Policy, taken: bytes) -> None:
    commit, index = committed.commit, committed.index
    typer.echo(
        f"Leaf {index}: {commit.campaign} commits to opening {commit.n} of the {len(committed.standing)} signatures "
        f"that count among the first {commit.size} leaves."
    )
    typer.echo(f"  The draw is {commit.beacon}, at {write_time(commit.time)}.")
    if commit.rubric != RUBRIC:
        typer.echo(f"  Its rubric is another version ({commit.rubric.version}) than the one of this standwith.")
    reports = audits.reports_of(index)
    carried = [report.receipt.encode() for report in reports[:1] if isinstance(report.receipt, str)]
    receipts = [each for each in (*carried, taken) if _is_of(each, index)]
    for each in receipts:
        typer.echo(f"  {_tell_receipt(each, committed, policy)}")
    if not receipts:
        typer.echo("  Not proved: that it stood there before the draw. No receipt of it from before is at hand.")
    if not reports:
        late = datetime.now(UTC) >= commit.time
        typer.echo("  No report yet, though the draw is over." if late else "  The draw is still to come.")


def _is_of(receipt: bytes, index: int) -> bool:
    """Whether it says that it is a receipt of this leaf; what is no receipt is told later."""
    try:
        return bool(receipt) and read_receipt(receipt).index == index
    except LedgerError:
        return True


def _tell_receipt(receipt: bytes, committed: Committed, policy: Policy) -> str:
    try:
        seen = seen_in_time(receipt, committed, policy)
    except LedgerError as problem:
        return f"A receipt does not prove that it stood there before the draw. {problem}"
    if not seen:
        return "Its receipt holds, but no witness of the policy had signed it before the draw."
    first = write_time(datetime.fromtimestamp(min(seen.values()), UTC))
    return f"Before the draw it was seen by {len(seen)} of {len(policy.witnesses)} witnesses, first at {first}."


def _tell_report(stated: Stated, own: Results | None) -> bool:
    """Say whether a report holds; return it."""
    told, problem = stated.report, stated.problem
    if told and not problem and own and own.drawn.commit == told.commit and own.results != told.results:
        problem = "Its results are not those that the custodians have."
    if told is None or problem:
        typer.secho(f"Leaf {stated.index}: a report that does NOT hold. {problem}", fg="red", bold=True)
        return False
    typer.secho(f"Leaf {stated.index}: the report on the commitment at leaf {told.commit} holds.", fg="green")
    typer.echo(f"  Seed, sample and bounds follow from the log and the value {told.value}")
    typer.echo(f"  {told.invalid} of {told.n} records were invalid or could not be opened: {_reasons(told)}.")
    for confidence, share in told.bounds.items():
        typer.echo(f"  At most {share * 100:.4f} % of the signatures are invalid, with {confidence} % confidence.")
    return True


def _reasons(report: Report) -> str:
    results = list(report.results.values())
    return ", ".join(f"{results.count(each)} {each.removeprefix('invalid:')}" for each in sorted(set(results)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None


def _read_sample(path: Path) -> Drawn:
    try:
        drawn = read_drawn(_read(path))
    except AuditRefused as problem:
        raise Refusal(f"{path}: {problem}") from None
    if drawn.rubric != RUBRIC:
        raise Refusal(f"The commitment names another rubric (version {drawn.rubric.version}) than this standwith has.")
    return drawn


def _read_opened(path: Path) -> list[Line]:
    try:
        return read_lines(_read(path))
    except AuditRefused as problem:
        raise Refusal(f"{path}: {problem}") from None


def _read_results(path: Path) -> Results:
    try:
        return read_results(_read(path))
    except AuditRefused as problem:
        raise Refusal(f"{path}: {problem}") from None


for command in (commit, draw, record, report, check, tag_key):
    audit.command()(command)

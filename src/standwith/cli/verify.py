"""`standwith verify`: recompute a number from the log's public files, and say in plain words what that proves.

    standwith verify https://act.example.org/en/stand-with-belarus/
    standwith verify ./copy-of-the-log --policy federation.policy

Needs no installation and no key of anybody's. Invariant: 0 only if everything that was asked for holds; 1 if something
does not, with one sentence; 2 if it could not be read. What is believed without proof (whose key, which witnesses) is
said, and so is what no log can prove.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from standwith.cli.refusal import Refusal
from standwith.ledger.checkpoint import Checkpoint, read_checkpoint
from standwith.ledger.count import Count
from standwith.ledger.errors import LedgerError, NoteRefused, PolicyRefused, TileMissing
from standwith.ledger.leaf import Reason, campaign_tag
from standwith.ledger.mirrors import Found, find_log
from standwith.ledger.note import Verifier, read_note, verified
from standwith.ledger.policy import Policy, read_policy
from standwith.ledger.receipt import Receipt, read_receipt
from standwith.ledger.verification import (
    WITHDRAWN,
    Verified,
    check_against,
    check_growth,
    check_number,
    fate,
    verify_log,
)
from standwith.sealing.codes import read_code, write_code
from standwith.sealing.errors import TokenDamaged

REASONS = {
    WITHDRAWN: "withdrawn",
    Reason.REQUEST: "at the signer's request",
    Reason.DUPLICATE: "duplicate",
    Reason.NOT_A_PERSON: "not a person",
    Reason.ERASED: "erased",
    Reason.CANARY: "planted as a test",
    Reason.LEGAL_ORDER: "by legal order",
}


class Shown(NamedTuple):
    """What a campaign's count.json says; `size` of the log, where it says that too."""

    campaign: str
    number: int
    size: int | None


class Questions(NamedTuple):
    """What is asked beyond the numbers."""

    code: bytes | None
    receipt: Receipt | None
    older: Checkpoint | None
    shown: Shown | None

    def sizes(self) -> set[int]:
        """The sizes of the log at which roots and counts are needed."""
        wanted = {self.older.size} if self.older else set()
        if self.receipt:
            wanted.add(_checkpoint_in(self.receipt.checkpoint).size)
        return wanted | ({self.shown.size} if self.shown and self.shown.size is not None else set())


class _Attributes(msgspec.Struct):
    signature_count: int


class _Petition(msgspec.Struct):
    attributes: _Attributes


class _Ledger(msgspec.Struct):
    size: int


class _CountFile(msgspec.Struct):
    data: _Petition
    ledger: _Ledger | None = None


def verify(
    place: Annotated[str, typer.Argument(help="A campaign page, a site or a log: an address or a directory.")],
    key: Annotated[str, typer.Option(help="The log's public key, from somebody whom you trust.")] = "",
    policy: Annotated[Path | None, typer.Option(help="A policy with log and witnesses, from the same people.")] = None,
    campaign: Annotated[str, typer.Option(help="Only this campaign: its id.")] = "",
    code: Annotated[str, typer.Option(help="A recognition code: is its signature in the log, and does it count?")] = "",
    receipt: Annotated[Path | None, typer.Option(help="A receipt (.tlog-proof) to hold against the log.")] = None,
    since: Annotated[Path | None, typer.Option(help="An older checkpoint: has the log only grown since?")] = None,
) -> None:
    """Recompute a number from the public log, and say what that proves and what not; exit 1 if it does not hold."""
    try:
        found = find_log(place)
        believed = trusted(found, key, policy)
        questions = Questions(
            code=_read_code(code) if code else None,
            receipt=read_receipt(receipt.read_bytes()) if receipt else None,
            older=_older(since.read_bytes(), believed) if since else None,
            shown=_shown(found, campaign),
        )
        log = _run(found, believed, questions)
        campaign = campaign or (questions.shown.campaign if questions.shown else "")
        told = list(_proofs(log, believed, questions))
    except (TileMissing, OSError) as problem:
        raise Refusal(unread(problem)) from None
    except LedgerError as wrong:
        typer.secho("It does NOT verify.", fg="red", bold=True)
        typer.echo(str(wrong))
        raise SystemExit(1) from None
    typer.secho(f"{log.checkpoint.origin} verifies: {log.checkpoint.size:,} leaves.", fg="green", bold=True)
    for sentence in (
        *told,
        *_numbers(log, campaign),
        *_limits(log, questions, keyed=bool(key), given=policy is not None),
    ):
        typer.echo(sentence)
    if questions.code is not None and not log.found:
        raise SystemExit(1)


def unread(problem: Exception) -> str:
    """What kept a file from being read, in one sentence."""
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.filename} could not be read: {problem.strerror}."
    return f"It could not be read: {problem}"


def _read_code(code: str) -> bytes:
    try:
        return read_code(code)
    except TokenDamaged as problem:
        raise Refusal(str(problem)) from None


def trusted(found: Found, key: str, path: Path | None) -> Policy:
    """Whom to believe: what was given, and for the rest the log's own word."""
    if path is None:
        policy = read_policy(found.log.read("policy"))
    else:
        try:
            policy = read_policy(path.read_bytes())
        except PolicyRefused as problem:
            raise Refusal(f"{path}: {problem}") from None
    if not key:
        return policy
    try:
        return replace(policy, logs=((Verifier.parse(key), ""),))
    except NoteRefused as problem:
        raise Refusal(f"--key: {problem}") from None


def _checkpoint_in(note: bytes) -> Checkpoint:
    return read_checkpoint(read_note(note).text)


def _older(note: bytes, policy: Policy) -> Checkpoint:
    """An older checkpoint; its log's signature is enough, for witnesses may have come later."""
    verified(read_note(note), [log for log, _ in policy.logs])
    return _checkpoint_in(note)


def _shown(found: Found, campaign: str) -> Shown | None:
    """What the campaign's page shows, read before the log, so that the log is not the older of the two."""
    if found.site is None:
        return None
    for name in (campaign,) if campaign else found.page[::-1]:
        try:
            said = msgspec.json.decode(found.site.read(f"{name}/count.json"), type=_CountFile)
        except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
            continue
        return Shown(name, said.data.attributes.signature_count, said.ledger.size if said.ledger else None)
    return None


def _run(found: Found, policy: Policy, questions: Questions) -> Verified:
    columns = (TextColumn("Reading the log"), BarColumn(), MofNCompleteColumn(), TextColumn("leaves"))
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        return verify_log(
            found.log.read,
            policy,
            sizes=questions.sizes(),
            indexes=(questions.receipt.index,) if questions.receipt else (),
            code=questions.code,
            at_once=found.log.at_once,
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )


def _proofs(log: Verified, policy: Policy, asked: Questions) -> Iterator[str]:
    """What was proved, a sentence each; raises LedgerError at the first that does not hold."""
    cosigned, of, _ = log.witnessed
    yield "Proved:"
    yield "  The log signed this state, and its leaves are exactly those that it signed: none changed, added, left out."
    if cosigned:
        yield f"  {len(cosigned)} of {of} witnesses have signed the same state: {', '.join(cosigned)}."
    if asked.older:
        check_growth(log, asked.older)
        yield f"  Since the older checkpoint of {asked.older.size:,} leaves it has only grown; nothing was taken back."
    if asked.shown:
        yield f"  {_compared(log, asked.shown)}"
    if asked.receipt:
        state = check_against(log, asked.receipt, policy)
        yield f"  The receipt holds: leaf {asked.receipt.index:,} was in the log of {state.size:,} leaves and still is."
    if asked.code is not None:
        yield from _places(log, asked.code)


def _compared(log: Verified, shown: Shown) -> str:
    if shown.size is not None and shown.size > log.checkpoint.size:
        return f"(Not compared: the page of {shown.campaign} is newer than this copy of the log.)"
    check_number(log, campaign_tag(log.checkpoint.origin, shown.campaign), shown.number, shown.size)
    return f"The page of {shown.campaign} shows {shown.number:,}, and so says the log."


def _places(log: Verified, code: bytes) -> Iterator[str]:
    if not log.found:
        yield f"  No signature in the log carries the code {write_code(code)}. It enters when it is confirmed,"
        yield "  in a guarded campaign an hour later or more."
    for index, leaf in log.found:
        gone = fate(log, index, leaf)
        name = _name(log, leaf[2:10])
        end = f"leaf {gone[0]:,} took it out: {_reason(gone[1])}" if gone else "it counts"
        yield f"  Leaf {index:,} is a signature for {name} with the code {write_code(code)}; {end}."
    if log.found:
        yield "  Everybody can see the codes in the log, so knowing one does not prove whose signature it is."


def _numbers(log: Verified, campaign: str) -> Iterator[str]:
    yield "Numbers:"
    counts = log.counts[log.checkpoint.size]
    known = [*counts, *(tag for tag in log.names if tag not in counts)]
    tags = [campaign_tag(log.checkpoint.origin, campaign)] if campaign else known
    for tag in tags:
        count = log.count(tag)
        yield f"{count.number:>12,}  {campaign or _name(log, tag)}: {_sum(count)}"
    if not tags:
        yield "  No signature yet."


def _sum(count: Count) -> str:
    removed = {WITHDRAWN: count.withdrawn, **count.voided}
    parts = [f"{count.signatures:,} signatures", *(f"{n:,} {_reason(why)}" for why, n in removed.items() if n)]
    return ", less ".join(parts)


def _limits(log: Verified, asked: Questions, *, keyed: bool, given: bool) -> Iterator[str]:
    """What was taken on trust, and what no log can show."""
    yield "Not proved:"
    yield "  A leaf is not a person. That a signature is real, no log can show; the campaign's audits bound it."
    if not asked.shown:
        yield "  No page's number was compared with the log's: give the address of a campaign's page for that."
    whose = [] if keyed else ["the log's key"]
    whose += ["the witnesses' keys"] if log.witnessed.of else []
    if whose and not given:
        yield f"  Whose they are, {' and '.join(whose)}, the log itself said. Get a policy from people whom you trust."
    if not log.witnessed.cosigned:
        yield "  No witness has signed: somebody else may be shown another log."
    if log.missing:
        yield f"  {len(log.missing)} statements have lost their words; the numbers don't depend on them:"
        yield from (f"    {path}" for path in log.missing)


def _name(log: Verified, tag: bytes) -> str:
    return log.names.get(tag, f"the campaign {tag.hex()}")


def _reason(reason: int) -> str:
    return REASONS.get(reason, f"for reason {reason}")

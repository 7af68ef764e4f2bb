"""What the server says about audits in its ledger: the commitment before the draw, the report behind it.

Invariant: a commitment names the checkpoint that was signed last, and a beacon that is an hour ahead or more; a report
is stated only if it follows from its commitment by the public files, as everybody else will check it, and once.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.home import HomeOption, enter
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.home import Home
from standwith.ledger.audit.beacon import (
    AHEAD,
    Beacon,
    beacon_of_round,
    check_ahead,
    first_round,
    read_beacon,
    write_time,
)
from standwith.ledger.audit.bounds import CONFIDENCES
from standwith.ledger.audit.check import Audits, check_report, draw_again, read_audits, seen_in_time
from standwith.ledger.audit.commit import MOST, Commit, write_commit
from standwith.ledger.audit.report import REPORT, make_report, read_report, write_report
from standwith.ledger.audit.results import Results, read_results
from standwith.ledger.audit.rubric import RUBRIC
from standwith.ledger.audit.tags import digest_of, write_tags
from standwith.ledger.checkpoint import Checkpoint, read_checkpoint
from standwith.ledger.errors import AuditRefused, LedgerError
from standwith.ledger.leaf import TAG, Kind, campaign_tag
from standwith.ledger.note import read_note
from standwith.ledger.policy import Policy, read_policy

IN_TIME = AHEAD + timedelta(minutes=30)  # what is proposed to somebody who names no round


def commit(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    n: Annotated[int, typer.Option("--n", min=1, max=MOST, help="How many records will be drawn and opened.")],
    tags: Annotated[Path, typer.Option(help="The file of duplicate tags to write, for the custodians; not there yet.")],
    confidence: Annotated[int, typer.Option(help="What n was chosen for, in per cent: 95 or 99.")] = 95,
    number: Annotated[int | None, typer.Option("--round", help="The round of drand (quicknet) that will draw.")] = None,
    beacon: Annotated[
        str, typer.Option(help="Or another beacon: drand:CHAIN:ROUND@TIME, “dice:who, where@TIME”.")
    ] = "",
    home: HomeOption = Path("standwith"),
) -> None:
    """Say in the ledger which records an audit will draw, before anybody can know whom it meets."""
    drawn_by = _beacon(number, beacon, datetime.now(UTC))
    if confidence not in CONFIDENCES:
        raise Refusal(f"--confidence is 95 or 99, not {confidence}.")
    place, _ = enter(home)
    django.configure(place)
    from django.db import transaction

    from standwith.ledger.rows import queue
    from standwith.supporters.queries import committed_tags, known_campaign

    if not known_campaign(campaign):
        raise Refusal(f"No campaign {campaign} was ever published in {place.path}.")
    try:
        state = _drawable(campaign, n)
        data = write_tags(committed_tags(campaign), state.size)
        leaf, body = write_commit(
            Commit(
                beacon=drawn_by.name,
                campaign=campaign,
                confidence=95 if confidence == 95 else 99,
                kind="commit",
                n=n,
                root=state.root.hex(),
                rubric=RUBRIC,
                size=state.size,
                tags=digest_of(data),
                time=drawn_by.time,
            ),
            state.origin,
        )
        with new_file(tags) as file:
            file.write(data)
        with transaction.atomic():
            queue(leaf, body)
    except LedgerError as problem:
        raise Refusal(str(problem)) from None
    _say_what_follows(campaign, n, drawn_by, tags, place)


def report(
    results: Annotated[Path, typer.Argument(help="What `standwith audit record` wrote.")],
    receipt: Annotated[
        Path | None, typer.Option(help="A receipt of the commitment from before the draw (standwith ledger proof).")
    ] = None,
    home: HomeOption = Path("standwith"),
) -> None:
    """Say in the ledger what an audit found: a word on each record of the sample, the bounds, and no names."""
    place, _ = enter(home)
    django.configure(place)
    from django.db import transaction

    from standwith.ledger.rows import origin, queue

    try:
        found = read_results(results.read_bytes())
        name, audits, policy = origin(), *_read_own(place)
        _check_results(found, audits)
        note, committed = receipt.read_bytes() if receipt else None, audits.committed[found.drawn.commit]
        seen = seen_in_time(note, committed, policy) if note else {}
        told = make_report(found, datetime.now(UTC).date(), note)
        check_report(told, committed)
        leaf, body = write_report(told, name)
        with transaction.atomic():
            queue(leaf, body)
    except OSError as error:
        raise Refusal(f"{error.filename}: {error.strerror}.") from None
    except LedgerError as problem:
        raise Refusal(f"Nothing was reported. {problem}") from None
    typer.echo(f"{told.invalid} of {told.n} records were invalid or could not be opened.")
    for each, share in told.bounds.items():
        typer.echo(f"At most {share * 100:.4f} % of all signatures are invalid, with {each} % confidence.")
    typer.echo("The ledger will say so with its next leaves, and the page with it. The tags and shares can go now.")
    if not seen:
        typer.echo("No witness is on record to have seen the commitment before the draw; next time, give --receipt.")


def tag_key(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    home: HomeOption = Path("standwith"),
) -> None:
    """Print the key that tells who signed an open campaign twice, for its custodians; it must never lie on a disk."""
    place, settings = enter(home)
    django.configure(place)
    from standwith.supporters.epochs import Epochs
    from standwith.supporters.errors import NoEpoch
    from standwith.supporters.queries import epoch_key

    try:
        line = epoch_key(campaign, Epochs.open(place.path, settings.memory))
    except NoEpoch as problem:
        raise Refusal(str(problem)) from None
    typer.echo(
        "Only for where the shares come together: whoever has this key and the file of tags can try whether an "
        "address signed. Keep it in memory or on paper, and destroy it with the shares.",
        err=True,
    )
    typer.echo(line)


def _beacon(number: int | None, written: str, now: datetime) -> Beacon:
    try:
        if bool(number) == bool(written):
            proposed = first_round(now + IN_TIME)
            at = write_time(beacon_of_round(proposed).time)
            raise Refusal(f"Say what will draw, with --round or --beacon; --round {proposed} comes at {at}.")
        beacon = beacon_of_round(number) if number else read_beacon(written)
        check_ahead(beacon, now)
    except AuditRefused as problem:
        raise Refusal(str(problem)) from None
    return beacon


def _drawable(campaign: str, n: int) -> Checkpoint:
    """The checkpoint that was signed last, if by then enough signatures counted; raises Refusal or LedgerError."""
    from django.db import transaction

    from standwith.ledger.rows import checkpoint, origin, published

    with transaction.atomic():
        state = read_checkpoint(read_note(checkpoint()).text)
        number = published(campaign_tag(origin(), campaign)).number
    if number < n:
        raise Refusal(f"In the ledger {number} signatures of {campaign} count; --n can be no more than that.")
    return state


def _say_what_follows(campaign: str, n: int, beacon: Beacon, tags: Path, place: Home) -> None:
    at = write_time(beacon.time)
    typer.echo(f"The ledger will say with its next leaves that {n} signatures of {campaign} are drawn at {at} by")
    typer.echo(f"{beacon.name}. Which leaf says so: standwith audit check --log {place.log}")
    typer.echo(f"Before {at}, when witnesses have signed it, take its receipt and hand it round:")
    typer.echo("  standwith ledger proof INDEX --to commitment.tlog-proof")
    typer.echo(f"After it, with what the beacon gave{f' ({beacon.address})' if beacon.address else ''}:")
    typer.echo(f"  standwith audit draw --log {place.log} --commit INDEX --beacon-value VALUE --to sample.json")
    typer.echo(f"The custodians need {tags}, and nobody else does.")


def _read_own(place: Home) -> tuple[Audits, Policy]:
    """The audits in this installation's public files."""
    policy = read_policy(place.policy.read_bytes())
    return read_audits(lambda path: (place.log / path).read_bytes(), policy), policy


def _check_results(results: Results, audits: Audits) -> None:
    """The results are those of a commitment in our log that has no report yet; raises AuditRefused."""
    from standwith.ledger.statements import latest_statement, words_of

    drawn = results.drawn
    if drawn.commit in audits.wrong:
        raise AuditRefused(audits.wrong[drawn.commit])
    committed = audits.committed.get(drawn.commit)
    if committed is None or drawn != draw_again(committed, drawn.value):
        raise AuditRefused("The sample of these results is not the one that a commitment in this ledger draws.")
    newest = latest_statement(Kind.AUDIT, committed.leaf[TAG], bytes([REPORT]))  # it may wait still
    waits = newest and read_report(words_of(newest) or b"").commit == drawn.commit
    if waits or audits.reports_of(drawn.commit):
        raise AuditRefused(f"The commitment at leaf {drawn.commit} has its report; a second one would not count.")

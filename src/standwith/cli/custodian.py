"""What custodians do on their own machines: open their shares, reseal to new custodians, find duplicates.

Needs no installation, no database and no network. Invariant: what is written is written whole or not at all; a file of
shares is readable by its owner only.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from standwith.campaigns.custodians import misfit, usual_number
from standwith.cli.asking import on_terminal
from standwith.cli.bundles import checked, opened_bundle, opened_records, read_key, shown, tell_problems
from standwith.cli.duplicates import Seen
from standwith.cli.indexes import read_indexes
from standwith.cli.open import BundleArgument, IndexesOption, KeyOption, LogKeyOption, SampleOption, SharesOption
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.cli.registering import read_public_key
from standwith.custody.errors import ResealingRefused
from standwith.custody.opening import unseal as unseal_bundle
from standwith.custody.resealing import reseal
from standwith.custody.shares import SharesHead, write_shares
from standwith.sealing.bundle import Bundle, write_bundle
from standwith.sealing.recipients import parse_recipient


def unseal(
    bundle: BundleArgument,
    key: Annotated[Path, typer.Option(help="Your secret key.")],
    to: Annotated[Path, typer.Option(help="The file of shares to write; must not be there yet.")],
    indexes: IndexesOption = "",
    sample: SampleOption = None,
    log_key: LogKeyOption = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Open your share of a bundle's records with your key, and write the shares to a file for `standwith open`."""
    secret, wanted, problems = read_key(key), read_indexes(indexes, sample), list[str]()
    with opened_bundle(bundle) as found:
        _ask_to_go_on(found, len(wanted) if wanted is not None else found.count, yes=yes)
        checkpoint = None if found.head.is_rehearsal else checked(found, log_key)
        head = SharesHead(found.head.campaign, found.digest.hex(), secret.id.hex())
        with new_file(to) as file:
            opened = shown(unseal_bundle(found, checkpoint, secret, problems, wanted), found.count, "Unsealing")
            count = write_shares(file, head, opened)
            if not count:
                raise Refusal(f"{bundle} holds nothing that your key opens. {(problems or ['It is empty.'])[0]}")
    typer.echo(
        f"Your shares of {found.head.campaign} in {to}: {count}. Together with those of others they open records:"
    )
    typer.echo("hand the file over safely, and destroy it when it was used.")
    if problems:
        tell_problems(problems)
        raise SystemExit(1)


def rotate(
    bundle: BundleArgument,
    to: Annotated[Path, typer.Option(help="The new bundle to write; must not be there yet.")],
    custodian: Annotated[
        list[str], typer.Option("--custodian", help="A new custodian's public line, or a file with it; once for each.")
    ],
    key: KeyOption = None,
    shares: SharesOption = None,
    needed: Annotated[int, typer.Option(help="How many of the new ones open a record; 0: the usual number.")] = 0,
    log_key: LogKeyOption = "",
) -> None:
    """Seal all records of a bundle to new custodians, with the keys or shares of enough of the old ones."""
    lines = [read_public_key(each).key for each in custodian]
    number = needed or usual_number(len(lines))
    if problem := misfit(lines, number):
        raise Refusal(f"The new custodians do not fit together: {problem}")
    with opened_records(bundle, key, shares, "", log_key) as (found, opened), new_file(to) as file:
        head = msgspec.structs.replace(found.head, needed=number, custodians=tuple(lines))
        count = write_bundle(file, head, reseal(opened, [parse_recipient(line) for line in lines], number))
        if count < found.count:
            raise ResealingRefused("Not every record has enough shares, and none may be left to the old custodians.")
    typer.echo(f"Records in {to}, sealed to {number} of {len(lines)} new custodians: {count}.")
    typer.echo("Publish the new custodians, then carry the file to the server, and there:")
    typer.echo(f"  standwith custody replace {to.name}")


def duplicates(
    bundle: BundleArgument,
    to: Annotated[Path, typer.Option(help="The list of indexes to write; must not be there yet.")],
    key: KeyOption = None,
    shares: SharesOption = None,
    log_key: LogKeyOption = "",
) -> None:
    """Find people who are counted twice; write the indexes of the later records, for `standwith void`. No names."""
    seen, problems, count = Seen(), list[str](), 0
    with ExitStack() as stack:
        _, opened = stack.enter_context(opened_records(bundle, key, shares, "", log_key))
        file = stack.enter_context(new_file(to))
        for each in opened:
            if each.record is None:
                problems.append(each.problem)
            elif seen.earlier(each.index, each.record) is not None:
                file.write(f"{each.index}\n".encode())
                count += 1
    typer.echo(f"Records of people who had signed before: {count}. Their indexes are in {to}.")
    if problems:
        tell_problems(problems)
        raise SystemExit(1)


def _ask_to_go_on(bundle: Bundle, count: int, *, yes: bool) -> None:
    if yes or not on_terminal():
        return
    what = "the test record of a rehearsal" if bundle.head.is_rehearsal else f"{count} records of people"
    typer.echo(f"This opens your share of {what}, for the campaign {bundle.head.campaign} at {bundle.head.origin}.")
    typer.echo(f"With the shares of {bundle.head.needed} custodians they can be read.")
    if not typer.confirm("Do you know who asks for it, and why? Go on"):
        raise Refusal("Nothing was opened.")

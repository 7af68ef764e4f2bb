"""`standwith export`: a campaign's sealed records as one file, with what proves them, for custodians to open elsewhere.

Each record comes with its leaf and the hashes that lead from it to the checkpoint that the log signed last. Records
that entered the ledger after that checkpoint, or wait to, are left for the next bundle.
Nothing is opened here: this machine has no key that could.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from standwith.campaigns.custodians import Custodians, CustodiansRefused, custodians_of
from standwith.cli.home import HomeOption, enter
from standwith.cli.indexes import read_indexes
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.ledger.checkpoint import read_checkpoint
from standwith.ledger.errors import LedgerError, TileMissing
from standwith.ledger.note import read_note
from standwith.ledger.tiles import Tree
from standwith.sealing.bundle import BundleEntry, BundleHead, write_bundle


def export(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    to: Annotated[Path, typer.Option(help="The bundle to write; must not be there yet.")],
    indexes: Annotated[str, typer.Option(help="Only these records, by their number in the ledger: 3,7,10-20.")] = "",
    sample: Annotated[Path | None, typer.Option(help="Only the records that this file numbers, for an audit.")] = None,
    home: HomeOption = Path("standwith"),
) -> None:
    """Write a bundle of a campaign's records in the ledger, sealed as they are, for its custodians to open."""
    wanted = read_indexes(indexes, sample)
    place, settings = enter(home)
    django.configure(place)
    from standwith.supporters.queries import known_campaign, sealed_records  # models need a configured Django

    if not known_campaign(campaign):
        raise Refusal(f"No campaign {campaign} was ever published in {place.path}.")
    try:
        head, tree = _head(campaign, place, settings)
        with new_file(to) as file:
            count = write_bundle(file, head, _entries(sealed_records(campaign, wanted), tree))
    except (LedgerError, CustodiansRefused) as problem:
        raise Refusal(str(problem)) from None
    typer.echo(
        f"Sealed records in {to}: {count}. Carry the file to the custodians, of whom {head.needed} together open it."
    )
    typer.echo("Each on their own machine:")
    typer.echo(f"  standwith custody unseal {to.name} --key KEYFILE --to {to.stem}-NAME.shares")
    typer.echo("and where the shares come together:")
    typer.echo(f"  standwith open {to.name} --shares FILE --shares FILE --to {to.stem}.csv")


def custodians_now(campaign: str, place: Home, settings: Settings) -> Custodians:
    """The custodians of a published campaign as they are now; raises Refusal or CustodiansRefused."""
    from standwith.config.publication import published_campaigns

    for published in published_campaigns(place):
        if published.id == campaign:
            return custodians_of(published, settings)
    raise Refusal(f"No campaign {campaign} is published in {place.path}; see `standwith custody`.")


def _head(campaign: str, place: Home, settings: Settings) -> tuple[BundleHead, Tree]:
    from standwith.ledger.founding import read_signer
    from standwith.ledger.rows import origin
    from standwith.supporters.versions import known_texts

    name, custodians = origin(), custodians_now(campaign, place, settings)
    try:
        note = (place.log / "checkpoint").read_text(encoding="utf-8")
    except OSError:
        raise TileMissing(
            f"There is no checkpoint in {place.log}; has the clerk run since `standwith ledger init`?"
        ) from None
    head = BundleHead(
        campaign=campaign,
        texts={digest: (language, version) for digest, language, version in known_texts(campaign)},
        origin=name,
        log_key=str(read_signer(place.keys).verifier),
        checkpoint=note,
        needed=custodians.needed,
        custodians=tuple(custodians.keys),
    )
    size = read_checkpoint(read_note(note.encode()).text).size
    return head, Tree(lambda path: (place.log / path).read_bytes(), size)


def _entries(records: Iterable[tuple[int, bytes]], tree: Tree) -> Iterator[BundleEntry]:
    for index, sealed in records:
        if index < tree.size:
            yield BundleEntry(index, tree.leaf(index), tuple(tree.inclusion(index)), sealed)

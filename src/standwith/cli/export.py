"""`standwith export`: the sealed records of a campaign as one file, for a custodian to open elsewhere.

Nothing is opened here: this machine has no key that could.
"""

from pathlib import Path
from typing import Annotated

import typer

from standwith.cli.home import HomeOption, enter
from standwith.cli.output import new_file
from standwith.cli.refusal import Refusal
from standwith.config import django
from standwith.sealing.bundle import BundleHead, write_bundle


def export(
    campaign: Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")],
    to: Annotated[Path, typer.Option(help="The bundle to write; must not be there yet.")],
    home: HomeOption = Path("standwith"),
) -> None:
    """Write a bundle of all confirmed records of a campaign, sealed as they are, for `standwith open`."""
    place, _ = enter(home)
    django.configure(place)
    from standwith.supporters.queries import known_campaign, sealed_records  # models need a configured Django
    from standwith.supporters.versions import known_texts

    if not known_campaign(campaign):
        raise Refusal(f"No campaign {campaign} was ever published in {place.path}.")
    texts = {digest: (language, version) for digest, language, version in known_texts(campaign)}
    with new_file(to) as file:
        count = write_bundle(file, BundleHead(campaign, texts), sealed_records(campaign))
    typer.echo(f"{count} sealed records are in {to}. Carry the file to the machine with the key, and there:")
    typer.echo(f"  standwith open {to.name} --key KEYFILE --to {to.stem}.csv")

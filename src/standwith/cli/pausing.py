"""`standwith pause` and `standwith resume`: a campaign takes no signatures for a while, and takes them again.

Invariant: the door is told before the pages are. What was sent before is confirmed and counted; nothing is deleted.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from standwith.cli.deciding import ByOption, open_tables, take_off
from standwith.cli.home import HomeOption
from standwith.cli.refusal import Refusal
from standwith.decisions.errors import DecisionRefused

CampaignArgument = Annotated[str, typer.Argument(help="The campaign's id, as in its addresses.")]


def pause(campaign: CampaignArgument, by: ByOption, home: HomeOption = Path("standwith")) -> None:
    """Take no new signatures for now; those that were given stay, and can be confirmed and withdrawn."""
    _decide(home, campaign, "pause", by)
    typer.echo(f"{campaign} is paused, and its pages say so. To go on: standwith resume {campaign} --by NAME")


def resume(campaign: CampaignArgument, by: ByOption, home: HomeOption = Path("standwith")) -> None:
    """Take signatures again."""
    _decide(home, campaign, "resume", by)
    typer.echo(f"{campaign} takes signatures again.")


def _decide(home: Path, campaign: str, verb: Literal["pause", "resume"], by: str) -> None:
    place, settings = open_tables(home)
    from standwith.decisions import campaigns  # models need a configured Django

    if not (place.published / campaign).is_symlink():
        raise Refusal(f"No campaign {campaign} is published in {place.path}.")
    decide = campaigns.pause if verb == "pause" else campaigns.resume
    try:
        decide(campaign, by=by, now=datetime.now(UTC))
    except DecisionRefused as problem:
        raise Refusal(str(problem)) from None
    take_off(place, settings)

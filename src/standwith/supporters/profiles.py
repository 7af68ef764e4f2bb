"""What the clerk must know of a campaign before it looks at an act: whether people can sign, and at what risk.

Invariant: a campaign that somebody signed keeps its profile, for the page promised them what goes with it. A campaign
without a known text has no profile, and nothing of its acts is kept. Does not know why a campaign is guarded.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from standwith.supporters.errors import ProfileFixed
from standwith.supporters.models import Closing, Guarded, TextVersion


class Profile(NamedTuple):
    """`guarded`: supporters may be punished for taking part. `closed`: nobody can sign any more."""

    guarded: bool = False
    closed: bool = False


def profiles(campaigns: Collection[str]) -> Mapping[str, Profile]:
    """The profiles of those of these campaigns that are known; one query."""
    rows = (
        TextVersion.objects.filter(campaign__in=campaigns)
        .annotate(guarded=Exists(Guarded.objects.filter(campaign=OuterRef("campaign"))))
        .annotate(closed=Exists(Closing.objects.filter(campaign=OuterRef("campaign"))))
        .values_list("campaign", "guarded", "closed")
        .distinct()
    )
    return {campaign: Profile(guarded, closed) for campaign, guarded, closed in rows}


def set_profile(campaign: str, *, guarded: bool, signed: bool) -> None:
    """Note whether a campaign is guarded; raises ProfileFixed when that would change for people who signed."""
    was = Guarded.objects.filter(campaign=campaign).exists()
    if was == guarded:
        return
    if signed:
        words = ("guarded", "open") if was else ("open", "guarded")
        raise ProfileFixed(
            f"People have signed {campaign} while it was {words[0]}, so it cannot become {words[1]}: leave its profile "
            "as it was, or begin a new campaign with another id."
        )
    if guarded:
        Guarded.objects.create(campaign=campaign)
    else:
        Guarded.objects.filter(campaign=campaign).delete()

"""Digests of what pages are made from: equal for equal inputs, and for nothing else."""

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.site.digests import digest


def test_any_change_of_a_campaign_shows(small: Campaign) -> None:
    assert digest(small) == digest(replace(small))
    assert digest(small) != digest(replace(small, accent="#004c97"))
    assert digest(small) != digest(replace(small, translations={}))


def test_the_order_of_inputs_counts_and_their_borders_too() -> None:
    assert len({digest("a", "b"), digest("b", "a"), digest("ab"), digest("a", "b", "")}) == 4

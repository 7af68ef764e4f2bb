"""A paused campaign says so, keeps its place and its number, and is closed, not paused, when its last day is over."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.site.edition import editions_of
from tests.look.pages import Page
from tests.site.conftest import NUMBERS, Publish

PAUSED = replace(NUMBERS, paused=True)


def open_and_paused(campaign: Campaign) -> set[tuple[bool, bool]]:
    editions = editions_of([campaign], {campaign.id: PAUSED}, date(2021, 1, 1))[campaign.id].values()
    return {(edition.open, edition.numbers.paused) for edition in editions}


def test_what_is_over_is_not_paused(small: Campaign) -> None:
    assert open_and_paused(small) == {(False, True)}
    assert open_and_paused(replace(small, closes=PartialDate(2020, 10))) == {(False, False)}


def test_the_page_changes_with_the_pause_and_back(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    place = tmp_path / "site/en" / small.id / "index.html"
    publish(small)
    before = place.read_text(encoding="utf-8")
    publish(small, numbers={small.id: PAUSED})
    paused = Page(place.read_text(encoding="utf-8"))
    assert "This campaign is paused" in paused.one("section", id="sign").text
    assert not paused.all("form")
    publish(small)
    assert place.read_text(encoding="utf-8") == before

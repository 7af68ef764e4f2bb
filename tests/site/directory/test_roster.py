"""Who is in the directory: its folder and the campaigns' rows, each organisation once."""

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.site.directory import gather
from tests.site.directory.rosters import directory, listing, organisation, standing

FEDERATION = listing("Metal Federation", acronym="MF", former=("Old Metal",), country="DE")
BRANCH = listing("Metal Berlin", parent=FEDERATION.id, scope="local")


def test_rows_that_mean_a_listing_add_that_it_stands_there(small: Campaign) -> None:
    campaign = standing(small, organisation("Old metal"), organisation("Rail Union", acronym="RU"))
    roster = gather([campaign], directory(FEDERATION, BRANCH))
    assert [one.id for one in roster.listings] == ["metal-federation", "metal-berlin", "ru-de"]
    assert roster.stands == {"metal-federation": ["belarus"], "ru-de": ["belarus"]}
    assert roster.standing == {"DE": 2}
    assert roster.federations == {"belarus": {("DE", "Old metal"): "metal-federation"}}


def test_without_a_folder_the_campaigns_alone_make_the_directory(small: Campaign) -> None:
    rows = (
        organisation("Base", acronym="CUB", country="IT"),
        organisation("School", acronym="CUB SUR", country="IT", parent="CUB"),
        organisation("Cub", country="IT", endorses=False),
        organisation("Союз", country="BY"),
        organisation("World", scope="international", country=""),
    )
    one, two = standing(small, *rows), replace(standing(small, *rows[:2]), id="other")
    roster = gather([one, two], None)
    ids = ["cub-it", "cub-sur-it", "cub-it-2", "organisation-by", "world-international"]
    assert [each.id for each in roster.listings] == ids
    assert roster.stands["cub-it"] == ["belarus", "other"]
    assert "cub-it-2" not in roster.stands
    assert [child.id for child in roster.tree.children["cub-it"]] == ["cub-sur-it"]
    assert roster.standing == {"IT": 2, "BY": 1, "": 1}


def test_the_directory_knows_better_who_belongs_to_whom(small: Campaign) -> None:
    rows = organisation("Metal Berlin", parent="Somebody"), organisation("Somebody")
    roster = gather([standing(small, *rows)], directory(FEDERATION, BRANCH))
    assert roster.tree.parent_of(roster.tree.by_id["metal-berlin"]) == FEDERATION


def test_the_digest_of_a_country_changes_with_its_organisations_only(small: Campaign) -> None:
    before = gather([small], directory(FEDERATION, listing("Rail", country="FR"))).digests
    after = gather([small], directory(replace(FEDERATION, sector="metal"), listing("Rail", country="FR"))).digests
    assert {country for country in before if before[country] != after[country]} == {"DE"}


def test_nobody_makes_no_directory() -> None:
    roster = gather((), None)
    assert (roster.listings, roster.standing, roster.federations) == ((), {}, {})

from datetime import UTC, datetime

from msgspec.structs import replace

from standwith.campaigns.folder import load_files
from standwith.site.ingredients import Ingredients
from standwith.site.pages import Site
from tests.campaigns.good_folder import COPY, good_folder

CAMPAIGN = load_files(good_folder()).campaign


def test_the_bytes_of_kept_copies_are_no_part_of_a_page():
    without = replace(CAMPAIGN, copies={})
    one, other = Ingredients(CAMPAIGN), Ingredients(without)
    assert (one.whole, one.frame, one.part("sources")) == (other.whole, other.frame, other.part("sources"))


def test_a_kept_copy_is_never_published():
    site = Site(
        [CAMPAIGN], site_url="https://standwith.example.org", numbers={}, now=datetime(2020, 11, 20, tzinfo=UTC)
    )
    for page in site.pages():
        made = page.make()
        assert COPY.strip() not in (made if isinstance(made, bytes) else str(made).encode())

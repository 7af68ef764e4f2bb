"""The ledger as the pages know it."""

from standwith.ledger.leaf import campaign_tag
from tests.site.conftest import LEDGER, SITE_URL


def test_a_campaign_is_known_by_the_tag_in_its_leaves() -> None:
    assert LEDGER.tag("belarus") == campaign_tag("standwith.example.org/log", "belarus").hex()


def test_addresses() -> None:
    assert LEDGER.address == f"{SITE_URL}/log"
    assert LEDGER.address_of("ab" * 32) == f"{SITE_URL}/log/addenda/ab/ab/{'ab' * 32}"

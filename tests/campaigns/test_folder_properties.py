"""For every campaign that can be invented: writing and reading give it back, and the written form is a fixed point."""

from hypothesis import HealthCheck, given, settings

from standwith.campaigns.folder import dump, load_files
from standwith.campaigns.model import Campaign
from tests.campaigns.invented import campaigns

thorough = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@thorough
@given(campaigns())
def test_what_is_dumped_loads_as_the_same_campaign_and_dumps_to_the_same_bytes(campaign: Campaign):
    files = dump(campaign)
    loaded = load_files(files)
    assert [finding for finding in loaded.findings if finding.severity == "error"] == []
    assert loaded.campaign == campaign
    assert dump(loaded.campaign) == files

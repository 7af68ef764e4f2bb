"""`standwith pause`: the door, the manifest and the pages say that no signature is taken, and then that it is."""

import json
from pathlib import Path

import pytest

from tests.cli.registered import ALEX, CAMPAIGN, SAM, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office.found(tmp_path)
    office.publish()
    return office


def manifest(office: Office) -> dict:
    return json.loads((office.home / "manifest.json").read_bytes())["campaigns"][CAMPAIGN]


def has_form(office: Office) -> bool:
    return f"/act/en/{CAMPAIGN}/sign" in office.page


def test_a_paused_campaign_takes_no_signature_until_somebody_resumes_it(office: Office) -> None:
    assert has_form(office)
    office.succeed("pause", CAMPAIGN, "--by", ALEX)
    assert manifest(office)["paused"] is True
    assert not has_form(office)
    assert "This campaign is paused" in office.page
    assert "paused" in (office.home / "site/en/index.html").read_text(encoding="utf-8")
    assert "paused already" in office.refuse("pause", CAMPAIGN, "--by", SAM)
    office.publish()
    assert (manifest(office)["paused"], has_form(office)) == (True, False)
    office.succeed("resume", CAMPAIGN, "--by", SAM)
    assert ("paused" in manifest(office), has_form(office)) == (False, True)
    log = office.succeed("people", "log", CAMPAIGN)
    assert (f"pause  by {ALEX}" in log, f"resume  by {SAM}" in log) == (True, True)


def test_what_is_not_published_cannot_be_paused(office: Office) -> None:
    assert "another-cause" in office.refuse("pause", "another-cause", "--by", ALEX)
    assert "not paused" in office.refuse("resume", CAMPAIGN, "--by", ALEX)

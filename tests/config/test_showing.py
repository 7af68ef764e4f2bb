"""What an installation keeps and shows of people: what two decided, and no render of an older state brings one back."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from standwith.campaigns.folder import load_campaign
from standwith.config.settings import Settings
from tests.config.test_closing import ID, OPEN, Office
from tests.supporters.tables import empty_tables, make_tables

ALEX, SAM = "Alex Example", "Sam Example"
NOW = datetime(2021, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    make_tables(Path(tempfile.mkdtemp(prefix="standwith-")))
    empty_tables()
    return Office(tmp_path)


def show(office: Office) -> list[str]:
    """Have everybody shown who may be; return their ids."""
    from standwith.decisions.decide import accept, approve
    from standwith.decisions.queries import waiting

    people = [wait.person for wait in waiting(load_campaign(office.home.path / "draft"))]
    accept(ID, people, by=ALEX, now=NOW)
    approve(ID, people, by=SAM, now=NOW)
    office.publish(OPEN)
    return [person.id for person in people]


def kept(office: Office) -> list[str]:
    from standwith.config.publication import published_campaigns

    (campaign,) = published_campaigns(office.home)
    return [person.id for person in campaign.people if person.shown != "none"]


def hold(office: Office, person: str) -> None:
    from standwith.config.publication import renew
    from standwith.decisions.hold import hold_back
    from standwith.decisions.models import Reason

    hold_back(ID, person, by=SAM, reason=Reason.ASKED, now=NOW)
    renew(office.home, Settings(), now=OPEN)


def test_the_copy_that_is_kept_holds_whom_two_people_showed(office: Office) -> None:
    office.publish(OPEN)
    assert kept(office) == []
    assert show(office) == kept(office) != []
    first, *others = kept(office)
    hold(office, first)
    assert kept(office) == others


def test_a_clerk_with_the_campaigns_of_before_renders_nothing(office: Office) -> None:
    """It read them, somebody was held back, and only then it had its turn."""
    from standwith.config import publication

    first, *_ = show(office)
    campaigns, state = publication.published_campaigns(office.home), publication.published_state(office.home)
    page = office.home.site / "en" / ID / "people" / first / "index.html"
    assert page.exists()
    hold(office, first)
    assert not page.exists()
    assert publication.republish(campaigns, state, office.home, Settings(), now=OPEN) is False
    assert not page.exists()
    fresh = publication.published_campaigns(office.home), publication.published_state(office.home)
    assert publication.republish(*fresh, office.home, Settings(), now=OPEN) is True
    assert not page.exists()


def test_nothing_is_renewed_where_nothing_is_published(office: Office) -> None:
    from standwith.config.publication import renew

    renew(office.home, Settings(), now=OPEN)
    assert not office.home.manifest.exists()

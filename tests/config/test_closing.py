"""A campaign's end in an installation: its last day as published, the key that goes, what may be published then."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from standwith.campaigns.folder import load_campaign
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.languages.dates import PartialDate
from tests.campaigns.good_folder import good_folder
from tests.supporters.tables import empty_tables, make_tables

ID = "free-amina"
OPEN = datetime(2021, 3, 1, 12, tzinfo=UTC)
ENDED = datetime(2021, 9, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Office:
    """One home whose clerk closes campaigns; the tables are those of the process."""

    def __init__(self, path: Path) -> None:
        from standwith.ledger.founding import found_log
        from standwith.supporters.epochs import Epochs
        from standwith.supporters.keys import create_keys

        self.home = Home(path)
        for directory in (self.home.published, path / "memory"):
            directory.mkdir()
        create_keys(self.home.keys, OPEN)
        self.home.log.mkdir(parents=True)
        found_log("act.example.org/log", self.home.log, self.home.keys, OPEN)
        self.epochs = Epochs(path / "memory")
        for name, data in good_folder().items():
            (path / "draft" / name).parent.mkdir(parents=True, exist_ok=True)
            (path / "draft" / name).write_bytes(data)

    def publish(self, now: datetime, **changes: object) -> None:
        from standwith.config import publication

        campaign = msgspec.structs.replace(load_campaign(self.home.path / "draft"), **changes)
        publication.publish([campaign], self.home, Settings(), by="Alex Example", note=None, now=now)

    def keep_house(self, now: datetime) -> list[str]:
        """What the clerk does, all acts being read."""
        from standwith.config import publication
        from standwith.supporters.models import Cursor

        Cursor.objects.update_or_create(pk=1, defaults={"caught_up": now})
        campaigns, state = publication.published_campaigns(self.home), publication.published_state(self.home)
        return publication.close_campaigns(campaigns, state, self.home, self.epochs, now)

    def sign(self) -> None:
        from standwith.supporters.models import Signature, TextVersion

        text = TextVersion.objects.filter(campaign=ID).first()
        tags = self.epochs.tags(ID, "amina@example.org", "amina example", guarded=False, now=OPEN)
        Signature.objects.create(
            text=text,
            country="FR",
            confirmed=OPEN.date(),
            epoch=tags.epoch,
            address=tags.address,
            person=tags.person,
            withdrawal=bytes(16),
            code=bytes(16),
            commitment=bytes(32),
            record=b"r",
        )

    @property
    def has_key(self) -> bool:
        return self.epochs.living(ID) is not None


@pytest.fixture
def office(tmp_path: Path) -> Office:
    make_tables(Path(tempfile.mkdtemp(prefix="standwith-")))
    empty_tables()
    return Office(tmp_path)


def test_the_key_of_a_campaign_goes_two_days_after_its_last_month(office: Office) -> None:
    office.publish(OPEN)
    office.sign()
    destroyed = {hours: office.keep_house(ENDED + hours * HOUR) for hours in (-1, 0, 1, 48, 49, 50)}
    assert {hours for hours, names in destroyed.items() if names == [ID]} == {49}
    assert not office.has_key


def test_without_a_last_day_a_campaign_keeps_its_key(office: Office) -> None:
    office.publish(OPEN, closes=None)
    for days in (0, 1000):
        assert office.keep_house(ENDED + timedelta(days=days)) == []


def test_a_closed_campaign_is_published_again_but_does_not_open(office: Office) -> None:
    from standwith.config.publication import PublicationRefused

    office.publish(OPEN)
    office.sign()
    for hours in (1, 49):
        office.keep_house(ENDED + hours * HOUR)
    late = ENDED + 50 * HOUR
    office.publish(late, title="Amina is free")
    assert "Amina is free" in (office.home.site / "en" / ID / "index.html").read_text()
    for closes in (None, PartialDate.parse("2021-12")):
        with pytest.raises(PublicationRefused, match="another id"):
            office.publish(late, closes=closes)
    assert "Amina is free" in (office.home.site / "en" / ID / "index.html").read_text()
    assert not office.has_key


def test_a_last_day_moved_in_time_keeps_the_key(office: Office) -> None:
    office.publish(OPEN)
    office.sign()
    office.keep_house(ENDED + HOUR)
    office.publish(ENDED + 24 * HOUR, closes=PartialDate.parse("2021-12"))
    assert office.keep_house(ENDED + 60 * HOUR) == []
    assert office.has_key


def test_a_clerk_who_has_not_seen_the_new_last_day_closes_nothing(office: Office) -> None:
    from standwith.config import publication
    from standwith.supporters.models import Closing, Cursor

    office.publish(OPEN)
    campaigns, state = publication.published_campaigns(office.home), publication.published_state(office.home)
    office.publish(ENDED + HOUR, closes=None)
    Cursor.objects.create(caught_up=ENDED + HOUR)
    assert publication.close_campaigns(campaigns, state, office.home, office.epochs, ENDED + HOUR) == []
    assert not Closing.objects.exists()


def test_the_clerk_closes_in_its_housekeeping(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of the folder ended years ago: a clerk at work closes it without being told."""
    from standwith.config import clerk
    from standwith.journal.store import create
    from standwith.supporters.models import Closing

    office.home.journal.parent.mkdir()
    create(office.home.journal)
    office.publish(OPEN)
    office.sign()
    worker = clerk.Clerk(office.home, Settings(memory=str(office.home.path / "memory")))
    worker.epochs = office.epochs  # no memory is mounted there
    worker.pages.refresh()
    worker._read_journal()
    worker._keep_house()
    assert Closing.objects.get().campaign == ID
    Closing.objects.update(since=OPEN)
    worker._keep_house()
    assert not office.has_key

"""A server with a ledger and sealed records in it, without clerk and web: for the commands that serve custodians."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from standwith.campaigns.model import Custodian
from standwith.config.home import Home
from standwith.config.settings import Settings
from standwith.languages import PartialDate
from tests.campaigns.belarus import CAMPAIGN as BELARUS
from tests.custody.examples import CAMPAIGN, KEYS, ORIGIN, OTHER, TEXT, leaf_of, record
from tests.sealing.examples import seal
from tests.supporters.tables import empty_tables, make_tables

NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
COMMANDS = ("custody", "export", "replacing", "destroying")


class Server:
    """One installation; `people` signed the campaign, and as many another one."""

    def __init__(self, path: Path, monkeypatch, people: int = 3) -> None:
        make_tables(Path(tempfile.mkdtemp(prefix="standwith-")))
        empty_tables()
        self.home, self.settings = Home(path), Settings()
        for directory in (self.home.keys, self.home.log):
            directory.mkdir(parents=True)
        self.campaign = replace(BELARUS, id=CAMPAIGN, custodians=self.custodians(KEYS), closes=None)
        self.published = [self.campaign]
        self._enter(monkeypatch)
        from standwith.ledger.founding import found_log

        self.signer = found_log(ORIGIN, self.home.log, self.home.keys, NOW)
        self.people = [record(number) for number in range(people)]
        for number, each in enumerate(self.people):
            self.take_in(record(number, OTHER))
            self.take_in(each)
        self.publish()

    def _enter(self, monkeypatch) -> None:
        """The commands find this installation, whatever they are told."""
        for name in COMMANDS:
            monkeypatch.setattr(sys.modules[f"standwith.cli.{name}"], "enter", lambda _: (self.home, self.settings))
        monkeypatch.setattr("standwith.config.founding.update_tables", lambda _: None)
        monkeypatch.setattr("standwith.config.publication.published_campaigns", lambda _: self.published)

    @staticmethod
    def custodians(secrets) -> tuple[Custodian, ...]:
        return tuple(Custodian(name=f"Custodian {n}", key=str(each.public)) for n, each in enumerate(secrets))

    def appoint(self, secrets, needed: int | None = None) -> None:
        """Publish the campaign with these custodians."""
        self.publish_again(custodians=self.custodians(secrets), custodians_needed=needed)

    def publish_again(self, **changes) -> None:
        self.campaign = replace(self.campaign, **changes)
        self.published = [self.campaign]

    def end(self) -> None:
        self.publish_again(closes=PartialDate(2025, 12, 31))

    def take_in(self, found, secrets=KEYS, needed=2) -> int:
        """Append a signature, as the clerk does; return its index."""
        from django.db import transaction

        from standwith.ledger.rows import append
        from standwith.supporters.models import Signature, TextVersion

        leaf = leaf_of(found)
        text, _ = TextVersion.objects.get_or_create(
            campaign=found.campaign, digest=TEXT, defaults={"number": 2, "language": "ar", "published": NOW}
        )
        with transaction.atomic():
            index = append([leaf])
            Signature.objects.create(
                text=text, country="", index=index, withdrawal=leaf[58:74], record=seal(found, secrets, needed)
            )
        return index

    def publish(self) -> None:
        """Enter what is queued, sign, show."""
        from django.db import transaction

        from standwith.ledger.log import Log
        from standwith.ledger.rows import append, take_queued

        with transaction.atomic():
            append(take_queued())
        Log.open(self.home.log, self.signer).publish()

    def records(self) -> list[tuple[int, bytes]]:
        from standwith.supporters.queries import sealed_records

        return list(sealed_records(CAMPAIGN))

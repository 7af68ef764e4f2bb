"""An installation catches up with its public log: with the clerk away, ledger and supporters together or not at all."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from standwith.config.home import Home
from standwith.config.lock import Held, hold
from standwith.sealing.keys import make_key
from tests.supporters.tables import empty_tables, make_tables

RECORD = b"sealed record of who signed, long enough to be found again among all bytes of a file"


class Office:
    """One home with a stand in it whose signatures have records; `restore` brings back the tables as they were."""

    def __init__(self, path: Path) -> None:
        from tests.supporters.stand import Stand

        self.home, self.stand = Home(path), Stand(path)
        self.log = path / "log"

    def sign(self, name: str) -> object:
        return self.stand.count_in(name, f"{name}@example.org", record=RECORD)

    def publish(self) -> None:
        from standwith.ledger.founding import read_signer
        from standwith.ledger.log import Log

        self.stand.work()
        Log.open(self.log, read_signer(self.home.keys)).publish()

    def back_up(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        with closing(sqlite3.connect(self.home.path / "backup.sqlite")) as copy:
            connection.connection.backup(copy)

    def restore(self) -> None:
        from django.db import connection

        with closing(sqlite3.connect(self.home.path / "backup.sqlite")) as copy:
            copy.backup(connection.connection)

    def tables(self) -> list[str]:
        from django.db import connection

        return list(connection.connection.iterdump())

    def database(self) -> bytes:
        """All bytes of the database and of what SQLite lays beside it."""
        from django.db import connection

        place = Path(connection.settings_dict["NAME"])
        return b"".join(file.read_bytes() for file in place.parent.glob(f"{place.name}*"))

    def catch_up(self):
        from standwith.config.recovery import catch_up

        return catch_up(self.home, str(self.log), now=self.stand.now)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    make_tables(Path(tempfile.mkdtemp(prefix="standwith-")))
    empty_tables()
    return Office(tmp_path)


def state(statement: str) -> None:
    from standwith.custody.statements import state as state_it
    from tests.supporters.stand import CAMPAIGN

    state_it(CAMPAIGN, statement, [str(make_key("custodian").public)], 1, date(2026, 3, 2))


def test_records_that_were_withdrawn_since_are_in_no_byte_of_the_database(office: Office) -> None:
    leaving = office.sign("amina")
    office.publish()
    office.back_up()
    office.stand.withdraw(leaving)
    office.publish()
    office.restore()
    assert RECORD in office.database()
    done = office.catch_up()
    assert (done.taken, done.size, done.signatures.removed) == (1, 2, 1)
    assert RECORD not in office.database()


def test_records_that_were_destroyed_since_are_destroyed_again(office: Office) -> None:
    office.sign("amina")
    office.publish()
    office.back_up()
    state("rotated")
    state("destroyed")
    office.publish()
    office.restore()
    done = office.catch_up()
    assert (done.destroyed, done.stale) == (1, ())
    assert RECORD not in office.database()
    assert office.stand.confirmed == 1


def test_it_says_whose_records_were_sealed_anew_since(office: Office) -> None:
    from tests.supporters.stand import CAMPAIGN

    office.sign("amina")
    office.publish()
    office.back_up()
    state("rehearsed")
    state("rotated")
    office.publish()
    office.restore()
    done = office.catch_up()
    assert (done.destroyed, done.stale) == (0, (CAMPAIGN,))
    assert RECORD in office.database()


def test_all_or_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.sign("amina")
    office.publish()
    office.back_up()
    office.sign("noor")
    office.publish()
    office.restore()
    before = office.tables()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr("standwith.config.recovery._follow_custodians", fail)
        with pytest.raises(OSError, match="no space"):
            office.catch_up()
    assert office.tables() == before
    assert office.catch_up().taken == 1


def test_nothing_is_done_while_a_clerk_works(office: Office) -> None:
    office.sign("amina")
    office.publish()
    before = office.tables()
    with hold(office.home.path / "clerk.lock"), pytest.raises(Held):
        office.catch_up()
    assert office.tables() == before
    assert office.catch_up().taken == 0

"""The clerk's work as a whole: exactly once, in order, whatever happens in between."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standwith.journal.acts import SignatureAct, encode
from standwith.journal.store import Journal, create
from standwith.ledger.leaf import CODE
from standwith.mail.models import Spooled
from standwith.sealing import tokens
from standwith.supporters.enter import enter
from standwith.supporters.errors import WrongJournal
from standwith.supporters.models import Closing, Cursor, MailQuota, Pending, Signature, Tally
from standwith.supporters.queries import numbers, recount, tallied
from standwith.supporters.work import work
from tests.supporters.stand import CAMPAIGN, RECORD, TEXTS, Stand
from tests.supporters.tables import empty_tables


def test_from_the_form_to_the_number(stand):
    stand.sign("Amina Example", "amina@example.org", country="TN", language="ar")
    assert stand.work() == 1
    assert stand.confirmed == 0
    [invitation] = stand.asked()
    assert (invitation.address, invitation.language) == ("amina@example.org", "ar")
    stand.confirm(invitation)
    stand.work()
    assert stand.confirmed == 1
    [signature] = Signature.objects.all()
    assert bytes(signature.record) == RECORD
    assert (signature.text.number, signature.text.language, signature.text.digest) == (1, "ar", TEXTS["ar"])
    assert Pending.objects.count() == 0


def test_an_empty_journal_is_no_work(stand):
    assert stand.work() == 0
    assert work(stand.journal, stand.keys, stand.epochs, stand.later(seconds=1), 10) == 0


def test_what_was_read_is_forgotten_by_the_journal(stand):
    stand.sign()
    stand.work()
    assert stand.journal.read(0, 10) == []
    stand.sign("Noor Example", "noor@example.org")
    assert stand.work() == 1
    assert len(stand.asked()) == 2


def test_a_clerk_without_work_writes_once_a_minute_at_most(stand):
    stand.work()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for _ in range(50):
            work(stand.journal, stand.keys, stand.epochs, stand.later(seconds=1), 10)
    assert len(queries) == 50
    stand.later(minutes=1)
    stand.work()
    assert Cursor.objects.get().caught_up == stand.now


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"\xff" * 20,
        b"\x93\xabsignature/2\xa1a\xa1b",
        b"\x93\xacwithdrawal/2\xa1\xff\xc4\x10" + bytes(16),
        encode(SignatureAct(CAMPAIGN, "en", TEXTS["en"], "FR", b"r", b"not a contact", 1, bytes(32), bytes(16))),
        encode(SignatureAct(CAMPAIGN, "en", TEXTS["en"], "FR", b"r", b"", 1, bytes(32), bytes(16))),
    ],
)
def test_an_entry_that_cannot_be_read_stops_nobody(stand, entry):
    stand.journal.append([entry])
    stand.sign()
    assert stand.work() == 2
    assert len(stand.asked()) == 1


def test_acts_that_no_form_of_ours_sends_are_passed_by(stand):
    stand.sign(campaign="another-campaign")
    stand.sign(text="f" * 64)
    stand.sign(address="not an address")
    stand.sign(address="amina@example.org\r\nBcc: victim@example.net")
    stand.sign(country="not a country")
    stand.sign(campaign="../link")
    stand.sign(campaign="nul\x00")
    assert stand.work() == 7
    assert (Pending.objects.count(), Spooled.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "contact", [b'["\xff@example.org","Amina"]', b'["amina@example.org","\\ud800"]', b"[]", b"null"]
)
def test_a_contact_that_is_none_stops_nobody(stand, contact, monkeypatch):
    monkeypatch.setattr("standwith.sealing.lock.write_contact", lambda _: contact)
    stand.sign()
    monkeypatch.undo()
    stand.sign("Noor Example", "noor@example.org")
    assert stand.work() == 2
    assert len(stand.asked()) == 1


def test_nothing_of_a_person_is_logged(stand, caplog):
    caplog.set_level("DEBUG")
    stand.count_in("Amina Example", "amina@example.org")
    stand.sign("Amina Example", "not an address")
    stand.work()
    assert caplog.text
    assert "amina" not in caplog.text.lower()


def test_no_name_and_no_address_lies_in_the_database(stand):
    stand.sign("Aminata Rareword", "aminata.rareword@example.org")
    stand.sign("Noor Seldomname", "noor.seldomname@example.org")
    stand.work()
    stand.confirm(stand.asked()[0])
    stand.work()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # Another process reads the files: closing them in this one would drop SQLite's locks on its own database.
    path = connection.settings_dict["NAME"]
    everything = subprocess.run(["cat", path, f"{path}-wal"], capture_output=True).stdout.lower()
    assert len(everything) > 50_000
    for word in ("rareword", "seldomname", "aminata"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(encoding) not in everything
        assert word.encode().hex().encode() not in everything


@pytest.mark.parametrize("people", [1, 3, 80])
def test_queries_do_not_grow_with_the_batch(stand, people):
    for number in range(people):
        stand.sign(f"Person {number}", f"person{number}@example.org")
    with CaptureQueriesContext(connection) as receiving:
        stand.read()
    for invitation in stand.asked():
        stand.confirm(invitation)
    with CaptureQueriesContext(connection) as confirming:
        stand.read()
    with CaptureQueriesContext(connection) as entering:
        assert enter(stand.now) == people
    assert stand.confirmed == people
    assert (len(receiving), len(confirming), len(entering)) == (RECEIVING, CONFIRMING, ENTERING)


RECEIVING, CONFIRMING = 17, 13  # one of each is the last, empty look at the journal
ENTERING = 14


def test_an_older_journal_is_refused(stand, tmp_path):
    stand.sign()
    stand.work()
    create(tmp_path / "empty.sqlite")
    with pytest.raises(WrongJournal):
        work(Journal(tmp_path / "empty.sqlite"), stand.keys, stand.epochs, stand.now, 10)


def test_two_codes_drawn_alike_are_drawn_again(stand, monkeypatch):
    stand.sign()
    stand.work()
    taken = stand.asked()[0].code
    draws = iter([tokens.check_confirmation_code(stand.keys.link_key, CAMPAIGN, taken), bytes(5)])
    monkeypatch.setattr(tokens.secrets, "randbits", lambda bits: int.from_bytes(next(draws), "big"))
    stand.sign("Noor Example", "noor@example.org")
    assert stand.work() == 1
    assert len({invitation.code for invitation in stand.asked()}) == 2


def test_a_mistake_of_ours_is_not_tried_for_ever(stand, monkeypatch):
    monkeypatch.setattr(tokens.secrets, "randbits", lambda bits: 7)
    stand.sign()
    stand.sign("Noor Example", "noor@example.org")
    with pytest.raises(IntegrityError):
        stand.work()
    assert Pending.objects.count() == 0


def test_of_two_clerks_one_does_the_batch(stand):
    """The second clerk read the same acts, and comes second to the transaction."""
    stand.sign()
    second = Stand.__new__(Stand)
    second.__dict__.update(stand.__dict__)

    class Overtaken:
        """A journal in whose reader's back another clerk works."""

        def read(self, after, limit):
            entries = stand.journal.read(after, limit)
            stand.work()
            return entries

        def forget(self, up_to):
            raise AssertionError("whoever did nothing forgets nothing")

        def last(self):
            return stand.journal.last()

    assert work(Overtaken(), stand.keys, stand.epochs, stand.now, 10) == 1
    assert (Pending.objects.count(), Spooled.objects.count()) == (1, 1)


class Killed(BaseException):
    """Stands for kill -9: nothing catches it."""


def kill_at(statement):
    """Let the clerk die at its nth statement."""
    left = [statement]

    def wrapper(execute, sql, params, many, context):
        left[0] -= 1
        if left[0] < 0 and not sql.startswith(("ROLLBACK", "SAVEPOINT", "RELEASE")):
            raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def state(stand):
    """Everything that counts, tokens and sealed bytes apart."""
    return (
        dict(tallied(CAMPAIGN)),
        sorted(Signature.objects.values_list("index", "text__language", "country")),
        stand.count(),
        sorted(map(str, Pending.objects.values_list("text__language", "country", "expires", "remind"))),
        sorted(Spooled.objects.values_list("kind", "due", "state")),
        sorted(MailQuota.objects.values_list("mails", "latest")),
    )


PEOPLE = st.tuples(st.sampled_from(["Amina", "Noor", "Ivan", "amina"]), st.sampled_from(["x", "y", "X+tag"]))
ACTS = st.one_of(
    st.tuples(st.just("sign"), PEOPLE, st.sampled_from(["FR", "BY"]), st.sampled_from(["en", "ar"])),
    st.tuples(st.sampled_from(["link", "code", "withdraw"]), st.integers(0, 9)),
    st.tuples(st.just("wait"), st.sampled_from([1, 23, 25])),
    st.tuples(st.just("read")),
)


def play(stand, acts, limit, kills):
    """Post acts; the clerk reads at every "read" and at the end, in batches of `limit`, dying where `kills` says."""
    seen = []
    kills = iter(kills)
    for act in [*acts, ("read",)]:
        match act:
            case ("sign", (name, address), country, language):
                stand.sign(name, f"{address}@example.org", country=country, language=language)
            case ("wait", hours):
                stand.later(hours=hours)
            case ("read",):
                for statement in kills:
                    try:
                        with kill_at(statement):
                            stand.work(limit)
                    except Killed:
                        stand.start_clerk()
                        assert tallied(CAMPAIGN) == recount(CAMPAIGN)
                        continue
                    break
                stand.work(limit)
                new = [invitation for invitation in stand.asked() if invitation not in seen]
                seen += new
            case ("withdraw", number) if number < len(seen):
                stand.withdraw(seen[number])
            case (by, number) if number < len(seen):
                stand.confirm(seen[number], by)
        assert tallied(CAMPAIGN) == recount(CAMPAIGN)
    return state(stand)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    acts=st.lists(ACTS, min_size=5, max_size=25),
    limit=st.integers(1, 7),
    kills=st.lists(st.integers(1, 40), max_size=6),
)
def test_any_order_any_batches_any_kills_lead_to_the_same_books(tmp_path_factory, acts, limit, kills):
    empty_tables()
    whole = play(Stand(tmp_path_factory.mktemp("whole")), acts, 1000, [])
    empty_tables()
    torn = play(Stand(tmp_path_factory.mktemp("torn")), acts, limit, kills)
    assert torn == whole


CLERK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from standwith.config.django import configure
from standwith.config.home import Home
configure(Home(Path(sys.argv[1])))
from standwith.journal.store import Journal
from standwith.supporters.enter import enter
from standwith.supporters.epochs import Epochs
from standwith.supporters.keys import Keyring
from standwith.supporters.work import work
place, now = Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
keys, journal, epochs = Keyring.open(place / "keys"), Journal(place / "journal.sqlite"), Epochs(place / "memory")
print("up", flush=True)
while work(journal, keys, epochs, now, 7):
    enter(now)
enter(now)
"""


def test_kill_9_at_any_moment_loses_nothing_and_counts_nothing_twice(stand):
    for number in range(150):
        stand.sign(f"Person {number}", f"person{number}@example.org")
    kills(stand)
    assert Pending.objects.count() == Spooled.objects.count() == 150
    for invitation in stand.asked():
        stand.confirm(invitation)
        stand.confirm(invitation, "code")
    kills(stand)
    assert stand.confirmed == Signature.objects.count() == len(stand.leaves()) == 150
    assert Tally.objects.get().number == 150
    assert len({leaf[CODE] for leaf in stand.leaves()}) == 150


def kills(stand):
    """Start clerks and kill them at random moments; the last one is left alone."""
    home = os.path.dirname(os.path.dirname(connection.settings_dict["NAME"]))
    command = [sys.executable, "-c", CLERK, home, str(stand.path), stand.now.isoformat()]
    for life in (0.01, 0.05, 0.1, None):
        clerk = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert clerk.stdout.readline() == b"up\n"
        if life is not None:
            time.sleep(random.uniform(0, 2 * life))
            clerk.send_signal(signal.SIGKILL)
        clerk.communicate(timeout=60)
    assert stand.journal.read(0, 1) == []
    assert numbers(CAMPAIGN).confirmed == sum(recount(CAMPAIGN).values())


def test_a_million_signatures_are_counted_without_counting_them(stand):
    stand.count_in(country="FR")
    Tally.objects.update(number=1_000_000)
    with CaptureQueriesContext(connection) as queries:
        assert numbers(CAMPAIGN).confirmed == 1_000_000
    assert len(queries) == 2
    assert not any("signature" in query["sql"] for query in queries)


def test_the_journal_is_forgotten_even_if_the_clerk_died_right_after_the_commit(stand):
    stand.sign()
    with mock.patch.object(stand.journal, "forget", side_effect=Killed), pytest.raises(Killed):
        stand.work()
    assert len(stand.journal.read(0, 10)) == 1
    stand.now += timedelta(minutes=2)
    stand.work()
    assert stand.journal.read(0, 10) == []
    assert len(stand.asked()) == 1


def test_a_closed_campaign_and_one_that_was_never_published_begin_no_epoch(stand):
    Closing.objects.create(campaign=CAMPAIGN, since=stand.now)
    stand.sign()
    stand.sign(campaign="never-published")
    stand.sign(campaign="../../etc")
    assert stand.work() == 3
    assert stand.journal.read(0, 10) == []
    assert (stand.epochs.take_begun(), list((stand.path / "memory").iterdir())) == (set(), [])


def test_a_lost_epoch_is_a_warning_and_stops_nobody(stand, caplog):
    """After a restart of the machine nobody knows who signed before; custodians will find them."""
    stand.count_in()
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []
    shutil.rmtree(stand.path / "memory")
    stand.start_clerk()
    stand.later(hours=1)
    stand.count_in()
    assert stand.confirmed == 2
    [warning] = [record for record in caplog.records if record.levelname == "WARNING"]
    assert warning.getMessage().endswith(f"a new epoch begins: {CAMPAIGN}")


def test_a_new_clerk_on_the_same_machine_knows_who_signed(stand):
    stand.count_in()
    stand.start_clerk()
    stand.sign("EXAMPLE, Amina", "Amina+again@example.org")
    stand.work()
    assert (Pending.objects.count(), stand.confirmed) == (0, 1)


def test_signatures_that_nobody_can_ever_read_are_a_warning_with_their_number(stand, caplog):
    lost = [stand.signature(f"Person {number}", f"person{number}@example.org") for number in range(3)]
    [file] = (stand.path / "keys" / "clerk").iterdir()
    stand.keys.rotate(stand.later(hours=25))
    file.unlink()
    stand.journal.append(lost)
    stand.sign()
    assert stand.work() == 4
    assert len(stand.asked()) == 1
    [warning] = [record for record in caplog.records if record.levelname == "WARNING"]
    assert warning.getMessage().endswith("which nobody can ever read: 3")

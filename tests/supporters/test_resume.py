"""After an older backup: who left since is deleted again, nobody enters twice, who lost their record can leave."""

import random
import runpy
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from msgspec.structs import replace

from standwith.journal.acts import decode, encode
from standwith.ledger.founding import read_signer
from standwith.ledger.leaf import Reason
from standwith.ledger.log import Log
from standwith.ledger.mirrors import open_mirror
from standwith.ledger.recovery import read_public, take
from standwith.supporters.close import close
from standwith.supporters.enter import enter
from standwith.supporters.erase import void
from standwith.supporters.errors import CampaignOver
from standwith.supporters.models import Closing, Removal, Signature, TextVersion
from standwith.supporters.queries import sealed_records, waiting
from standwith.supporters.resume import resume
from standwith.supporters.versions import known_texts, register
from tests.supporters.stand import CAMPAIGN, GUARDED, RECORD, TEXTS

copy_tables = runpy.run_path(str(Path(__file__).parents[2] / "deploy" / "backup.py"))["copy_tables"]
OTHER = "stand-with-others"


def publish(stand):
    Log.open(stand.path / "log", read_signer(stand.path / "keys")).publish()


def back_up(stand):
    target = stand.path / "backup.sqlite"
    target.unlink(missing_ok=True)
    copy_tables(Path(connection.settings_dict["NAME"]), target)
    return target


def restore(backup):
    connection.ensure_connection()
    with closing(sqlite3.connect(backup)) as copy:
        copy.backup(connection.connection)


def catch_up(stand):
    """What the command does, of the ledger and of the supporters."""
    signer = read_signer(stand.path / "keys")
    public = read_public(open_mirror(str(stand.path / "log")).read, signer)
    with transaction.atomic():
        taken = take(public, signer, None)
        return resume(public.first, public.leaves, taken.counter, taken.leaving, stand.now)


def confirm_only(stand, name, **more):
    """Sign and confirm; nothing enters yet."""
    stand.sign(name, f"{name}@example.org", **more)
    stand.read()
    invitation = stand.asked()[-1]
    stand.confirm(invitation)
    stand.read()
    return invitation


def sign(stand, name, **more):
    return stand.count_in(name, f"{name}@example.org", record=f"sealed record of {name}".encode(), **more)


def people():
    """Who is in the ledger, and with which record."""
    rows = Signature.objects.filter(index__isnull=False).values_list("index", "withdrawal", "record")
    return {index: (bytes(withdrawal), bytes(record)) for index, withdrawal, record in rows}


def test_whoever_left_since_is_deleted_again(stand):
    _, leaves, _ = (sign(stand, name) for name in ("amina", "noor", "sami"))
    publish(stand)
    backup = back_up(stand)
    stand.withdraw(leaves)
    stand.work()
    void(CAMPAIGN, [2], Reason.DUPLICATE, "Alex Example", now=stand.now)
    enter(stand.now)
    publish(stand)
    before = people()
    restore(backup)
    assert len(people()) == 3
    assert catch_up(stand) == (0, 0, 2, 0, 0)
    assert people() == before
    assert (stand.confirmed, stand.count()) == (1, (3, 1, {Reason.DUPLICATE: 1}))
    publish(stand)
    assert catch_up(stand) == (0, 0, 0, 0, 0)


def test_who_waited_and_entered_since_has_the_place_that_the_ledger_gave(stand):
    sign(stand, "amina")
    confirm_only(stand, "noor")
    confirm_only(stand, "sami")
    publish(stand)
    backup = back_up(stand)
    stand.work()
    publish(stand)
    before = people()
    restore(backup)
    assert waiting(CAMPAIGN) == 2
    assert catch_up(stand) == (2, 0, 0, 0, 0)
    assert (people(), waiting(CAMPAIGN), stand.confirmed) == (before, 0, 3)
    assert set(Signature.objects.values_list("code", "commitment")) == {(None, None)}
    publish(stand)
    assert enter(stand.now) == 0


def test_of_a_guarded_campaign_the_rows_are_written_anew_in_the_order_of_the_ledger(stand):
    stand.whisper()
    for number in range(20):
        confirm_only(stand, f"person{number}", campaign=GUARDED)
    publish(stand)
    backup = back_up(stand)
    rows = set(Signature.objects.values_list("pk", flat=True))
    enter(stand.now)
    publish(stand)
    before = people()
    restore(backup)
    assert catch_up(stand) == (20, 0, 0, 0, 0)
    assert people() == before
    assert list(Signature.objects.order_by("pk").values_list("index", flat=True)) == list(range(20))
    assert not rows & set(Signature.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("later", [True, False])
def test_who_was_taken_back_before_they_entered_does_not_come_back(stand, later):
    """Nothing in the ledger says so but that later ones are in it."""
    sign(stand, "amina")
    leaves = confirm_only(stand, "noor")
    confirm_only(stand, "sami")
    publish(stand)
    backup = back_up(stand)
    stand.withdraw(leaves)
    stand.work()
    if later:
        sign(stand, "lea")
    publish(stand)
    before = {withdrawal for withdrawal, _ in people().values()}
    restore(backup)
    assert catch_up(stand) == (1, 1, 0, int(later), 0)
    assert {withdrawal for withdrawal, _ in people().values()} == before
    assert (waiting(CAMPAIGN), enter(stand.now)) == (0, 0)


def test_who_was_taken_back_while_a_guarded_batch_waited_does_not_come_back(stand):
    stand.whisper()
    leaves = b"w" * 16
    confirm_only(stand, "noor", campaign=GUARDED, w=leaves)
    backup = back_up(stand)
    stand.take_back(leaves, GUARDED)
    stand.read()
    for number in range(16):
        confirm_only(stand, f"person{number}", campaign=GUARDED)
    enter(stand.now)
    publish(stand)
    restore(backup)
    assert catch_up(stand) == (0, 1, 0, 16, 0)
    assert stand.count(GUARDED).number == len(people()) == 16
    assert enter(stand.now, flush=True) == 0


def test_who_waits_and_was_not_overtaken_still_waits(stand):
    """Others who entered do not tell: a guarded campaign's wait for company."""
    stand.whisper()
    confirm_only(stand, "noor", campaign=GUARDED)
    backup = back_up(stand)
    sign(stand, "amina")
    publish(stand)
    restore(backup)
    assert catch_up(stand) == (0, 0, 0, 1, 0)
    assert enter(stand.now, flush=True) == 1
    assert stand.count(GUARDED).number == 1


class TestLost:
    """Who signed since counts, and their record is gone with the machine."""

    @pytest.fixture
    def signed(self, stand):
        """The invitations of three who signed since; one of them withdrew, too."""
        sign(stand, "amina")
        publish(stand)
        backup = back_up(stand)
        invitations = [sign(stand, name, country="TN") for name in ("noor", "sami", "lea")]
        stand.withdraw(invitations[0])
        stand.work()
        publish(stand)
        restore(backup)
        assert catch_up(stand) == (0, 0, 0, 2, 0)
        return invitations

    def test_they_count_without_a_record(self, stand, signed):
        assert (stand.confirmed, [index for index, _ in sealed_records(CAMPAIGN)]) == (3, [0])
        assert {people()[index][1] for index in (2, 3)} == {b""}

    def test_they_can_still_withdraw(self, stand, signed):
        publish(stand)
        stand.withdraw(signed[1])
        stand.withdraw(signed[0])
        stand.work()
        assert (stand.confirmed, stand.count()) == (2, (4, 2, {}))

    def test_they_can_still_be_taken_out(self, stand, signed):
        assert void(CAMPAIGN, [1, 2], Reason.NOT_A_PERSON, "Alex Example", now=stand.now)[:2] == ((2,), (1,))
        stand.work()
        assert stand.confirmed == 2

    def test_their_old_links_confirm_nobody_a_second_time(self, stand, signed):
        stand.confirm(signed[2])
        stand.work()
        assert stand.confirmed == 3

    def test_nobody_can_sign_the_text_that_nobody_knows(self, stand, signed):
        unknown = TextVersion.objects.get(digest="")
        assert "" not in {digest for digest, _, _ in known_texts(CAMPAIGN)}
        act = decode(stand.signature("Mira Example", "mira@example.org"))
        stand.journal.append([encode(replace(act, text=""))])
        stand.work()
        unknown.refresh_from_db()
        assert (stand.asked(), unknown.number) == ([], 0)

    def test_it_stays_so_when_the_folders_are_published_again(self, stand, signed):
        assert register(CAMPAIGN, TEXTS, note=None, now=stand.now) == 1
        assert TextVersion.objects.get(digest="").number == 0

    def test_again_changes_nothing(self, stand, signed):
        before = people()
        assert catch_up(stand) == (0, 0, 0, 0, 0)
        assert (people(), stand.confirmed) == (before, 3)


def test_who_left_here_and_whose_leaf_still_waits_is_not_made_up_for(stand):
    leaves, _ = sign(stand, "amina"), sign(stand, "noor")
    publish(stand)
    stand.withdraw(leaves)
    stand.read()
    backup = back_up(stand)
    sign(stand, "sami")
    publish(stand)
    restore(backup)
    assert catch_up(stand)[2:] == (0, 1, 0)
    stand.work()
    assert stand.confirmed == 2


def test_the_same_while_it_waits_only_here(stand):
    leaves, _ = sign(stand, "amina"), sign(stand, "noor")
    publish(stand)
    stand.withdraw(leaves)
    stand.read()
    assert catch_up(stand) == (0, 0, 0, 0, 0)
    enter(stand.now)
    assert catch_up(stand) == (0, 0, 0, 0, 0)
    assert stand.confirmed == 1


def test_a_campaign_that_the_tables_do_not_know_is_told_until_it_is_published_again(stand):
    backup = back_up(stand)
    register(OTHER, TEXTS, note=None, now=stand.now)
    leaves, _ = sign(stand, "amina", campaign=OTHER), sign(stand, "noor", campaign=OTHER)
    publish(stand)
    restore(backup)
    assert catch_up(stand) == (0, 0, 0, 0, 2)
    register(OTHER, TEXTS, note=None, now=stand.now)
    assert catch_up(stand) == (0, 0, 0, 2, 0)
    stand.withdraw(leaves)
    stand.work()
    assert stand.count(OTHER).number == 1


def test_no_later_decision_gets_the_number_of_one_that_was_lost(stand):
    for name in ("amina", "noor", "sami"):
        sign(stand, name)
    void(CAMPAIGN, [0], Reason.ERASED, "Alex Example", now=stand.now)
    enter(stand.now)
    publish(stand)
    backup = back_up(stand)
    batch = void(CAMPAIGN, [1], Reason.LEGAL_ORDER, "Alex Example", now=stand.now).batch
    enter(stand.now)
    publish(stand)
    restore(backup)
    catch_up(stand)
    assert Removal.objects.values_list("campaign", "reason", "count", "by").get(batch=batch) == (CAMPAIGN, 6, 1, "")
    assert Removal.objects.count() == 2
    assert void(CAMPAIGN, [2], Reason.ERASED, "Alex Example", now=stand.now).batch == batch + 1


def test_a_campaign_that_was_closed_since_stays_closed(stand):
    sign(stand, "amina")
    publish(stand)
    backup = back_up(stand)
    ended = stand.now
    for days in (1, 3):
        stand.later(days=days)
        stand.read()
        close(CAMPAIGN, ended, stand.epochs, stand.now)
    enter(stand.now)
    publish(stand)
    restore(backup)
    catch_up(stand)
    assert Closing.objects.get().destroyed is not None
    size = len(stand.leaves())
    with pytest.raises(CampaignOver):
        register(CAMPAIGN, TEXTS, note=None, now=stand.now)
    assert (close(CAMPAIGN, ended, stand.epochs, stand.now), enter(stand.now)) == (False, 0)
    assert len(stand.leaves()) == size


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_the_tables_know_everybody_who_counts(stand, seed):
    chance, living = random.Random(seed), []
    stand.whisper()

    def happen(number):
        campaign, w = chance.choice((CAMPAIGN, GUARDED)), bytes([number]) * 16
        kind = chance.random()
        if kind < 0.6:
            confirm_only(stand, f"person{number}", campaign=campaign, w=w)
            living.append((campaign, w))
        elif kind < 0.75 and living:
            campaign, w = living.pop(chance.randrange(len(living)))
            stand.take_back(w, campaign)
            stand.read()
        elif kind < 0.85 and (own := Signature.objects.filter(index__isnull=False, text__campaign=campaign)):
            void(campaign, [chance.choice(own).index], Reason.DUPLICATE, "Alex Example", now=stand.now)
        elif kind < 0.95:
            enter(stand.now, flush=chance.random() < 0.3)
        else:
            publish(stand)

    for number in range(30):
        happen(number)
    backup = back_up(stand)
    for number in range(30, 60):
        happen(number)
    publish(stand)
    while enter(stand.now, flush=True):
        publish(stand)
    before, number = people(), stand.count(GUARDED).number
    restore(backup)
    catch_up(stand)
    while enter(stand.now, flush=True):
        pass
    assert {index: who for index, (who, _) in people().items()} == {index: who for index, (who, _) in before.items()}
    assert {record for _, record in people().values()} <= {RECORD, b""}
    assert stand.count(GUARDED).number == number
    assert stand.confirmed == stand.count().number

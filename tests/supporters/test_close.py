"""After the last day: nobody is taken any more, and two days later it is over for good."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from standwith.ledger.leaf import Kind, read_leaf
from standwith.ledger.statements import words_of
from standwith.supporters import close as close_module
from standwith.supporters.close import close, key_was_destroyed
from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import CampaignOver
from standwith.supporters.expire import end_epochs, expire
from standwith.supporters.models import Closing, MailQuota, Pending, Signature
from standwith.supporters.versions import register
from tests.supporters.stand import CAMPAIGN, GUARDED, TEXTS

ENDED = datetime(2026, 3, 2, tzinfo=UTC)
OTHER = "stand-with-others"


def at(stand, moment):
    """Move the stand's clock to `moment`, and let the clerk do all there is."""
    stand.now = moment
    stand.work()
    expire(moment)


def close_now(stand):
    return close(CAMPAIGN, ENDED, stand.epochs, stand.now)


def publish(stand, *, over, texts=TEXTS):
    return register(CAMPAIGN, texts, note=None, now=stand.now, over=over)


@pytest.fixture
def over(stand):
    """A campaign with one signature whose key was destroyed; the invitation of the one."""
    invitation = stand.count_in()
    at(stand, ENDED + timedelta(hours=1))
    assert not close_now(stand)
    at(stand, ENDED + timedelta(hours=49))
    assert close_now(stand)
    return invitation


def key_file(stand):
    return stand.path / "memory" / f"{CAMPAIGN}.key"


def test_the_key_goes_two_days_after_the_last_one_and_an_hour(stand):
    stand.count_in()
    history = {}
    for hour in range(52):
        at(stand, ENDED + timedelta(hours=hour))
        history[hour] = (close_now(stand), Closing.objects.exists(), key_file(stand).exists())
    assert [hour for hour, (destroyed, _, _) in history.items() if destroyed] == [49]
    assert [hour for hour, (_, closed, _) in history.items() if not closed] == [0]
    assert [hour for hour, (_, _, there) in history.items() if not there] == [49, 50, 51]


def test_a_clerk_who_was_away_reads_first(stand):
    """The journal holds a signature of the last day; the clerk comes back a week later."""
    stand.work()
    stand.now = ENDED - timedelta(minutes=1)
    stand.sign()
    stand.now = ENDED + timedelta(days=7)
    assert not close_now(stand)
    assert not Closing.objects.exists()
    stand.work()
    assert Pending.objects.count() == 1
    assert not close_now(stand)
    at(stand, stand.now + timedelta(hours=48))
    assert close_now(stand)


def test_while_something_waits_the_key_stays(stand):
    stand.sign()
    stand.work()
    Closing.objects.create(campaign=CAMPAIGN, since=ENDED)
    stand.now = ENDED + timedelta(hours=50)
    assert not close_now(stand)
    at(stand, stand.now)
    assert close_now(stand)


def test_a_signature_that_comes_late_is_dropped(stand, caplog):
    caplog.set_level("INFO")
    at(stand, ENDED + timedelta(hours=1))
    close_now(stand)
    stand.sign()
    stand.work()
    at(stand, ENDED + timedelta(hours=49))
    assert close_now(stand)
    stand.sign()
    stand.work()
    assert (Pending.objects.count(), stand.confirmed) == (0, 0)
    assert [record.message for record in caplog.records] == ["campaign closed 1"] * 2


def test_who_was_asked_on_the_last_day_still_confirms(stand):
    stand.now = ENDED - timedelta(hours=1)
    stand.sign()
    stand.work()
    at(stand, ENDED + timedelta(hours=1))
    close_now(stand)
    stand.confirm(stand.asked()[0])
    stand.work()
    assert stand.confirmed == 1


def test_withdrawing_goes_on_working(stand, over):
    stand.withdraw(over)
    stand.work()
    assert (stand.confirmed, Signature.objects.count()) == (0, 0)


def test_a_closed_campaign_is_published_again_without_its_key(stand, over):
    assert publish(stand, over=True, texts=TEXTS | {"pl": "d" * 64}) == 1
    assert not key_file(stand).exists()
    assert key_was_destroyed(CAMPAIGN)


def test_a_campaign_whose_key_was_lost_ends_as_well(stand):
    """A restart of the machine takes the key; no epoch begins after the end all the same."""
    stand.count_in()
    shutil.rmtree(stand.path / "memory")
    stand.start_clerk()
    at(stand, ENDED + timedelta(hours=1))
    assert (close_now(stand), Closing.objects.exists()) == (False, True)
    at(stand, ENDED + timedelta(hours=49))
    assert [close_now(stand) for _ in range(2)] == [True, False]
    assert key_was_destroyed(CAMPAIGN)
    with pytest.raises(CampaignOver):
        publish(stand, over=False)


def test_what_was_signed_and_destroyed_does_not_open_again(stand, over):
    with pytest.raises(CampaignOver, match=r"destroyed on 2026-03-04\. .*another id") as caught:
        publish(stand, over=False)
    assert "\n" not in str(caught.value)
    assert key_was_destroyed(CAMPAIGN)


def test_a_mistyped_last_day_can_be_corrected_for_two_days(stand):
    stand.count_in()
    at(stand, ENDED + timedelta(hours=1))
    close_now(stand)
    publish(stand, over=False)
    assert not Closing.objects.exists()
    stand.now += timedelta(days=1)
    stand.count_in("Noor Example", "noor@example.org")
    assert stand.confirmed == 2


def test_what_nobody_signed_may_open_again_with_a_new_key(stand):
    stand.withdraw(stand.count_in())
    stand.work()
    before = key_file(stand).read_text()
    at(stand, ENDED + timedelta(hours=1))
    close_now(stand)
    at(stand, ENDED + timedelta(hours=49))
    assert close_now(stand)
    assert not key_file(stand).exists()
    publish(stand, over=False)
    stand.count_in()
    assert key_file(stand).read_text() != before
    assert stand.confirmed == 1


def test_killed_before_the_key_went_it_goes_the_next_time(stand, monkeypatch):
    stand.count_in()
    at(stand, ENDED + timedelta(hours=1))
    close_now(stand)
    at(stand, ENDED + timedelta(hours=49))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Epochs, "destroy", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        close_now(stand)
    assert key_file(stand).exists()
    assert close_now(stand)
    assert not key_file(stand).exists()
    assert Closing.objects.get().destroyed == stand.now


def test_the_destroyed_key_is_in_no_clerk_s_hands(stand, over):
    other = Epochs(stand.path / "memory")
    for epochs in (stand.epochs, other):
        assert epochs.living(CAMPAIGN) is None
        assert epochs.of_quotas == frozenset()


def test_quotas_go_with_their_key(stand):
    register(OTHER, {"en": "e" * 64}, note=None, now=stand.now)
    stand.count_in()
    stand.sign(campaign=OTHER, text="e" * 64)
    stand.work()
    for campaign, left in ((CAMPAIGN, 1), (OTHER, 0)):
        assert MailQuota.objects.count() == left + 1
        Closing.objects.create(campaign=campaign, since=ENDED)
        at(stand, ENDED + timedelta(hours=50))
        assert close(campaign, ENDED, stand.epochs, stand.now)
        end_epochs(stand.epochs, stand.now)
        assert MailQuota.objects.count() == left


def test_what_a_guarded_campaign_has_waiting_enters_at_its_end(stand):
    stand.whisper()
    stand.count_in(campaign=GUARDED)
    Closing.objects.create(campaign=GUARDED, since=ENDED)
    stand.now = ENDED + timedelta(hours=50)
    assert stand.count(GUARDED).number == 0
    assert close(GUARDED, ENDED, stand.epochs, stand.now)
    assert stand.count(GUARDED).number == 1


def test_the_ledger_says_which_day_was_the_last_behind_all_signatures(stand, over):
    stand.work()
    signature, said = stand.leaves()
    assert (read_leaf(signature).kind, said[:10]) == (Kind.SIGNATURE, bytes((1, Kind.CLOSE)) + signature[2:10])
    assert words_of(said) == b'{"campaign":"stand-with-examples","closed":"2026-03-01"}\n'
    assert not close_now(stand)
    stand.work()
    assert len(stand.leaves()) == 2


def test_of_a_campaign_that_nobody_signed_the_ledger_says_nothing(stand):
    for hours in (1, 49):
        at(stand, ENDED + timedelta(hours=hours))
        close_now(stand)
    stand.work()
    assert (stand.leaves(), key_was_destroyed(CAMPAIGN)) == ([], True)


def test_the_other_campaigns_are_left_alone(stand, over):
    register(OTHER, {"en": "e" * 64}, note=None, now=stand.now)
    stand.sign(campaign=OTHER, text="e" * 64)
    stand.work()
    assert Pending.objects.count() == 1


def test_the_time_to_regret_is_no_shorter_than_what_waits_may_wait():
    assert close_module.REGRET >= close_module.LIFE


def test_who_waits_in_a_guarded_campaign_does_not_enter_alone_when_another_campaign_ends(stand):
    stand.whisper()
    at(stand, ENDED + timedelta(hours=1))
    assert not close_now(stand)
    at(stand, ENDED + timedelta(hours=49) - timedelta(minutes=1))
    stand.sign(campaign=GUARDED)
    stand.work()
    stand.confirm(stand.asked()[0])
    at(stand, ENDED + timedelta(hours=49))
    assert close_now(stand)
    assert stand.count(GUARDED).number == 0
    assert list(Signature.objects.values_list("index", "confirmed")) == [(None, None)]

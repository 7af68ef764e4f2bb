"""The keys that tell who signed twice: how long they live, and that none is ever on a disk."""

import stat
from datetime import timedelta

import pytest

from standwith.supporters import epochs as epochs_module
from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import NoEpoch
from tests.supporters.stand import CAMPAIGN, MORNING

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AMINA = ("amina@example.org", "amina example")


@pytest.fixture
def memory(tmp_path):
    (tmp_path / "keys-in-memory").mkdir()
    return tmp_path / "keys-in-memory"


def tags(epochs, campaign=CAMPAIGN, address=AMINA[0], name=AMINA[1], guarded=False, now=MORNING):
    return epochs.tags(campaign, address, name, guarded=guarded, now=now)


@pytest.mark.parametrize("guarded", [False, True])
def test_tags_tell_people_mailboxes_and_campaigns_apart(guarded):
    epochs = Epochs(None)
    amina, noor = tags(epochs, guarded=guarded), tags(epochs, name="example noor", guarded=guarded)
    elsewhere, other = tags(epochs, address="noor@example.org", guarded=guarded), tags(epochs, "two", guarded=guarded)
    assert amina == tags(epochs, guarded=guarded)
    assert (amina.address, amina.quotas) == (noor.address, noor.quotas)
    assert len({found.person for found in (amina, noor, elsewhere, other)}) == 4
    assert len({found.address for found in (amina, elsewhere, other)}) == 3
    assert len({found.quota for found in (amina, elsewhere, other)}) == 3
    everything = {
        tag for found in (amina, noor, elsewhere, other) for tag in (found.address, found.person, found.quota)
    }
    assert {len(tag) for tag in everything} == {16}
    assert len(everything) == 10


def test_the_key_of_an_open_campaign_outlives_the_clerk(memory):
    memory.rmdir()
    first = tags(Epochs(memory))
    assert tags(Epochs(memory), now=MORNING + 100 * DAY) == first
    assert stat.S_IMODE(memory.stat().st_mode) == 0o700
    [file] = memory.iterdir()
    assert (file.stem, stat.S_IMODE(file.stat().st_mode)) == (CAMPAIGN, 0o600)


def test_without_a_directory_it_does_not(memory):
    first = tags(Epochs(None))
    assert tags(Epochs(None)) != first


@pytest.mark.parametrize("ruin", [lambda file: file.unlink(), lambda file: file.write_text("damaged")])
def test_a_lost_key_begins_a_new_epoch_and_is_told_once(memory, ruin):
    first = tags(Epochs(memory))
    ruin(memory / f"{CAMPAIGN}.key")
    epochs = Epochs(memory)
    second = tags(epochs)
    assert (second.epoch != first.epoch, second.person != first.person) == (True, True)
    assert [epochs.take_begun(), epochs.take_begun()] == [{CAMPAIGN}, set()]
    assert tags(Epochs(memory)) == second


def test_guarded_campaigns_share_a_key_that_lasts_an_hour_and_is_in_no_file(memory):
    epochs = Epochs(memory)
    first = tags(epochs, guarded=True)
    assert epochs.guarded == first.epoch == tags(epochs, "two", guarded=True).epoch
    assert tags(epochs, guarded=True, now=MORNING + HOUR - timedelta(seconds=1)) == first
    second = tags(epochs, guarded=True, now=MORNING + HOUR)
    assert (second.epoch != first.epoch, second.person != first.person) == (True, True)
    assert list(memory.iterdir()) == []
    assert tags(Epochs(memory), guarded=True, now=MORNING).person != first.person


def test_a_guarded_key_ends_though_nobody_signs_any_more():
    epochs = Epochs(None)
    tags(epochs, guarded=True)
    epochs.forget(MORNING + HOUR - timedelta(seconds=1))
    assert epochs.guarded is not None
    epochs.forget(MORNING + HOUR)
    assert epochs.guarded is None
    assert len(epochs.of_quotas) == 1
    epochs.forget(MORNING + 2 * DAY)
    assert epochs.of_quotas == frozenset()


def test_a_clock_that_was_a_day_ahead_keeps_no_key_for_a_day():
    epochs = Epochs(None)
    ahead = tags(epochs, guarded=True, now=MORNING + DAY)
    assert tags(epochs, guarded=True, now=MORNING).epoch != ahead.epoch


def test_a_guarded_address_is_found_for_two_days_by_the_keys_of_its_mails():
    epochs = Epochs(None)
    first = tags(epochs, guarded=True)
    assert list(first.quotas) == [first.quota]
    second = tags(epochs, guarded=True, now=MORNING + DAY)
    assert list(second.quotas) == [second.quota, first.quota]
    third = tags(epochs, guarded=True, now=MORNING + 2 * DAY)
    assert list(third.quotas) == [third.quota, second.quota]
    assert frozenset(third.quotas.values()) == epochs.of_quotas


def test_a_destroyed_key_is_gone_from_memory_and_the_next_is_another(memory):
    epochs = Epochs(memory)
    first = tags(epochs)
    assert [epochs.destroy(CAMPAIGN), epochs.destroy(CAMPAIGN)] == [True, False]
    assert (epochs.living(CAMPAIGN), memory.exists()) == (None, False)
    assert tags(epochs).epoch != first.epoch


def test_a_key_of_an_earlier_clerk_is_destroyed_too(memory):
    tags(Epochs(memory))
    tags(Epochs(memory), "another-cause")
    assert Epochs(memory).destroy(CAMPAIGN)
    assert [file.stem for file in memory.iterdir()] == ["another-cause"]


def test_quotas_live_as_long_as_any_key_of_theirs_whoever_made_it(memory):
    one = tags(Epochs(memory), "one")
    epochs = Epochs(memory)
    two, guarded = tags(epochs, "two"), tags(epochs, "three", guarded=True)
    assert epochs.of_quotas == {one.epoch, two.epoch, *guarded.quotas.values()}


def test_no_campaign_leads_to_another_file(memory):
    epochs = Epochs(memory)
    for campaign in ("../link", "nul\x00", "", "UPPER", "a/b"):
        with pytest.raises(NoEpoch):
            tags(epochs, campaign)


def test_memory_that_is_full_makes_the_key_end_with_the_process(memory, monkeypatch, caplog):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(epochs_module, "write_atomically", full)
    epochs = Epochs(memory)
    assert tags(epochs) == tags(epochs)
    assert (list(memory.iterdir()), "No space left" in caplog.text) == ([], True)


def test_no_key_shows_itself(memory):
    epochs = Epochs(memory)
    tags(epochs)
    tags(epochs, guarded=True)
    secret = (memory / f"{CAMPAIGN}.key").read_text().split()[2]
    assert secret not in f"{vars(epochs)}"


def test_it_opens_in_the_memory_that_the_settings_name(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(epochs_module, "find_memory", lambda *place: asked.append(place))
    tags(Epochs.open(tmp_path, "/run/standwith"))
    assert asked == [(tmp_path, "/run/standwith")]

"""Sealed records: read by index, sealed anew, destroyed; and the tags that an audit may look at."""

import pytest

from standwith.supporters.enter import enter
from standwith.supporters.epochs import Epochs
from standwith.supporters.errors import NoEpoch
from standwith.supporters.records import committed_tags, delete_records, epoch_key, replace_records, sealed_records
from tests.supporters.stand import CAMPAIGN, GUARDED


@pytest.fixture
def five(stand, monkeypatch):
    """Five people with a record each; their invitations."""
    monkeypatch.setattr("standwith.supporters.records.PAGE", 2)
    return [stand.count_in(f"Person {n}", f"person{n}@example.org", record=b"%d" % n) for n in range(5)]


def test_the_records_come_by_index_whatever_the_page(five):
    assert list(sealed_records(CAMPAIGN)) == [(n, b"%d" % n) for n in range(5)]
    assert list(sealed_records("nowhere")) == []


def test_some_records_come_by_index_too(five):
    assert list(sealed_records(CAMPAIGN, [4, 0, 3, 4, 99])) == [(0, b"0"), (3, b"3"), (4, b"4")]
    assert list(sealed_records(CAMPAIGN, [])) == []
    assert list(sealed_records("nowhere", [0])) == []


def test_who_waits_for_the_ledger_has_no_record_to_be_shown(stand, five):
    stand.sign()
    stand.read()
    stand.confirm(stand.asked()[0])
    stand.read()
    assert len(list(sealed_records(CAMPAIGN))) == 5


def test_records_are_sealed_anew_and_those_withdrawn_meanwhile_stay_gone(stand, five):
    stand.withdraw(five[2])
    stand.work()
    assert replace_records((n, b"new %d" % n) for n in range(5)) == 4
    assert list(sealed_records(CAMPAIGN)) == [(n, b"new %d" % n) for n in (0, 1, 3, 4)]


def test_a_rotation_that_breaks_off_changes_nothing(five):
    def broken():
        yield 0, b"new"
        yield 1, b"new"
        yield 2, b"new"
        raise OSError

    with pytest.raises(OSError):
        replace_records(broken())
    assert list(sealed_records(CAMPAIGN)) == [(n, b"%d" % n) for n in range(5)]


def test_destroyed_records_leave_the_number_and_the_right_to_withdraw(stand, five):
    assert [delete_records(CAMPAIGN), delete_records(CAMPAIGN)] == [5, 0]
    assert (list(sealed_records(CAMPAIGN)), list(committed_tags(CAMPAIGN)), stand.confirmed) == ([], [], 5)
    assert replace_records([(0, b"new")]) == 0
    stand.withdraw(five[0])
    stand.work()
    assert stand.confirmed == 4


def test_other_campaigns_keep_their_records(stand, five):
    stand.whisper()
    stand.count_in(campaign=GUARDED)
    enter(stand.now, flush=True)
    delete_records(CAMPAIGN)
    assert len(list(sealed_records(GUARDED))) == 1


def test_tags_say_who_is_the_same_person_in_one_epoch(stand, five):
    """An auditor with the key of a living epoch works them out anew."""
    tags = list(committed_tags(CAMPAIGN))
    assert [index for index, _, _ in tags] == [0, 1, 2, 3, 4]
    assert len({person for _, _, person in tags}) == 5
    again = stand.epochs.tags(CAMPAIGN, "person3@example.org", "3 person", guarded=False, now=stand.now)
    assert tags[3] == (3, again.epoch.hex(), again.person.hex())


def test_the_living_key_of_an_open_campaign_may_be_seen_and_no_other(stand, five):
    stand.whisper()
    stand.count_in(campaign=GUARDED)
    assert epoch_key(CAMPAIGN, Epochs(stand.path / "memory")) == str(stand.epochs.living(CAMPAIGN))
    with pytest.raises(NoEpoch, match="guarded"):
        epoch_key(GUARDED, stand.epochs)
    with pytest.raises(NoEpoch):
        epoch_key("nowhere", stand.epochs)
    stand.epochs.destroy(CAMPAIGN)
    with pytest.raises(NoEpoch):
        epoch_key(CAMPAIGN, stand.epochs)

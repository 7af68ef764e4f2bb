"""Taking signatures out of the number: with a reason, by two people if it is many, and once."""

import subprocess
from datetime import date

import pytest
from django.db import connection

from standwith.ledger.leaf import Reason, campaign_tag, make_void
from standwith.supporters.enter import enter
from standwith.supporters.erase import ALONE, find_codes, look, void
from standwith.supporters.errors import NeedsSecond, NotASignature
from standwith.supporters.models import Removal, Signature
from standwith.supporters.versions import register
from tests.supporters.stand import CAMPAIGN, GUARDED, ORIGIN

ALEX, SAM = "Alex Example", "Sam Example"


def fill(stand, people, **more):
    for number in range(people):
        stand.sign(f"Person {number}", f"person{number}@example.org", **more)
    stand.read()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.work()


def void_some(stand, indexes, reason=Reason.DUPLICATE, by=ALEX, second=None):
    found = void(CAMPAIGN, indexes, reason, by, second, now=stand.now)
    enter(stand.now)
    return found


def test_a_void_takes_the_record_and_the_number_and_says_why(stand):
    fill(stand, 4)
    standing, gone, batch = void_some(stand, [1, 3])
    assert (standing, gone) == ((1, 3), ())
    assert (stand.confirmed, stand.count()) == (2, (4, 0, {Reason.DUPLICATE: 2}))
    assert sorted(Signature.objects.values_list("index", flat=True)) == [0, 2]
    tag = campaign_tag(ORIGIN, CAMPAIGN)
    assert stand.leaves()[4:] == [make_void(tag, index, Reason.DUPLICATE, batch) for index in (1, 3)]


def test_who_decided_is_kept(stand):
    fill(stand, 2)
    first = void_some(stand, [0], Reason.ERASED, by=f" {ALEX} ").batch
    assert void_some(stand, [1], Reason.LEGAL_ORDER, second=SAM).batch == first + 1
    rows = Removal.objects.order_by("batch").values_list("batch", "campaign", "reason", "count", "by", "second", "day")
    today = date(2026, 3, 1)
    assert list(rows) == [(first, CAMPAIGN, 4, 1, ALEX, "", today), (first + 1, CAMPAIGN, 6, 1, ALEX, SAM, today)]


def test_what_is_out_already_is_told_and_nothing_happens_to_it(stand):
    invitation = stand.count_in()
    fill(stand, 2)
    stand.withdraw(invitation)
    stand.work()
    void_some(stand, [1])
    assert void_some(stand, [0, 1, 2])[:2] == ((2,), (0, 1))
    assert void_some(stand, [0, 1, 2]) == ((), (0, 1, 2), 0)
    assert (stand.confirmed, stand.count()) == (0, (3, 1, {Reason.DUPLICATE: 2}))
    assert Removal.objects.count() == 2


def test_named_twice_falls_once(stand):
    fill(stand, 2)
    void_some(stand, [0, 0, 0])
    assert stand.confirmed == 1


@pytest.mark.parametrize("index", [7, 2, -1, 1 << 62])
def test_what_never_was_a_signature_of_the_campaign_is_refused_with_all_others(stand, index):
    """The third leaf is of another campaign."""
    fill(stand, 2)
    register("another-cause", {"en": "d" * 64}, note=None, now=stand.now)
    stand.count_in(campaign="another-cause", text="d" * 64)
    with pytest.raises(NotASignature, match=f"index {index};"):
        void_some(stand, [0, index])
    assert (stand.confirmed, Removal.objects.count(), len(stand.leaves())) == (2, 0, 3)


def test_who_waits_to_be_counted_has_no_index_yet(stand):
    stand.sign()
    stand.read()
    stand.confirm(stand.asked()[0])
    stand.read()
    with pytest.raises(NotASignature):
        void_some(stand, [0])


def test_one_person_alone_removes_a_hundred_and_no_more(stand):
    fill(stand, ALONE + 2)
    everyone = range(ALONE + 2)
    for second in (None, "", "  ", ALEX, " alex  EXAMPLE"):
        with pytest.raises(NeedsSecond):
            void_some(stand, everyone, second=second)
    assert stand.confirmed == ALONE + 2
    void_some(stand, everyone[:ALONE])
    assert stand.confirmed == 2
    with pytest.raises(NeedsSecond, match=f"{ALONE} went today"):
        void_some(stand, everyone)  # all but two are out already, and these two are too many for today
    stand.later(days=1)
    void_some(stand, everyone)
    assert stand.confirmed == 0


def test_two_people_remove_as_many_as_they_name(stand, monkeypatch):
    monkeypatch.setattr("standwith.supporters.rows.PORTION", 7)
    monkeypatch.setattr("standwith.supporters.erase.PORTION", 7)
    fill(stand, ALONE + 2)
    void_some(stand, range(ALONE + 2), second=SAM)
    assert (stand.confirmed, Removal.objects.get().count) == (0, ALONE + 2)


def test_looking_changes_nothing(stand):
    fill(stand, 2)
    void_some(stand, [0])
    assert look(CAMPAIGN, [0, 1]) == ((1,), (0,), 0)
    assert stand.confirmed == 1


def test_who_was_taken_out_cannot_withdraw_twice_and_may_sign_again(stand):
    invitation = stand.count_in()
    void_some(stand, [0], Reason.REQUEST)
    stand.withdraw(invitation)
    stand.work()
    assert stand.count() == (1, 0, {Reason.REQUEST: 1})
    stand.later(days=1)
    stand.count_in()
    assert stand.confirmed == 1


def test_the_sealed_record_is_in_no_file_any_more(stand):
    record = b"a sealed record that shall be gone" * 100
    stand.count_in(record=record)
    assert record[:34] in held()
    void_some(stand, [0], Reason.ERASED)
    assert record[:34] not in held()


def held():
    """The bytes of the database, read by another process: closing the file in this one would drop SQLite's locks."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = connection.settings_dict["NAME"]
    return subprocess.run(["cat", path, f"{path}-wal"], capture_output=True).stdout


def test_codes_are_found_in_the_leaves(stand, monkeypatch):
    monkeypatch.setattr("standwith.supporters.erase.PAGE", 2)
    stand.whisper()
    for number, code in enumerate((b"a" * 16, b"b" * 16, b"a" * 16)):
        stand.count_in(f"Person {number}", f"person{number}@example.org", code=code)
    stand.sign(campaign=GUARDED, code=b"b" * 16)
    stand.read()
    stand.confirm(stand.asked()[0])
    stand.read()
    enter(stand.now, flush=True)
    found = find_codes(CAMPAIGN, [b"a" * 16, b"b" * 16, b"x" * 16])
    assert found == {b"a" * 16: [0, 2], b"b" * 16: [1], b"x" * 16: []}
    assert find_codes(GUARDED, [b"b" * 16]) == {b"b" * 16: [3]}

"""Entering the ledger: open campaigns at once, guarded ones in batches that tell nothing, nobody twice, nobody lost."""

from datetime import timedelta

import pytest
from django.db import connection

from standwith.ledger.errors import NoLog
from standwith.ledger.leaf import CODE, Kind, campaign_tag, make_signature, make_statement, read_leaf, withdraw_hash
from standwith.ledger.models import Lock
from standwith.ledger.rows import queue
from standwith.supporters import enter as enter_module
from standwith.supporters.enter import enter
from standwith.supporters.models import Cursor, Pending, Signature
from standwith.supporters.queries import numbers, waiting
from standwith.supporters.rules import LONGEST_WAIT, SMALLEST_BATCH
from tests.supporters.stand import CAMPAIGN, GUARDED, ORIGIN

HOUR = timedelta(hours=1)


def confirm_all(stand, people, *, campaign=CAMPAIGN, start=0, **more):
    """So many people sign and confirm; nothing enters yet. Returns their codes, in the order of confirmation."""
    codes = [bytes([start + number]) * 16 for number in range(people)]
    for number, code in enumerate(codes, start):
        stand.sign(f"Person {number}", f"person{number}@example.org", campaign=campaign, code=code, **more)
    stand.read()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.read()
    return codes


def entered(stand):
    return [leaf[CODE] for leaf in stand.leaves()]


def test_a_leaf_says_what_the_act_said_and_nothing_else(stand):
    code, commitment, w = b"c" * 16, b"C" * 32, b"w" * 16
    stand.count_in(country="TN", language="ar", code=code, commitment=commitment, w=w)
    assert stand.leaves() == [make_signature(campaign_tag(ORIGIN, CAMPAIGN), code, commitment, withdraw_hash(w), "ZZ")]


def test_open_campaigns_enter_at_once_in_order(stand):
    codes = confirm_all(stand, 3)
    assert waiting(CAMPAIGN) == 3
    assert enter(stand.now) == 3
    assert (entered(stand), waiting(CAMPAIGN)) == (codes, 0)
    assert list(Signature.objects.order_by("pk").values_list("index", flat=True)) == [0, 1, 2]
    assert enter(stand.now) == 0


def test_what_only_the_leaf_needed_is_dropped_from_the_row(stand):
    confirm_all(stand, 1)
    assert bytes(Signature.objects.get().code) == bytes(16)
    enter(stand.now)
    signature = Signature.objects.get()
    assert (signature.code, signature.commitment) == (None, None)
    assert None not in (signature.withdrawal, signature.person, signature.confirmed)


def test_what_was_queued_goes_first(stand):
    leaf = make_statement(Kind.CLOSE, campaign_tag(ORIGIN, CAMPAIGN), None)
    confirm_all(stand, 2)
    queue(leaf)
    assert enter(stand.now) == 3
    assert stand.leaves()[0] == leaf
    assert sorted(Signature.objects.values_list("index", flat=True)) == [1, 2]


def test_numbers_break_down_what_is_in_the_ledger_only(stand):
    confirm_all(stand, 20)
    assert (numbers(CAMPAIGN).confirmed, numbers(CAMPAIGN).by_country) == (0, ())
    enter(stand.now)
    assert (numbers(CAMPAIGN).confirmed, numbers(CAMPAIGN).by_country) == (20, (("FR", 20),))


@pytest.mark.parametrize(("people", "shown"), [(19, "ZZ"), (20, "FR")])
def test_a_country_is_in_a_leaf_from_twenty_in_one_batch_on(stand, people, shown):
    confirm_all(stand, people)
    confirm_all(stand, 3, start=100, country="PL")
    enter(stand.now)
    assert [read_leaf(leaf).country for leaf in stand.leaves()] == [shown] * people + ["ZZ"] * 3


def test_twenty_in_two_batches_are_no_group(stand):
    for start in (0, 100):
        confirm_all(stand, 10, start=start)
        enter(stand.now)
    assert {read_leaf(leaf).country for leaf in stand.leaves()} == {"ZZ"}


def test_guarded_signatures_wait_for_fifteen_others(stand):
    stand.whisper()
    confirm_all(stand, SMALLEST_BATCH - 1, campaign=GUARDED)
    assert (enter(stand.now), waiting(GUARDED)) == (0, 0)
    confirm_all(stand, 1, campaign=GUARDED, start=100)
    assert enter(stand.now) == SMALLEST_BATCH
    assert Cursor.objects.get().guarded_since is None


def test_the_fifteen_may_be_of_another_guarded_campaign_but_not_of_an_open_one(stand):
    from standwith.supporters.versions import register

    stand.whisper()
    register("another-whisper", {"en": "e" * 64}, note=None, now=stand.now, guarded=True)
    confirm_all(stand, 20)
    confirm_all(stand, 8, campaign=GUARDED)
    assert enter(stand.now) == 20
    confirm_all(stand, 8, campaign="another-whisper", text="e" * 64, country="")
    assert enter(stand.now) == 16
    assert (stand.count(GUARDED).number, stand.count("another-whisper").number) == (8, 8)


def test_guarded_signatures_wait_an_hour_at_most(stand):
    stand.whisper()
    confirm_all(stand, 3, campaign=GUARDED)
    started = stand.now
    assert enter(stand.now) == 0
    assert enter(stand.later(minutes=59)) == 0
    confirm_all(stand, 1, campaign=GUARDED, start=100)
    assert enter(stand.now) == 0
    assert enter(started + LONGEST_WAIT) == 4
    assert Cursor.objects.get().guarded_since is None
    confirm_all(stand, 1, campaign=GUARDED, start=200)
    assert enter(stand.later(hours=5)) == 0  # the hour begins when somebody waits


def test_what_waits_is_forgotten_with_whoever_takes_it_back(stand):
    stand.whisper()
    confirm_all(stand, 1, campaign=GUARDED, w=b"w" * 16)
    enter(stand.now)
    stand.take_back(b"w" * 16, GUARDED)
    stand.read()
    assert enter(stand.later(minutes=30)) == 0
    assert Cursor.objects.get().guarded_since is None


def test_a_clock_that_was_set_back_holds_nobody_up(stand):
    stand.whisper()
    confirm_all(stand, 1, campaign=GUARDED)
    assert enter(stand.now) == 0
    assert enter(stand.now - timedelta(days=1)) == 1


def test_nothing_tells_in_which_order_guarded_people_confirmed(stand, monkeypatch):
    """Neither the leaves nor the rows, nor their numbers; nor does any column hold a day."""
    stand.whisper()
    monkeypatch.setattr(enter_module, "shuffle", lambda waiting: waiting.reverse())
    codes = confirm_all(stand, SMALLEST_BATCH, campaign=GUARDED)
    before = set(Signature.objects.values_list("pk", flat=True))
    enter(stand.now)
    assert entered(stand) == codes[::-1]
    rows = list(Signature.objects.order_by("pk").values_list("pk", "index", "confirmed", "country"))
    assert [row[1:] for row in rows] == [(index, None, "") for index in range(SMALLEST_BATCH)]
    assert not before & {row[0] for row in rows}


def test_the_shuffle_is_one(stand):
    stand.whisper()
    codes = confirm_all(stand, 40, campaign=GUARDED)
    enter(stand.now)
    assert sorted(entered(stand)) == codes
    assert entered(stand) != codes


def test_each_record_stays_with_its_leaf(stand):
    stand.whisper()
    for number in range(SMALLEST_BATCH):
        more = {"code": bytes([number]) * 16, "record": b"record %d" % number, "campaign": GUARDED}
        stand.sign(f"Person {number}", f"person{number}@example.org", **more)
    stand.read()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.work()
    for signature in Signature.objects.all():
        number = stand.leaves()[signature.index][CODE][0]
        assert bytes(signature.record) == b"record %d" % number


def test_in_haste_nobody_waits_for_others(stand):
    stand.whisper()
    confirm_all(stand, 2, campaign=GUARDED)
    assert enter(stand.now, flush=True) == 2


class Killed(BaseException):
    """Stands for kill -9: nothing catches it."""


@pytest.mark.parametrize("campaign", [CAMPAIGN, GUARDED])
def test_killed_at_any_statement_nobody_is_lost_and_nobody_enters_twice(stand, campaign):
    stand.whisper()
    codes = confirm_all(stand, SMALLEST_BATCH, campaign=campaign)
    queue(make_statement(Kind.CLOSE, campaign_tag(ORIGIN, CAMPAIGN), None))
    for statement in range(30):
        left = [statement]

        def wrapper(execute, sql, params, many, context, left=left):
            left[0] -= 1
            if left[0] < 0 and not sql.startswith(("ROLLBACK", "SAVEPOINT", "RELEASE")):
                raise Killed
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(wrapper):
                enter(stand.now)
        except Killed:
            assert stand.leaves() == []
            assert Signature.objects.filter(index__isnull=True).count() == SMALLEST_BATCH
            continue
        break
    assert statement > 5
    assert (sorted(entered(stand)[1:]), stand.count(campaign).number) == (codes, SMALLEST_BATCH)


def test_without_a_ledger_nobody_is_counted_and_nobody_is_lost(stand):
    Lock.objects.all().delete()
    confirm_all(stand, 1)
    with pytest.raises(NoLog):
        enter(stand.now)
    assert (Signature.objects.count(), Pending.objects.count()) == (1, 0)


def test_more_than_fits_into_one_call_enters_with_the_next(stand, monkeypatch):
    monkeypatch.setattr(enter_module, "AT_ONCE", 4)
    codes = confirm_all(stand, 10)
    assert [enter(stand.now) for _ in range(4)] == [4, 4, 2, 0]
    assert entered(stand) == codes

"""What time does: reminders, oblivion, and keys that die."""

from datetime import timedelta

import pytest

from standwith.mail.models import Spooled, State
from standwith.supporters.expire import end_epochs, expire, keep_keys, needed_keys, remind
from standwith.supporters.models import MailQuota, Pending, Signature
from standwith.supporters.work import work
from tests.supporters.stand import GUARDED, MORNING

DAY = timedelta(days=1)


def sent(**more):
    Spooled.objects.filter(state=State.WAITING, **more).update(state=State.SENT, settled=MORNING, sealed=b"", key="")


def test_one_reminder_after_a_day(stand):
    stand.sign()
    stand.work()
    sent()
    assert remind(stand.later(hours=23)) == 0
    assert remind(stand.later(hours=1)) == 1
    assert remind(stand.later(hours=1)) == 0
    letter = Spooled.objects.get(kind="reminder")
    assert (letter.due, stand.opened(letter)) == (MORNING + DAY, stand.asked()[0])
    assert MailQuota.objects.get().mails == 2


@pytest.mark.parametrize("fate", [State.WAITING, State.REFUSED, State.PAUSED, State.DROPPED])
def test_nobody_is_reminded_of_a_letter_that_never_left(stand, fate):
    stand.sign()
    stand.work()
    Spooled.objects.update(state=fate)
    assert remind(stand.later(days=1)) == 0


def test_nobody_is_reminded_who_confirmed(stand):
    stand.count_in()
    assert remind(stand.later(days=1)) == 0


def test_nobody_is_reminded_on_the_day_of_another_mail(stand):
    stand.sign("Amina Example")
    stand.sign("Noor Example")
    stand.work()
    sent()
    assert remind(stand.later(days=1)) == 0


def test_nobody_is_reminded_so_late_that_they_cannot_answer(stand):
    stand.sign()
    stand.work()
    sent()
    assert remind(stand.later(hours=47, minutes=30)) == 0


def test_two_days_and_it_is_as_if_nothing_had_been(stand):
    stand.sign()
    stand.work()
    stand.later(hours=47, minutes=59)
    stand.work()
    assert expire(stand.now) == 0
    stand.later(minutes=1)
    stand.work()
    assert expire(stand.now) == 1
    assert (Pending.objects.count(), Spooled.objects.count(), stand.confirmed) == (0, 0, 0)


def test_forgetting_waits_until_the_clerk_has_read_everything(stand):
    stand.sign()
    stand.work()
    stand.later(days=3)
    assert expire(stand.now) == 0
    stand.work()
    assert expire(stand.now) == 1


def test_a_batch_that_is_not_the_last_does_not_mean_that_all_was_read(stand):
    stand.sign()
    stand.work()
    stand.later(days=3)
    stand.sign("Noor Example", "noor@example.org")
    stand.sign("Ivan Example", "ivan@example.org")
    stand.confirm(stand.asked()[0])
    assert work(stand.journal, stand.keys, stand.epochs, stand.now, 2) == 2
    assert expire(stand.now) == 0
    stand.work()
    assert stand.confirmed == 1


def test_forgetting_goes_in_portions(stand):
    for number in range(5):
        stand.sign(f"Person {number}", f"person{number}@example.org")
    stand.work()
    stand.later(days=2)
    stand.work()
    assert [expire(stand.now, 2) for _ in range(4)] == [2, 2, 1, 0]


def test_a_key_lives_as_long_as_something_waits_and_not_longer(stand):
    first = stand.keys.current
    stand.sign()
    stand.work()
    assert needed_keys() == {first}
    stand.later(hours=26)
    assert keep_keys(stand.keys, stand.now) == []
    assert stand.keys.current != first
    stand.later(minutes=30)
    stand.confirm(stand.asked()[0])
    stand.work()
    assert keep_keys(stand.keys, stand.now) == []  # somebody may still seal to a key that was retired half an hour ago
    stand.later(minutes=30)
    stand.work()
    assert keep_keys(stand.keys, stand.now) == [first]
    assert not list((stand.path / "keys" / "clerk").glob(f"*{first}*"))


def test_a_key_that_unread_acts_need_stays(stand):
    first = stand.keys.current
    stand.work()
    late = stand.signature("Amina Example", "amina@example.org")
    keep_keys(stand.keys, stand.later(days=2))
    stand.journal.append([late])
    assert keep_keys(stand.keys, stand.later(days=10)) == []
    stand.work()
    assert len(stand.asked()) == 1
    assert first in keep_keys(stand.keys, stand.later(hours=2))


def test_no_key_outlives_its_retirement_by_more_than_49_hours(stand):
    first = stand.keys.current
    stand.sign()
    stand.work()
    keep_keys(stand.keys, stand.later(hours=24))
    retired = stand.now
    for _ in range(49):
        stand.later(hours=1)
        stand.work()
        destroyed = keep_keys(stand.keys, stand.now)
        if first in destroyed:
            break
    assert (first in destroyed, stand.now - retired) == (True, timedelta(hours=49))
    assert expire(stand.now) == 1


def tags():
    rows = Signature.objects.order_by("pk").values_list("epoch", "address", "person")
    return [None not in row if any(row) else None for row in rows]


def test_tags_of_guarded_signatures_go_with_their_hour_and_those_of_open_ones_stay(stand):
    stand.whisper()
    stand.count_in()
    stand.sign("Noor Example", "noor@example.org", campaign=GUARDED)
    stand.read()
    stand.confirm(stand.asked()[0])
    stand.work()
    end_epochs(stand.epochs, stand.later(minutes=59))
    assert tags() == [True, True]
    end_epochs(stand.epochs, stand.later(minutes=1))
    assert tags() == [True, None]
    stand.later(minutes=1)
    stand.work()
    assert stand.count(GUARDED).number == 1


def test_after_a_restart_no_tag_of_an_earlier_hour_is_left(stand):
    stand.whisper()
    stand.sign(campaign=GUARDED)
    stand.read()
    stand.confirm(stand.asked()[0])
    stand.read()
    assert tags() == [True]
    stand.start_clerk()
    end_epochs(stand.epochs, stand.now)
    assert tags() == [None]


def test_quotas_of_guarded_campaigns_are_forgotten_after_two_days_and_those_of_open_ones_stay(stand):
    stand.whisper()
    stand.sign()
    stand.sign(campaign=GUARDED)
    stand.work()
    for hours, left in ((0, 2), (47, 2), (48, 1), (1000, 1)):
        end_epochs(stand.epochs, MORNING + timedelta(hours=hours))
        assert MailQuota.objects.count() == left


def test_a_guarded_reminder_counts_as_a_mail_of_its_day(stand):
    """The key that tells the address has changed meanwhile."""
    stand.whisper()
    stand.sign(campaign=GUARDED)
    stand.work()
    sent()
    stand.later(hours=24)
    assert remind(stand.now) == 1
    stand.sign(campaign=GUARDED)
    stand.work()
    assert sorted(Spooled.objects.values_list("kind", "due")) == [
        ("confirmation", MORNING),
        ("confirmation", MORNING + 2 * DAY),
        ("reminder", MORNING + DAY),
    ]


def test_a_mail_of_another_day_leaves_no_room_for_a_guarded_reminder(stand):
    stand.whisper()
    stand.sign(campaign=GUARDED)
    stand.work()
    sent()
    stand.later(hours=24)
    stand.sign(campaign=GUARDED)
    stand.work()
    assert remind(stand.now) == 0

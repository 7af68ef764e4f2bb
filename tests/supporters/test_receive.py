"""A signature act: kept, and asked about, as often as an address may be written to."""

from datetime import timedelta

import pytest

from standwith.mail.models import Spooled
from standwith.supporters.block import block
from standwith.supporters.models import MailQuota, Pending
from standwith.supporters.rules import LIFE, LINK_LIFE
from tests.supporters.stand import CAMPAIGN, MORNING, RECORD, TEXTS

DAY = timedelta(days=1)


def dues():
    return sorted(Spooled.objects.values_list("due", flat=True))


def test_an_act_waits_for_two_days_and_its_letter_goes_at_once(stand):
    stand.sign(country="TN", language="fr")
    stand.work()
    [pending], [letter] = Pending.objects.all(), Spooled.objects.all()
    assert (pending.country, pending.text.digest, bytes(pending.record)) == (
        "TN",
        TEXTS["fr"],
        RECORD,
    )
    assert (pending.expires, pending.remind) == (MORNING + LIFE, MORNING + DAY)
    assert (letter.stream, letter.kind, letter.due) == ("confirmations", "confirmation", MORNING)
    assert stand.opened(letter) == stand.opened(pending)
    assert LINK_LIFE < LIFE


def test_a_form_posted_ten_thousand_times_is_one_mail_a_day_and_three_in_all(stand):
    posts = [
        stand.signature(f"Amina {number % 500}", f"a.m.i.n.a+{number % 7}@gmail.com") for number in range(1000)
    ] + [stand.signature("Amina Example", "AMINA@googlemail.com")] * 1500
    for _ in range(4):
        stand.journal.append(posts)
        stand.work()
        stand.later(hours=25)
    assert len(posts) * 4 == 10_000
    assert dues() == [MORNING, MORNING + DAY, MORNING + 2 * DAY]
    assert MailQuota.objects.get().mails == 3


def test_posting_again_on_the_same_day_sends_nothing(stand):
    stand.sign()
    stand.work()
    stand.later(hours=23)
    stand.sign()
    stand.work()
    assert (Pending.objects.count(), Spooled.objects.count()) == (1, 1)


def test_a_quota_outlives_its_act_and_tells_no_more_than_the_hour(stand):
    stand.later(minutes=40, seconds=7, microseconds=9)
    stand.sign()
    stand.work()
    assert MailQuota.objects.get().latest == MORNING
    stand.later(minutes=5)
    stand.sign()
    stand.sign("Noor Example")
    stand.work()
    assert dues() == [MORNING + timedelta(minutes=40, seconds=7, microseconds=9), MORNING + DAY]
    assert (MailQuota.objects.get().mails, MailQuota.objects.get().latest) == (2, MORNING + DAY)


def test_after_a_day_a_new_mail_is_sent_and_both_links_are_good(stand):
    stand.sign()
    stand.work()
    stand.later(hours=25)
    stand.sign()
    stand.work()
    first, second = stand.asked()
    assert dues() == [MORNING, stand.now]
    assert first.link != second.link
    assert first.withdrawal == second.withdrawal
    stand.confirm(first)
    stand.confirm(second)
    stand.work()
    assert stand.confirmed == 1


def test_a_second_person_at_the_address_waits_for_tomorrows_mail(stand):
    stand.sign("Amina Example")
    stand.sign("Noor Example")
    stand.work()
    assert dues() == [MORNING, MORNING + DAY]
    waiting = Pending.objects.order_by("pk")
    assert [pending.remind for pending in waiting] == [MORNING + DAY, None]
    assert [pending.expires for pending in waiting] == [MORNING + LIFE] * 2


def test_a_third_person_on_one_day_could_not_answer_in_time(stand):
    for name in ("Amina Example", "Noor Example", "Ivan Example"):
        stand.sign(name)
    stand.work()
    assert Pending.objects.count() == 2


def test_who_has_signed_gets_no_other_mail(stand):
    stand.count_in()
    stand.later(days=3)
    stand.sign("EXAMPLE, Amina", "Amina+again@example.org")
    stand.work()
    assert Pending.objects.count() == 0
    assert stand.confirmed == 1


def test_two_names_at_an_address_count_and_a_third_is_not_even_asked(stand):
    for number, name in enumerate(("Amina Example", "Noor Example", "Ivan Example")):
        stand.sign(name)
        stand.work()
        assert len(stand.asked()) == (number < 2)
        for invitation in stand.asked():
            stand.confirm(invitation)
        stand.later(days=2)
        stand.work()
    assert stand.confirmed == 2


def test_one_address_may_sign_two_campaigns_on_one_day(stand):
    from standwith.supporters.versions import register

    register("another-cause", {"en": "d" * 64}, note=None, now=MORNING)
    stand.sign()
    stand.sign(campaign="another-cause", text="d" * 64)
    stand.work()
    assert dues() == [MORNING, MORNING]
    tags = {bytes(pending.address) for pending in Pending.objects.all()}
    assert len(tags) == 2


def test_who_asked_never_to_be_written_to_is_not(stand):
    block(["amina@gmail.com"], stand.keys, MORNING)
    stand.sign("Amina Example", "a.mina+x@googlemail.com")
    stand.sign("Noor Example", "noor@gmail.com")
    stand.work()
    assert [invitation.address for invitation in stand.asked()] == ["noor@gmail.com"]


def test_a_hall_of_500_people_can_all_sign(stand):
    for number in range(500):
        stand.sign(f"Person {number}", f"person{number}@example.org")
    assert stand.work() == 500
    assert dues() == [MORNING] * 500


def test_a_contact_sealed_to_yesterdays_key_is_read(stand):
    late = stand.signature("Amina Example", "amina@example.org")
    assert stand.keys.rotate(stand.later(hours=25))
    stand.journal.append([late])
    stand.work()
    assert Pending.objects.get().key == stand.keys.current


@pytest.mark.parametrize("name", ["O'Neill", "李", "Ó", "x" * 200, "=1+1", "<b>Bold</b>", "{{ 7*7 }}", "\u202eevil"])
def test_any_name_can_sign_and_none_is_in_the_letter(stand, name):
    stand.sign(name)
    stand.work()
    [invitation] = stand.asked()
    assert all(name not in str(field) or len(name) == 1 for field in invitation.__struct_fields__)
    assert invitation.campaign == CAMPAIGN

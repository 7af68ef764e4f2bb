"""A signature act: kept, and asked about, as often as an address may be written to."""

from datetime import timedelta

import pytest

from standwith.ledger.leaf import withdraw_hash
from standwith.mail.models import Spooled
from standwith.sealing.codes import write_code
from standwith.sealing.tokens import check_confirmation_token, check_withdrawal_token, middle_of
from standwith.supporters.block import block
from standwith.supporters.expire import end_epochs
from standwith.supporters.models import MailQuota, Pending
from standwith.supporters.rules import LIFE, LINK_LIFE
from tests.supporters.stand import CAMPAIGN, GUARDED, MORNING, RECORD, TEXTS

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


def test_the_act_waits_with_what_its_leaf_will_say(stand):
    stand.sign(code=b"c" * 16, commitment=b"C" * 32, w=b"w" * 16)
    stand.work()
    pending = Pending.objects.get()
    found = tuple(map(bytes, (pending.code, pending.commitment, pending.withdrawal)))
    assert found == (b"c" * 16, b"C" * 32, withdraw_hash(b"w" * 16))
    [invitation] = stand.asked()
    assert invitation.recognition == write_code(b"c" * 16)
    assert check_withdrawal_token(stand.keys.link_key, CAMPAIGN, invitation.withdrawal) == b"w" * 16
    link = check_confirmation_token(stand.keys.link_key, CAMPAIGN, invitation.link, MORNING)
    assert middle_of(link) == b"c" * 16


def test_a_second_letter_holds_the_withdrawal_of_the_first_and_its_own_code(stand):
    stand.sign(w=b"1" * 16, code=b"1" * 16)
    stand.work()
    stand.later(hours=25)
    stand.sign(w=b"2" * 16, code=b"2" * 16)
    stand.work()
    first, second = stand.asked()
    assert (first.withdrawal == second.withdrawal, first.recognition == second.recognition) == (True, False)
    assert {bytes(pending.withdrawal) for pending in Pending.objects.all()} == {withdraw_hash(b"1" * 16)}


def test_where_the_first_letter_cannot_be_read_any_more_the_second_has_its_own(stand):
    stand.sign(w=b"1" * 16)
    stand.work()
    Pending.objects.update(envelope=b"damaged")
    stand.later(hours=25)
    stand.sign(w=b"2" * 16)
    stand.work()
    second = stand.opened(Pending.objects.order_by("pk").last())
    assert check_withdrawal_token(stand.keys.link_key, CAMPAIGN, second.withdrawal) == b"2" * 16


def test_many_may_sign_from_one_open_page_with_one_code(stand):
    for number in range(30):
        stand.sign(f"Person {number}", f"person{number}@example.org", code=b"c" * 16)
    stand.work()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.work()
    assert stand.confirmed == 30


def test_a_guarded_act_tells_nothing_by_its_letter_and_keeps_no_country(stand):
    stand.whisper()
    stand.sign(campaign=GUARDED, code=b"c" * 16)
    stand.work()
    [invitation] = stand.asked()
    assert (invitation.profile, invitation.withdrawal, invitation.recognition) == ("guarded", "", "")
    assert middle_of(check_confirmation_token(stand.keys.link_key, GUARDED, invitation.link, MORNING)) != b"c" * 16
    assert Pending.objects.get().country == ""


@pytest.mark.parametrize("campaign", [CAMPAIGN, GUARDED])
def test_an_address_posted_every_hour_for_days_gets_one_mail_a_day(stand, campaign):
    """Over the changes of the hourly key and of the daily one."""
    stand.whisper()
    for _ in range(100):
        stand.sign(campaign=campaign)
        stand.work()
        end_epochs(stand.epochs, stand.later(hours=2))
    assert dues() == [MORNING, MORNING + DAY, MORNING + 2 * DAY]


def test_two_guarded_campaigns_are_two_mails(stand):
    from standwith.supporters.versions import register

    stand.whisper()
    register("another-whisper", TEXTS, note=None, now=stand.now, guarded=True)
    stand.sign(campaign=GUARDED)
    stand.sign(campaign="another-whisper", country="")
    stand.work()
    assert dues() == [MORNING, MORNING]

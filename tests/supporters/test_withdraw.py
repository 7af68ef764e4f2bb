"""Withdrawing: from any mail, at any time, once."""

import pytest

from standwith.mail.models import Spooled
from standwith.supporters.models import Pending, Signature, Tally


def test_withdrawing_takes_the_record_and_the_number(stand):
    invitation = stand.count_in()
    stand.count_in("Noor Example", "noor@example.org")
    stand.withdraw(invitation)
    stand.work()
    assert (stand.confirmed, Signature.objects.count()) == (1, 1)


@pytest.mark.parametrize("batch", [1, 100])
def test_withdrawing_twice_takes_one(stand, batch):
    invitation = stand.count_in()
    stand.count_in("Noor Example", "noor@example.org")
    stand.withdraw(invitation)
    stand.withdraw(invitation)
    stand.work(batch)
    assert stand.confirmed == 1


def test_what_waits_is_withdrawn_with_its_letter(stand):
    stand.sign()
    stand.work()
    stand.withdraw(stand.asked()[0])
    stand.work()
    assert (Pending.objects.count(), Spooled.objects.count(), stand.confirmed) == (0, 0, 0)


def test_the_link_of_an_older_mail_withdraws_too(stand):
    stand.sign()
    stand.work()
    [first] = stand.asked()
    stand.later(hours=25)
    stand.sign()
    stand.work()
    stand.confirm(stand.asked()[1])
    stand.work()
    assert stand.confirmed == 1
    stand.withdraw(first)
    stand.work()
    assert stand.confirmed == 0


def test_a_withdrawal_for_another_campaign_takes_nothing(stand):
    invitation = stand.count_in()
    stand.withdraw(invitation, campaign="another-cause")
    stand.work()
    assert stand.confirmed == 1


def test_who_withdrew_may_sign_again(stand):
    stand.withdraw(stand.count_in())
    stand.later(days=1)
    stand.count_in()
    assert stand.confirmed == 1


def test_one_of_two_at_an_address_withdraws_and_another_may_come(stand):
    first = stand.count_in("Amina Example")
    stand.later(days=1)
    stand.count_in("Noor Example")
    stand.withdraw(first)
    stand.later(days=1)
    stand.work()
    stand.count_in("Ivan Example")
    assert stand.confirmed == 2


def test_the_number_never_falls_below_zero(stand):
    invitation = stand.count_in()
    Tally.objects.update(number=0)
    stand.withdraw(invitation)
    stand.work()
    assert Tally.objects.get().number == 0


@pytest.mark.parametrize("batch", [1, 100])
def test_confirmed_and_withdrawn_at_once_is_withdrawn(stand, batch):
    stand.sign()
    stand.work()
    [invitation] = stand.asked()
    stand.confirm(invitation)
    stand.withdraw(invitation)
    stand.work(batch)
    assert (stand.confirmed, Signature.objects.count(), Pending.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("batch", [1, 100])
def test_signed_again_and_withdrawn_by_the_old_link_leaves_no_letter(stand, batch):
    invitation = stand.count_in()
    stand.withdraw(invitation)
    stand.work()
    stand.later(days=2)
    stand.sign()
    stand.withdraw(invitation)
    stand.work(batch)
    assert (Pending.objects.count(), Spooled.objects.count()) == (0, 0)


@pytest.mark.parametrize("batch", [1, 100])
def test_who_withdraws_makes_room_for_others_at_the_address(stand, batch):
    amina = stand.count_in("Amina Example")
    stand.later(days=1)
    stand.sign("Noor Example")
    stand.sign("Ivan Example")
    stand.work()
    noor, ivan = stand.asked()
    stand.withdraw(amina)
    stand.confirm(noor)
    stand.confirm(ivan)
    stand.work(batch)
    assert stand.confirmed == 2

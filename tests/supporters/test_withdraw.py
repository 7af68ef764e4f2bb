"""Withdrawing: from any mail, at any time, once."""

import pytest

from standwith.ledger.leaf import campaign_tag, make_withdrawal
from standwith.mail.models import Spooled
from standwith.sealing.tokens import check_withdrawal_token
from standwith.supporters.models import Pending, Signature, Tally
from tests.supporters.stand import CAMPAIGN, ORIGIN


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
def test_every_signature_has_a_link_of_its_own(stand, batch):
    """Who withdrew and signed again withdraws by the new mail; the old one says the same friendly thing."""
    old = stand.count_in()
    stand.withdraw(old)
    stand.work()
    stand.later(days=2)
    new = stand.count_in()
    assert new.withdrawal != old.withdrawal
    stand.withdraw(old)
    stand.work(batch)
    assert stand.confirmed == 1
    stand.withdraw(new)
    stand.work(batch)
    assert stand.confirmed == 0


def test_what_is_in_the_ledger_is_taken_out_by_a_leaf_that_shows_w(stand):
    stand.count_in("Noor Example", "noor@example.org")
    invitation = stand.count_in()
    w = check_withdrawal_token(stand.keys.link_key, CAMPAIGN, invitation.withdrawal)
    stand.withdraw(invitation)
    stand.work()
    tag = campaign_tag(ORIGIN, CAMPAIGN)
    assert stand.leaves()[2:] == [make_withdrawal(tag, 1, w)]
    assert stand.count() == (2, 1, {})


def test_what_is_not_yet_in_the_ledger_leaves_no_trace_there(stand):
    stand.sign()
    stand.read()
    [invitation] = stand.asked()
    stand.confirm(invitation)
    stand.read()
    assert Signature.objects.get().index is None
    stand.withdraw(invitation)
    stand.work()
    assert (stand.leaves(), Signature.objects.count(), stand.confirmed) == ([], 0, 0)


def test_nobody_withdraws_with_what_they_made_up(stand):
    stand.count_in()
    stand.take_back(bytes(16))
    stand.work()
    assert stand.confirmed == 1


@pytest.mark.parametrize("batch", [1, 100])
def test_of_two_acts_that_one_secret_would_withdraw_one_counts(stand, batch):
    """No form of ours sends that, but nothing in the journal may stop the clerk."""
    w = b"w" * 16
    stand.sign("Amina Example", "amina@example.org", w=w)
    stand.sign("Noor Example", "noor@example.org", w=w)
    stand.work()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.work(batch)
    assert (stand.confirmed, Signature.objects.count(), Pending.objects.count()) == (1, 1, 0)


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

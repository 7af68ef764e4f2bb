"""Confirming: once, by link or code, early or late, twice or never."""

import pytest

from standwith.mail.models import Spooled, State
from standwith.supporters.expire import expire
from standwith.supporters.models import Pending, Signature
from standwith.supporters.queries import numbers
from tests.supporters.stand import CAMPAIGN, GUARDED, MORNING


@pytest.mark.parametrize("by", ["link", "code"])
def test_link_and_code_are_as_good(stand, by):
    stand.sign()
    stand.work()
    stand.confirm(stand.asked()[0], by)
    stand.work()
    assert stand.confirmed == 1
    assert Signature.objects.get().confirmed == MORNING.date()


def test_confirming_takes_the_contact_away(stand):
    stand.count_in()
    assert Pending.objects.count() == 0
    assert Spooled.objects.exclude(state=State.SENT).count() == 0


@pytest.mark.parametrize("batch", [1, 100])
def test_confirming_twice_counts_once(stand, batch):
    stand.sign()
    stand.work()
    [invitation] = stand.asked()
    for by in ("link", "code", "link"):
        stand.confirm(invitation, by)
    stand.work(batch)
    assert stand.confirmed == 1


def test_a_confirmation_of_another_campaign_confirms_nothing(stand):
    stand.sign()
    stand.work()
    stand.confirm(stand.asked()[0], campaign="another-cause")
    stand.work()
    assert (stand.confirmed, Pending.objects.count()) == (0, 1)


@pytest.mark.parametrize("batch", [1, 100])
def test_confirming_after_withdrawing_counts_nothing(stand, batch):
    stand.sign()
    stand.work()
    [invitation] = stand.asked()
    stand.withdraw(invitation)
    stand.confirm(invitation)
    stand.work(batch)
    assert (stand.confirmed, Pending.objects.count()) == (0, 0)


def test_confirming_what_was_forgotten_counts_nothing(stand):
    stand.sign()
    stand.work()
    [invitation] = stand.asked()
    stand.later(hours=49)
    stand.work()
    assert expire(stand.now) == 1
    stand.confirm(invitation)
    stand.work()
    assert stand.confirmed == 0


def test_what_was_taken_in_time_counts_even_if_the_clerk_was_away(stand):
    stand.sign()
    stand.work()
    stand.confirm(stand.asked()[0])
    stand.later(hours=60)
    assert expire(stand.now) == 0
    stand.work()
    assert expire(stand.now) == 0
    assert stand.confirmed == 1


@pytest.mark.parametrize("batch", [1, 100])
def test_of_three_names_at_an_address_the_first_two_to_confirm_count(stand, batch):
    for name in ("Amina Example", "Noor Example"):
        stand.sign(name)
    stand.work()
    stand.later(hours=47)
    stand.sign("Ivan Example")
    stand.work()
    amina, noor, ivan = stand.asked()
    for invitation in (ivan, amina, noor):
        stand.confirm(invitation)
    stand.work(batch)
    assert stand.confirmed == 2
    stand.withdraw(noor)
    stand.work()
    assert stand.confirmed == 2


def test_when_two_names_count_the_others_at_the_address_are_forgotten(stand):
    stand.count_in("Amina Example")
    stand.later(days=1)
    stand.sign("Noor Example")
    stand.sign("Ivan Example")
    stand.work()
    noor, _ = stand.asked()
    stand.confirm(noor)
    stand.work()
    assert (stand.confirmed, Pending.objects.count(), Spooled.objects.count()) == (2, 0, 0)


def test_people_are_counted_by_text_and_country(stand):
    for number in range(20):
        stand.count_in(f"Person {number}", f"person{number}@example.org", country="FR", language="fr")
    stand.count_in("Amina Example", "amina@example.org", country="TN", language="ar")
    found = numbers(CAMPAIGN)
    assert (found.confirmed, found.countries) == (21, 2)
    assert found.by_country == (("FR", 20),)
    [version] = found.by_version
    assert (version.number, version.count, version.note, version.published) == (1, 21, "", MORNING.date())


def confirm_all(stand):
    stand.read()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.read()


def test_code_and_commitment_go_along(stand):
    stand.sign(code=b"c" * 16, commitment=b"C" * 32)
    confirm_all(stand)
    signature = Signature.objects.get()
    assert (bytes(signature.code), bytes(signature.commitment), signature.index) == (b"c" * 16, b"C" * 32, None)


def test_a_guarded_signature_has_no_day_and_no_country(stand):
    stand.whisper()
    stand.sign(campaign=GUARDED)
    confirm_all(stand)
    assert Signature.objects.values_list("confirmed", "country").get() == (None, "")


def test_of_two_guarded_acts_in_one_hour_one_counts_and_of_two_in_two_hours_both(stand):
    """The second is for the custodians to find: the key of the hour is gone."""
    stand.whisper()
    stand.sign(campaign=GUARDED)
    confirm_all(stand)
    stand.later(minutes=30)
    stand.sign("EXAMPLE, amina", "Amina+x@example.org", campaign=GUARDED)
    confirm_all(stand)
    assert Signature.objects.count() == 1
    stand.later(minutes=31)
    stand.sign(campaign=GUARDED)
    confirm_all(stand)
    assert Signature.objects.count() == 2


def test_a_guarded_code_is_as_good_as_a_link(stand):
    stand.whisper()
    stand.sign(campaign=GUARDED)
    stand.read()
    stand.confirm(stand.asked()[0], "code")
    stand.read()
    assert Signature.objects.count() == 1

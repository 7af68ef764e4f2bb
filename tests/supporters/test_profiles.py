"""Open or guarded: what the page promised when people signed stays so."""

import pytest

from standwith.supporters.close import Closing
from standwith.supporters.errors import ProfileFixed
from standwith.supporters.models import Pending
from standwith.supporters.profiles import Profile, profiles
from standwith.supporters.versions import register
from tests.supporters.stand import CAMPAIGN, GUARDED, TEXTS


def publish(stand, campaign, guarded):
    register(campaign, TEXTS, note=None, now=stand.now, guarded=guarded)


def test_profiles_of_those_that_are_known(stand):
    stand.whisper()
    Closing.objects.create(campaign=GUARDED, since=stand.now)
    found = profiles([CAMPAIGN, GUARDED, "nowhere"])
    assert found == {CAMPAIGN: Profile(), GUARDED: Profile(guarded=True, closed=True)}


def test_until_somebody_signs_a_profile_may_change(stand):
    publish(stand, CAMPAIGN, guarded=True)
    publish(stand, CAMPAIGN, guarded=True)
    assert profiles([CAMPAIGN])[CAMPAIGN].guarded
    publish(stand, CAMPAIGN, guarded=False)
    assert not profiles([CAMPAIGN])[CAMPAIGN].guarded


@pytest.mark.parametrize(("campaign", "words"), [(CAMPAIGN, "while it was open"), (GUARDED, "while it was guarded")])
def test_after_that_it_may_not(stand, campaign, words):
    stand.whisper()
    stand.sign(campaign=campaign)
    stand.work()
    guarded = campaign == GUARDED
    publish(stand, campaign, guarded)
    with pytest.raises(ProfileFixed, match=f"{words}.*another id"):
        publish(stand, campaign, not guarded)
    assert profiles([campaign])[campaign].guarded is guarded


def test_a_guarded_campaign_keeps_no_country_whatever_a_form_sends(stand):
    stand.whisper()
    stand.sign(campaign=GUARDED, country="FR")
    stand.work()
    assert Pending.objects.get().country == ""


def test_who_was_shown_a_guarded_form_is_treated_as_promised(stand):
    """The campaign became open while they were typing; nobody had signed it."""
    stand.sign(country="")
    stand.work()
    [invitation] = stand.asked()
    assert (Pending.objects.get().country, invitation.profile) == ("", "guarded")
    assert invitation.withdrawal == invitation.recognition == ""

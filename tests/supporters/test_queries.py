"""The numbers, and that they are true."""

from standwith.supporters.enter import enter
from standwith.supporters.models import Tally
from standwith.supporters.queries import is_signed, known_campaign, numbers, recount, tallied, waiting
from tests.supporters.stand import CAMPAIGN, GUARDED


def test_an_unknown_campaign_has_no_numbers():
    nothing = numbers("nowhere")
    assert (nothing.confirmed, nothing.countries, nothing.by_country, nothing.by_version) == (0, 0, (), ())
    assert (numbers("nowhere").confirmed, numbers("nowhere").by_version) == (0, ())
    assert not known_campaign("nowhere")
    assert known_campaign(CAMPAIGN)


def test_a_country_is_named_from_twenty_people_on(stand):
    for country, people in (("FR", 25), ("BY", 19), ("TN", 20)):
        for number in range(people):
            stand.sign(f"Person {number}", f"person{number}-{country}@example.org", country=country)
    stand.work()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.work()
    assert numbers(CAMPAIGN).by_country == (("FR", 25), ("TN", 20))
    assert (numbers(CAMPAIGN).countries, stand.confirmed) == (3, 64)


def test_a_recount_finds_a_wrong_tally(stand):
    stand.count_in(language="ar", country="TN")
    assert tallied(CAMPAIGN) == recount(CAMPAIGN) == {(1, "ar", "TN"): 1}
    Tally.objects.update(number=2)
    assert tallied(CAMPAIGN) != recount(CAMPAIGN)


def test_a_guarded_campaign_has_no_countries_and_shows_nobody_who_waits(stand):
    stand.whisper()
    stand.count_in(campaign=GUARDED)
    assert (numbers(GUARDED).confirmed, waiting(GUARDED)) == (0, 0)
    enter(stand.now, flush=True)
    found = numbers(GUARDED)
    assert (found.confirmed, found.countries, found.by_country, found.by_version[0].count) == (1, 0, (), 1)


def test_who_waits_for_the_ledger_is_told_by_campaign(stand):
    for number in range(3):
        stand.sign(f"Person {number}", f"person{number}@example.org")
    stand.read()
    for invitation in stand.asked():
        stand.confirm(invitation)
    stand.read()
    assert (waiting(CAMPAIGN), waiting("nowhere"), is_signed(CAMPAIGN), is_signed("nowhere")) == (3, 0, True, False)
    stand.work()
    assert waiting(CAMPAIGN) == 0

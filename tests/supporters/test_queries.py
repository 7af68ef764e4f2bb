"""The numbers, and that they are true."""

from standwith.supporters.models import Tally
from standwith.supporters.queries import known_campaign, numbers, recount, sealed_records, tallied
from tests.supporters.stand import CAMPAIGN


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


def test_the_sealed_records_come_in_order_whatever_the_page(stand, monkeypatch):
    monkeypatch.setattr("standwith.supporters.queries.PAGE", 2)
    for number in range(5):
        stand.count_in(f"Person {number}", f"person{number}@example.org", record=b"%d" % number)
    assert list(sealed_records(CAMPAIGN)) == [b"0", b"1", b"2", b"3", b"4"]
    assert list(sealed_records("nowhere")) == []

"""A campaign is paused and resumed by somebody, and who published it is kept."""

import pytest

from standwith.decisions.campaigns import is_paused, pause, record_publication, resume
from standwith.decisions.errors import NoName, Settled
from standwith.decisions.queries import log
from tests.decisions.people import ALEX, CAMPAIGN, KIM, NOW, SAM


def test_the_last_word_counts():
    assert not is_paused(CAMPAIGN)
    for _ in range(2):
        pause(CAMPAIGN, by=ALEX, now=NOW)
        assert is_paused(CAMPAIGN)
        resume(CAMPAIGN, by=SAM, now=NOW)
        assert not is_paused(CAMPAIGN)
    assert [(row.verb, row.by, row.person) for row in log(CAMPAIGN)] == [("pause", ALEX, ""), ("resume", SAM, "")] * 2


def test_one_campaign_alone_is_paused():
    pause(CAMPAIGN, by=ALEX, now=NOW)
    assert not is_paused("another-cause")


def test_nothing_is_said_twice():
    with pytest.raises(Settled):
        resume(CAMPAIGN, by=ALEX, now=NOW)
    pause(CAMPAIGN, by=ALEX, now=NOW)
    with pytest.raises(Settled):
        pause(CAMPAIGN, by=SAM, now=NOW)


def test_a_publication_does_not_end_a_pause():
    pause(CAMPAIGN, by=ALEX, now=NOW)
    record_publication(CAMPAIGN, by=KIM, digest="ab" * 32, now=NOW)
    assert is_paused(CAMPAIGN)
    told = log(CAMPAIGN)[-1]
    assert (told.verb, told.by, told.digest, told.at) == ("publish", KIM, "ab" * 32, NOW)


@pytest.mark.parametrize("decide", [pause, resume])
def test_nobody_decides_without_a_name(decide):
    with pytest.raises(NoName):
        decide(CAMPAIGN, by="", now=NOW)


def test_nobody_publishes_without_a_name():
    with pytest.raises(NoName):
        record_publication(CAMPAIGN, by=" ", digest="", now=NOW)

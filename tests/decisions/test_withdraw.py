"""Who withdraws is forgotten: afterwards our tables name nobody, in no row and in no byte of the file."""

import subprocess

import pytest
from django.db import connection

from standwith.config.django import empty_log
from standwith.decisions.decide import accept, approve
from standwith.decisions.errors import NoName
from standwith.decisions.hold import hold_back, let_go
from standwith.decisions.models import Decision, Reason, Standing
from standwith.decisions.queries import approved_people, log
from standwith.decisions.versions import digest
from standwith.decisions.withdraw import withdraw
from tests.decisions.people import ALEX, AMINA, BO, CAMPAIGN, KIM, NOW, SAM


def show(*people):
    accept(CAMPAIGN, people, by=ALEX, now=NOW)
    approve(CAMPAIGN, people, by=SAM, now=NOW)


def test_only_numbers_and_dates_stay():
    show(AMINA, BO)
    hold_back(CAMPAIGN, AMINA.id, by=KIM, reason=Reason.ASKED, now=NOW)
    assert withdraw(CAMPAIGN, AMINA.id, by=KIM, now=NOW) == 3
    assert set(approved_people(CAMPAIGN)) == {BO.id}
    nameless = [row for row in log(CAMPAIGN) if row.person != BO.id]
    assert [(row.verb, row.person, row.digest, row.reason) for row in nameless] == [
        ("accept", "", "", ""),
        ("approve", "", "", ""),
        ("hold", "", "", ""),
        ("withdraw", "", "", ""),
    ]
    assert not Standing.objects.filter(person=AMINA.id).exists()


def test_somebody_of_whom_nothing_is_known_is_withdrawn_too():
    assert withdraw(CAMPAIGN, AMINA.id, by=KIM, now=NOW) == 0
    assert [(row.verb, row.person) for row in log()] == [("withdraw", "")]


def test_the_same_id_in_another_campaign_stays():
    show(AMINA)
    withdraw("another-cause", AMINA.id, by=KIM, now=NOW)
    assert set(approved_people(CAMPAIGN)) == {AMINA.id}


def test_nobody_is_withdrawn_by_nobody():
    show(AMINA)
    with pytest.raises(NoName):
        withdraw(CAMPAIGN, AMINA.id, by=" ", now=NOW)
    assert set(approved_people(CAMPAIGN)) == {AMINA.id}


@pytest.mark.parametrize("held", [False, True])
def test_no_byte_of_the_tables_names_who_withdrew(held):
    """Among 200 others, so that pages of the table are split and merged."""
    from msgspec.structs import replace

    crowd = [replace(BO, id=f"person-{number}", name=f"P. {number}.", role="nurse " * 30) for number in range(200)]
    show(*crowd[:100], AMINA, *crowd[100:])
    if held:
        hold_back(CAMPAIGN, AMINA.id, by=KIM, reason=Reason.DOUBT, now=NOW)
        let_go(CAMPAIGN, AMINA.id, by=KIM, now=NOW)
        show(AMINA)
    withdraw(CAMPAIGN, crowd[3].id, by=KIM, now=NOW)
    assert AMINA.id.encode() in bytes_of_tables()
    assert AMINA.name.encode() in bytes_of_tables()
    withdraw(CAMPAIGN, AMINA.id, by=KIM, now=NOW)
    held_now = bytes_of_tables()
    for trace in (AMINA.id, AMINA.name, "amina", digest(AMINA)):
        assert trace.encode() not in held_now, trace
    assert BO.history[0].detail.encode() in held_now  # the others are still there
    nameless = Decision.objects.filter(person="")
    assert nameless.count() == (6 if held else 2) + 1 + 2 + 1  # of Amina, her withdrawal; of another, the same


def bytes_of_tables() -> bytes:
    """Read by another process: closing the file in this one would drop SQLite's locks."""
    empty_log()
    path = connection.settings_dict["NAME"]
    return subprocess.run(["cat", path, f"{path}-wal"], capture_output=True).stdout

"""Two people show somebody, one hides them, and every decision is kept with who took it."""

import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from standwith.decisions.decide import accept, approve
from standwith.decisions.errors import Held, NoName, NotAccepted, NothingShown, NotKnown, SamePerson, Settled
from standwith.decisions.hold import hold_back, let_go
from standwith.decisions.models import Reason, Standing
from standwith.decisions.queries import approved_people, log
from standwith.decisions.versions import digest, version_of
from standwith.languages import PartialDate
from tests.decisions.people import ALEX, AMINA, BO, CAMPAIGN, KIM, NOW, QUIET, RELEASED, SAM


def show(*people, by=ALEX, second=SAM):
    accept(CAMPAIGN, people, by=by, now=NOW)
    approve(CAMPAIGN, people, by=second, now=NOW)


def hold(person=AMINA, by=KIM, reason=Reason.DANGER):
    hold_back(CAMPAIGN, person.id, by=by, reason=reason, now=NOW)


def shown():
    return approved_people(CAMPAIGN)


def told():
    return [(row.verb, row.person, row.by) for row in log(CAMPAIGN)]


def test_one_person_alone_shows_nobody():
    accept(CAMPAIGN, [AMINA], by=ALEX, now=NOW)
    assert shown() == {}


def test_two_people_show_the_version_that_both_looked_at():
    show(AMINA, BO)
    assert shown() == {AMINA.id: version_of(AMINA), BO.id: version_of(BO)}


@pytest.mark.parametrize("again", [ALEX, " alex   EXAMPLE ", "ALEX EXAMPLE", "Ａlex Example"])
def test_the_second_is_somebody_else(again):
    accept(CAMPAIGN, [AMINA], by=ALEX, now=NOW)
    with pytest.raises(SamePerson, match=ALEX):
        approve(CAMPAIGN, [AMINA], by=again, now=NOW)
    assert shown() == {}


@pytest.mark.parametrize("by", ["", "  \n", "x" * 101, "Alex\x1b[2J"])
@pytest.mark.parametrize("decide", [accept, approve])
def test_nobody_decides_without_a_name(decide, by):
    with pytest.raises(NoName):
        decide(CAMPAIGN, [AMINA], by=by, now=NOW)


def test_nobody_approves_what_nobody_accepted():
    with pytest.raises(NotAccepted):
        approve(CAMPAIGN, [AMINA], by=SAM, now=NOW)


def test_a_row_that_was_changed_in_between_is_accepted_anew():
    accept(CAMPAIGN, [AMINA], by=ALEX, now=NOW)
    changed = replace(AMINA, role="nurse")
    with pytest.raises(NotAccepted):
        approve(CAMPAIGN, [changed], by=SAM, now=NOW)
    accept(CAMPAIGN, [changed], by=SAM, now=NOW)
    with pytest.raises(SamePerson):  # the last one who accepted counts
        approve(CAMPAIGN, [changed], by=SAM, now=NOW)
    approve(CAMPAIGN, [changed], by=ALEX, now=NOW)
    assert shown()[AMINA.id].role == "nurse"


def test_the_earlier_version_stays_approved_until_two_people_approve_the_later():
    show(AMINA)
    freed = replace(AMINA, history=(*AMINA.history, RELEASED))
    accept(CAMPAIGN, [freed], by=KIM, now=NOW)
    assert shown()[AMINA.id] == version_of(AMINA)
    approve(CAMPAIGN, [freed], by=ALEX, now=NOW)
    assert shown()[AMINA.id] == version_of(freed)


def test_whoever_looked_again_changes_the_day_of_review_alone():
    show(AMINA)
    later = replace(AMINA, review=PartialDate(2027))
    with pytest.raises(Settled):
        accept(CAMPAIGN, [later], by=KIM, now=NOW)


def test_nobody_decides_to_show_whom_consent_and_risk_hide():
    for decide in (accept, approve):
        with pytest.raises(NothingShown):
            decide(CAMPAIGN, [QUIET], by=ALEX, now=NOW)


def test_one_that_cannot_be_decided_leaves_all_undecided():
    with pytest.raises(NothingShown):
        accept(CAMPAIGN, [AMINA, QUIET], by=ALEX, now=NOW)
    assert (Standing.objects.count(), told()) == (0, [])
    accept(CAMPAIGN, [AMINA], by=ALEX, now=NOW)
    with pytest.raises(NotAccepted):
        approve(CAMPAIGN, [AMINA, BO], by=SAM, now=NOW)
    assert shown() == {}


def test_what_was_decided_already_is_told():
    accept(CAMPAIGN, [AMINA], by=ALEX, now=NOW)
    with pytest.raises(Settled, match=ALEX):
        accept(CAMPAIGN, [AMINA], by=SAM, now=NOW)
    approve(CAMPAIGN, [AMINA], by=SAM, now=NOW)
    for decide in (accept, approve):
        with pytest.raises(Settled):
            decide(CAMPAIGN, [AMINA], by=KIM, now=NOW)


def test_one_person_hides_somebody_and_what_was_approved_is_forgotten():
    show(AMINA, BO)
    hold()
    assert set(shown()) == {BO.id}
    row = Standing.objects.get(person=AMINA.id)
    assert (row.approved, row.accepted, row.held, row.held_by) == (None, None, "danger", KIM)


def test_nobody_is_shown_past_somebody_who_holds_them_back():
    show(AMINA)
    hold()
    for decide in (accept, approve):
        with pytest.raises(Held, match=KIM):
            decide(CAMPAIGN, [AMINA], by=ALEX, now=NOW)
    with pytest.raises(Held):
        hold()


def test_letting_go_shows_nobody_before_two_people_decide_anew():
    show(AMINA)
    hold()
    let_go(CAMPAIGN, AMINA.id, by=ALEX, now=NOW)
    assert shown() == {}
    with pytest.raises(NotAccepted):
        approve(CAMPAIGN, [AMINA], by=SAM, now=NOW)
    show(AMINA)
    assert set(shown()) == {AMINA.id}


def test_holding_and_letting_go_need_somebody_to_hold():
    with pytest.raises(NotKnown):
        hold()
    with pytest.raises(NotKnown):
        let_go(CAMPAIGN, AMINA.id, by=ALEX, now=NOW)
    show(AMINA)
    with pytest.raises(Settled):
        let_go(CAMPAIGN, AMINA.id, by=ALEX, now=NOW)


def test_campaigns_do_not_decide_for_each_other():
    show(AMINA)
    assert approved_people("another-cause") == {}
    with pytest.raises(NotKnown):
        hold_back("another-cause", AMINA.id, by=KIM, reason=Reason.DOUBT, now=NOW)


def test_every_decision_says_who_when_what_and_why():
    show(AMINA)
    hold(reason=Reason.ASKED)
    let_go(CAMPAIGN, AMINA.id, by=f"  {ALEX} ", now=NOW)
    expected = [("accept", ALEX), ("approve", SAM), ("hold", KIM), ("release", ALEX)]
    assert told() == [(verb, AMINA.id, by) for verb, by in expected]
    rows = log(CAMPAIGN)
    assert {row.at for row in rows} == {NOW}
    assert [row.digest for row in rows] == [digest(AMINA), digest(AMINA), "", ""]
    assert [row.reason for row in rows] == ["", "", "asked", ""]


def test_the_tables_themselves_refuse_to_show_whom_somebody_holds_back():
    show(AMINA)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.update(held="doubt")


def test_a_version_of_another_kind_counts_as_none():
    show(AMINA)
    Standing.objects.update(approved=b'{"id": 7}')
    assert shown() == {}

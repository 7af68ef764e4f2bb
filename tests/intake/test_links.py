"""Confirming and withdrawing: a link opened changes nothing, a button pressed does, all are answered kindly."""

from datetime import timedelta

import pytest

from standwith.journal.acts import ConfirmationAct, WithdrawalAct
from standwith.sealing.tokens import (
    Token,
    make_confirmation_code,
    make_confirmation_token,
    make_withdrawal_token,
)
from tests.intake.door import CLOSED, GUARDED, NOW, OPEN, Door, W


def confirmation(door: Door, campaign: str = OPEN) -> Token:
    return make_confirmation_token(door.link_key, campaign, NOW + timedelta(hours=48))


def withdrawal(door: Door, campaign: str = OPEN) -> Token:
    return make_withdrawal_token(door.link_key, campaign, W)


def code(door: Door, campaign: str = OPEN) -> Token:
    return make_confirmation_code(door.link_key, campaign)


def test_opening_a_link_shows_one_button_and_changes_nothing(door: Door) -> None:
    for kind, token in (("confirm", confirmation(door).text), ("withdraw", withdrawal(door).text)):
        path = f"/act/fr/{OPEN}/{kind}/{token}"
        for method in ("GET", "HEAD", "GET"):
            assert door.get(path, method).status == 200
        page = door.get(path)
        assert (page.form.action, page.form.values) == (path, {"pressed": "yes"})
        assert page.text.count("<button") == 1
    assert door.acts() == []


def test_pressing_the_button_confirms(door: Door) -> None:
    token = confirmation(door)
    reply = door.post(f"/act/fr/{OPEN}/confirm/{token.text}")
    assert (reply.status, reply.location.partition("#")[0]) == (303, f"/fr/{OPEN}/thank-you/")
    assert door.acts() == [ConfirmationAct(OPEN, "fr", token.hash, "link")]


def test_the_thanks_carry_the_code_that_the_link_was_made_with(door: Door) -> None:
    token = make_confirmation_token(door.link_key, OPEN, NOW + timedelta(hours=48), b"\xff" * 16)
    reply = door.post(f"/act/en/{OPEN}/confirm/{token.text}")
    assert reply.location == f"/en/{OPEN}/thank-you/#7{'Z' * 25}"


def test_on_a_guarded_campaign_the_thanks_carry_no_code(door: Door) -> None:
    reply = door.post(f"/act/en/{GUARDED}/confirm/{confirmation(door, GUARDED).text}")
    assert (reply.status, reply.location) == (303, f"/en/{GUARDED}/thank-you/")


def test_pressing_the_button_withdraws(door: Door) -> None:
    token = withdrawal(door)
    reply = door.post(f"/act/en/{OPEN}/withdraw/{token.text}")
    assert (reply.status, reply.location) == (303, f"/en/{OPEN}/withdrawn/")
    assert door.acts() == [WithdrawalAct(OPEN, W)]


def test_a_typed_code_confirms_however_it_was_typed(door: Door) -> None:
    token = code(door)
    slips = [token.text, token.text.lower(), token.text.replace("-", "+"), token.text.replace("0", "o")]
    for typed in slips:
        reply = door.post(f"/act/en/{OPEN}/confirm", f"code={typed}".encode())
        assert (reply.status, reply.location) == (303, f"/en/{OPEN}/thank-you/")
    assert door.acts() == [ConfirmationAct(OPEN, "en", token.hash, "code")] * 4


def test_twice_is_as_good_as_once(door: Door) -> None:
    for path in (f"confirm/{confirmation(door).text}", f"withdraw/{withdrawal(door).text}"):
        opened = door.get(f"/act/en/{OPEN}/{path}")
        pressed = door.post(f"/act/en/{OPEN}/{path}")
        assert door.get(f"/act/en/{OPEN}/{path}") == opened
        assert door.post(f"/act/en/{OPEN}/{path}") == pressed


def test_a_button_needs_no_body_and_no_type_of_content(door: Door) -> None:
    path = f"/act/en/{OPEN}/confirm/{confirmation(door).text}"
    for headers in ({}, {"content-type": "multipart/form-data"}, {"content-type": "application/x-www-form-urlencoded"}):
        assert door.send("POST", path, b"whatever", headers).status == 303


def test_a_damaged_confirmation_link_tells_how_to_mend_it_and_takes_the_code(door: Door) -> None:
    whole = confirmation(door).text
    for broken in (
        whole[:-1],
        whole + ".",
        whole[:10],
        "x",
        whole.swapcase(),
        "é" * 32,
        "<script>alert(1)<",
        "{{7*7}}",
    ):
        for reply in (door.get(f"/act/en/{OPEN}/confirm/{broken}"), door.post(f"/act/en/{OPEN}/confirm/{broken}")):
            assert reply.status == 404
            assert "Copy the whole link" in reply.text
            assert reply.form.action == f"/act/en/{OPEN}/confirm"
            assert "code" in reply.form.values
            assert "<script" not in reply.text
    assert door.acts() == []


def test_a_damaged_withdrawal_link_tells_how_to_mend_it(door: Door) -> None:
    for method in ("GET", "POST"):
        reply = door.send(method, f"/act/en/{OPEN}/withdraw/{withdrawal(door).text[:-2]}", b"", {})
        assert reply.status == 404
        assert "Copy the whole link" in reply.text
    assert door.acts() == []


def test_a_link_for_another_campaign_or_another_thing_is_damaged(door: Door) -> None:
    confirm, withdraw = confirmation(door, CLOSED).text, withdrawal(door, CLOSED).text
    for path in (f"confirm/{confirm}", f"withdraw/{withdraw}", f"confirm/{withdrawal(door).text}"):
        assert door.post(f"/act/en/{OPEN}/{path}").status == 404
    assert door.acts() == []


def test_an_expired_link_leads_to_signing_again(door: Door) -> None:
    path = f"/act/en/{OPEN}/confirm/{confirmation(door).text}"
    door.wait(hours=48)
    for reply in (door.get(path), door.post(path)):
        assert reply.status == 410
        assert f'href="/en/{OPEN}/#sign"' in reply.text
    assert door.acts() == []


def test_a_withdrawal_link_does_not_expire_and_works_after_the_campaign(door: Door) -> None:
    door.wait(days=3650)
    assert door.post(f"/act/en/{CLOSED}/withdraw/{withdrawal(door, CLOSED).text}").status == 303


def test_what_was_signed_in_time_is_confirmed_after_the_campaign_closed(door: Door) -> None:
    assert door.post(f"/act/en/{CLOSED}/confirm/{confirmation(door, CLOSED).text}").status == 303


@pytest.mark.parametrize("typed", ["", "7K2QD", "7K2QD-9XW4U", "%FF", "<b>", "x" * 5000])
def test_a_wrong_code_comes_back_with_what_was_typed(door: Door, typed: str) -> None:
    reply = door.post(f"/act/en/{OPEN}/confirm", f"code={typed}".encode())
    assert reply.status == 422
    assert "<title>Error: " in reply.text
    assert 'href="#f-code"' in reply.text
    assert reply.form.values["code"] == typed.replace("%FF", "\ufffd")
    assert door.acts() == []


def test_guessed_codes_are_refused_without_a_trace(door: Door) -> None:
    replies = {door.post(f"/act/en/{OPEN}/confirm", b"code=%05d-ABCDE" % number).status for number in range(200)}
    assert 422 in replies
    assert len(door.acts()) <= 1


def test_the_language_switch_keeps_the_link(door: Door) -> None:
    token = confirmation(door).text
    page = door.get(f"/act/en/{OPEN}/confirm/{token}").text
    assert f'href="/act/ar/{OPEN}/confirm/{token}"' in page

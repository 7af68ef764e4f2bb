"""A language is closed after people signed in it: their links and open pages go on, in the source language."""

from datetime import timedelta

import pytest

from standwith.journal.acts import ConfirmationAct, SignatureAct, WithdrawalAct
from standwith.sealing.tokens import make_confirmation_code, make_confirmation_token, make_withdrawal_token
from tests.intake.door import GOOD, NOW, OPEN, TEXTS, Door, W, manifest

EDITIONS = manifest()["campaigns"][OPEN]["languages"]
OTHERS = {code: EDITIONS[code] for code in ("fr", "en")}  # the source language isn't the first


@pytest.fixture
def door(door: Door) -> Door:
    """The door after Arabic was closed."""
    door.publish(languages=OTHERS)
    return door


def confirm(door: Door) -> str:
    return f"confirm/{make_confirmation_token(door.link_key, OPEN, NOW + timedelta(hours=48)).text}"


def withdraw(door: Door) -> str:
    return f"withdraw/{make_withdrawal_token(door.link_key, OPEN, W).text}"


@pytest.mark.parametrize(("path", "goes_to"), [(confirm, "thank-you"), (withdraw, "withdrawn")])
def test_a_mailed_link_still_shows_its_button_and_the_button_works(door: Door, path, goes_to: str) -> None:
    verb = path(door)
    page = door.get(f"/act/ar/{OPEN}/{verb}")
    assert page.status == 200
    assert '<html lang="en" dir="ltr">' in page.text
    assert page.form.action == f"/act/en/{OPEN}/{verb}"
    assert f"/ar/{OPEN}" not in page.text
    for pressed in (door.post(page.form.action), door.post(f"/act/ar/{OPEN}/{verb}")):
        assert (pressed.status, pressed.location.partition("#")[0]) == (303, f"/en/{OPEN}/{goes_to}/")


def test_the_acts_of_such_links_are_those_of_any_other(door: Door) -> None:
    link = make_confirmation_token(door.link_key, OPEN, NOW + timedelta(hours=48))
    back = make_withdrawal_token(door.link_key, OPEN, W)
    code = make_confirmation_code(door.link_key, OPEN)
    door.post(f"/act/ar/{OPEN}/confirm/{link.text}")
    door.post(f"/act/ar/{OPEN}/withdraw/{back.text}")
    reply = door.post(f"/act/ar/{OPEN}/confirm", f"code={code.text}".encode())
    assert (reply.status, reply.location) == (303, f"/en/{OPEN}/thank-you/")
    assert door.acts() == [
        ConfirmationAct(OPEN, "en", link.hash, "link"),
        WithdrawalAct(OPEN, W),
        ConfirmationAct(OPEN, "en", code.hash, "code"),
    ]


def test_what_is_damaged_or_too_old_is_answered_there_too(door: Door) -> None:
    path = confirm(door)
    assert door.get(f"/act/ar/{OPEN}/{path[:-1]}").form.action == f"/act/en/{OPEN}/confirm"
    assert door.post(f"/act/ar/{OPEN}/confirm", b"code=7K2QD").status == 422
    assert door.get(f"/act/ar/{OPEN}/sign").location == f"/en/{OPEN}/"
    assert door.get(f"/act/ar/{OPEN}/confirm").location == f"/en/{OPEN}/check-your-mail/"
    door.wait(hours=48)
    expired = door.get(f"/act/ar/{OPEN}/{path}")
    assert expired.status == 410
    assert f'href="/en/{OPEN}/#sign"' in expired.text


def test_a_form_still_open_is_taken_for_what_was_read_and_ticked_there(door: Door) -> None:
    reply = door.sign("ar", text=TEXTS["ar"], news_owner="yes")
    assert (reply.status, reply.location) == (303, f"/en/{OPEN}/check-your-mail/")
    door.publish()  # Arabic is open again
    door.sign("ar", text=TEXTS["ar"], news_owner="yes")
    closed, opened = door.records()
    assert (closed.text, closed.language) == (TEXTS["ar"], "ar")
    assert closed.consents == opened.consents
    assert [act.language for act in door.acts() if isinstance(act, SignatureAct)] == ["ar", "ar"]


def test_a_form_with_mistakes_comes_back_in_the_source_language_filled_in(door: Door) -> None:
    reply = door.sign("ar", text=TEXTS["ar"], email="amina")
    assert reply.status == 422
    assert reply.form.action == f"/act/en/{OPEN}/sign"
    assert reply.form.values == GOOD | {"email": "amina"}


def test_a_language_that_was_never_there_is_still_not_there(door: Door) -> None:
    assert door.get(f"/act/ka/{OPEN}/{confirm(door)}").status == 404

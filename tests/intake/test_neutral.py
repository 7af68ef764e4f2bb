"""The neutral door: a supporter of a guarded campaign confirms, and no page on the way says what."""

import json
from datetime import timedelta

import pytest

from standwith.intake.manifest import read_manifest
from standwith.intake.neutral import confirm_code, find_door
from standwith.journal.acts import ConfirmationAct, decode
from standwith.languages import INTERFACE, voice
from standwith.sealing.tokens import (
    Token,
    make_confirmation_code,
    make_confirmation_token,
    make_withdrawal_token,
    token_hash,
)
from tests.intake.door import GUARDED, GUARDED_ACCENT, GUARDED_TITLE, NOW, OPEN, Door, Reply, W, manifest

ANOTHER = "free-the-nurses"


def link(door: Door, campaign: str = GUARDED) -> Token:
    return make_confirmation_token(door.link_key, campaign, NOW + timedelta(hours=48))


def add_another(door: Door) -> None:
    """Publish a second guarded campaign."""
    (door.home / "manifest.json").write_text(json.dumps(with_another()))
    door.app._sheets._next = 0.0  # as if a second had gone by


def with_another() -> dict:
    published = manifest()
    another = published["campaigns"][GUARDED] | {"accent": "#227722"}
    another["languages"] = {code: edition | {"title": "Nurses"} for code, edition in another["languages"].items()}
    published["campaigns"][ANOTHER] = another
    return published


def every_page(door: Door, token: str, language: str = "en") -> list[Reply]:
    """What somebody sees who has the mail and tries everything, expired links last."""
    home = f"/act/{language}/-"
    seen = [door.get(f"{home}/confirm/{token}"), door.post(f"{home}/confirm/{token}"), door.get(f"{home}/confirmed")]
    seen += [door.get(f"{home}/confirm"), door.post(f"{home}/confirm", b"code=7K2QD")]
    seen += [door.get(f"{home}/confirm/{token[:-1]}"), door.get(f"{home}/withdraw/{token}"), door.get(f"{home}/sign")]
    seen += [door.send("PUT", f"{home}/confirm/{token}", b"", {})]
    door.wait(hours=48)
    return [*seen, door.get(f"{home}/confirm/{token}")]


def test_a_link_shows_one_button_and_changes_nothing(door: Door) -> None:
    path = f"/act/fr/-/confirm/{link(door).text}"
    for method in ("GET", "HEAD", "GET"):
        assert door.get(path, method).status == 200
    page = door.get(path)
    assert (page.form.action, page.form.values) == (path, {"pressed": "yes"})
    assert page.text.count("<button") == 1
    assert door.acts() == []


def test_pressing_the_button_confirms_twice_as_well_as_once(door: Door) -> None:
    token = link(door)
    for _ in range(2):
        reply = door.post(f"/act/fr/-/confirm/{token.text}")
        assert (reply.status, reply.location) == (303, "/act/fr/-/confirmed")
    assert door.acts() == [ConfirmationAct(GUARDED, "fr", token.hash, "link")] * 2
    assert door.get(reply.location).status == 200


def test_a_typed_code_confirms(door: Door) -> None:
    form = door.get("/act/ar/-/confirm").form
    assert (form.action, form.values) == ("/act/ar/-/confirm", {"code": ""})
    code = make_confirmation_code(door.link_key, GUARDED)
    reply = door.post(form.action, f"code={code.text.lower()}".encode())
    assert (reply.status, reply.location) == (303, "/act/ar/-/confirmed")
    assert door.acts() == [ConfirmationAct(GUARDED, "ar", code.hash, "code")]


def test_the_server_finds_the_campaign_by_itself(door: Door) -> None:
    add_another(door)
    tokens = [link(door, campaign) for campaign in (GUARDED, ANOTHER)]
    codes = [make_confirmation_code(door.link_key, campaign) for campaign in (GUARDED, ANOTHER)]
    for token in tokens:
        door.post(f"/act/en/-/confirm/{token.text}")
    for code in codes:
        door.post("/act/en/-/confirm", f"code={code.text}".encode())
    assert door.acts()[:2] == [
        ConfirmationAct(campaign, "en", token.hash, "link")
        for campaign, token in zip((GUARDED, ANOTHER), tokens, strict=True)
    ]
    typed = [(act.campaign, act.hash) for act in door.acts() if isinstance(act, ConfirmationAct) and act.by == "code"]
    assert {(GUARDED, codes[0].hash), (ANOTHER, codes[1].hash)} <= set(typed)


def test_a_code_that_fits_two_campaigns_by_chance_is_tried_on_both() -> None:
    door = find_door(read_manifest(json.dumps(with_another()).encode()), "en")
    assert door is not None
    acts = [decode(act) for act in confirm_code("00026-1D3DV", door, b"k" * 32)]
    hashed = token_hash((71_725).to_bytes(5, "big"))
    assert acts == [ConfirmationAct(campaign, "en", hashed, "code") for campaign in (GUARDED, ANOTHER)]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_page_and_no_address_says_what_it_is_about(door: Door, language: str) -> None:
    token = link(door).text
    for reply in every_page(door, token, language):
        said = f"{reply.text} {reply.headers}"
        for telling in (GUARDED, GUARDED_TITLE, GUARDED_ACCENT, "Example Federation", "Example Union", OPEN):
            assert telling not in said


def test_what_is_seen_is_the_same_for_every_guarded_campaign(door: Door) -> None:
    add_another(door)
    one, another = link(door).text, link(door, ANOTHER).text
    first = [(reply.status, reply.text.replace(one, ""), reply.location) for reply in every_page(door, one)]
    door.now = NOW
    second = [(reply.status, reply.text.replace(another, ""), reply.location) for reply in every_page(door, another)]
    assert first == second
    assert [status for status, *_ in first] == [200, 303, 200, 200, 422, 404, 404, 404, 405, 410]


def test_a_link_of_an_open_campaign_or_for_another_thing_is_damaged_here(door: Door) -> None:
    withdrawal = make_withdrawal_token(door.link_key, GUARDED, W).text
    for token in (link(door, OPEN).text, withdrawal, "x", "{{7*7}}", "<script>", "é" * 40):
        for reply in (door.get(f"/act/en/-/confirm/{token}"), door.post(f"/act/en/-/confirm/{token}")):
            assert reply.status == 404
            assert "Copy the whole link" in reply.text
            assert reply.form.action == "/act/en/-/confirm"
            assert "<script" not in reply.text
    code = make_confirmation_code(door.link_key, OPEN).text
    assert door.post("/act/en/-/confirm", f"code={code}".encode()).status in (422, 303)  # 1 in 32,768 fits by chance
    assert [act.campaign for act in door.acts() if isinstance(act, ConfirmationAct)] in ([], [GUARDED])


def test_an_expired_link_says_that_all_is_deleted(door: Door) -> None:
    path = f"/act/en/-/confirm/{link(door).text}"
    door.wait(hours=48)
    for reply in (door.get(path), door.post(path)):
        assert reply.status == 410
        assert "has been deleted" in reply.text
    assert door.acts() == []


@pytest.mark.parametrize("typed", ["", "7K2QD", "7K2QD-9XW4U", "<b>", "x" * 5000])
def test_a_wrong_code_comes_back_with_what_was_typed(door: Door, typed: str) -> None:
    reply = door.post("/act/en/-/confirm", f"code={typed}".encode())
    assert reply.status == 422
    assert "<title>Error: " in reply.text
    assert (reply.form.action, reply.form.values["code"]) == ("/act/en/-/confirm", typed)
    assert door.acts() == []


def test_while_the_journal_is_gone_nobody_is_thanked(door: Door) -> None:
    token, code = link(door).text, make_confirmation_code(door.link_key, GUARDED).text
    (door.home / "journal.sqlite").unlink()
    for reply in (door.post(f"/act/en/-/confirm/{token}"), door.post("/act/en/-/confirm", f"code={code}".encode())):
        assert (reply.status, reply.headers["retry-after"]) == (503, "60")
        assert "This was not taken" in reply.text
        assert GUARDED_TITLE not in reply.text


@pytest.mark.parametrize("path", ["sign", "withdraw/x", "confirm/a/b", "", "thank-you", "confirmed/x"])
def test_nothing_else_is_behind_this_door(door: Door, path: str) -> None:
    for reply in (door.get(f"/act/en/-/{path}"), door.post(f"/act/en/-/{path}", b"name=x")):
        assert reply.status == 404


def test_without_a_guarded_campaign_in_a_language_there_is_no_door(door: Door) -> None:
    assert door.get("/act/ka/-/confirm").status == 404
    published = manifest()
    del published["campaigns"][GUARDED]
    assert find_door(read_manifest(json.dumps(published).encode()), "en") is None


def test_a_language_closed_meanwhile_is_still_spoken_here(door: Door) -> None:
    published = manifest()
    editions = published["campaigns"][GUARDED]["languages"]
    published["campaigns"][GUARDED]["languages"] = {code: editions[code] for code in ("en", "fr")}
    (door.home / "manifest.json").write_text(json.dumps(published))
    door.app._sheets._next = 0.0
    token = link(door)
    page = door.get(f"/act/ar/-/confirm/{token.text}")
    assert '<html lang="ar" dir="rtl">' in page.text
    assert door.post(page.form.action).location == "/act/ar/-/confirmed"
    assert door.acts() == [ConfirmationAct(GUARDED, "en", token.hash, "link")]


@pytest.mark.parametrize("language", INTERFACE)
def test_every_page_is_whole_in_every_language(door: Door, language: str) -> None:
    published = manifest()
    edition = published["campaigns"][GUARDED]["languages"]["en"]
    published["campaigns"][GUARDED]["languages"] = dict.fromkeys(INTERFACE, edition)
    (door.home / "manifest.json").write_text(json.dumps(published))
    door.app._sheets._next = 0.0
    for reply in every_page(door, link(door).text, language):
        if reply.status != 303:
            assert f'<html lang="{language}" dir="{voice(language).dir}">' in reply.text
            assert reply.text.count("<h1>") == 1

"""Signing: what ends up in the journal, for whom it is sealed, and that everybody gets the same answer."""

import hashlib
import html
import re
from datetime import date
from typing import Any

import msgspec
import pytest

from standwith.intake.answers import go_to
from standwith.journal.acts import SignatureAct, WithdrawalAct
from standwith.languages import INTERFACE, voice
from standwith.sealing.codes import read_code
from standwith.sealing.record import Contact, Record, commitment
from standwith.sealing.tokens import check_withdrawal_token
from tests.intake.door import CLOSED, GOOD, GUARDED, OLD_TEXT, OPEN, TEXTS, Door


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def replaced(record: Record, **changes: Any) -> Record:
    return msgspec.structs.replace(record, **changes)


def sentence_beside(page: str, kind: str) -> str:
    """What stands beside a box, without the word "optional"."""
    label = re.search(rf'<label for="f-{kind}">(.*?)</label>', page, re.S)
    assert label is not None
    return html.unescape(re.sub("<i>.*?</i>", "", label[1])).strip()


def test_a_signature_is_sealed_stored_and_thanked_for(door: Door) -> None:
    reply = door.sign("fr", text=TEXTS["fr"], organisation="Example Union", show_name="yes")
    assert (reply.status, reply.location, reply.text) == (303, f"/fr/{OPEN}/check-your-mail/", "")
    (act,) = door.acts()
    assert isinstance(act, SignatureAct)
    assert (act.campaign, act.language, act.text, act.country, act.at) == (OPEN, "fr", TEXTS["fr"], "FR", 492324)
    (record,) = door.records()
    assert (record.name, record.address, record.organisation) == ("Amina Example", "amina@example.org", "Example Union")
    assert (record.campaign, record.country, record.language, record.text) == (OPEN, "FR", "fr", TEXTS["fr"])
    assert record.made == date(2026, 3, 1)
    (contact,) = door.contacts()
    assert contact == Contact("amina@example.org", "Amina Example", contact.w)
    assert (act.commitment, act.code) == (commitment(record), record.code)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_consent_is_kept_with_the_digest_of_the_sentence_beside_its_box(door: Door, language: str) -> None:
    form = door.sign(language, name="").text
    door.sign(language, news_owner="yes", news_affiliate="yes")
    (record,) = door.records()
    beside = {kind: sentence_beside(form, kind) for kind in ("sign", "news_owner", "news_affiliate")}
    assert record.consents == tuple((kind, digest(sentence)) for kind, sentence in beside.items())
    assert "Example Federation" in beside["news_owner"]
    assert "Example Union" in beside["news_affiliate"]


def test_an_older_text_is_kept_as_what_was_signed(door: Door) -> None:
    assert door.sign(text=OLD_TEXT).status == 303
    assert [record.text for record in door.records()] == [OLD_TEXT]


def test_salt_code_and_w_are_fresh_for_every_signature(door: Door) -> None:
    for _ in range(5):
        door.sign()
    records = door.records()
    drawn = [{record.salt for record in records}, {record.code for record in records}]
    drawn += [{record.salt[:16] for record in records} | {record.salt[16:] for record in records}]
    drawn += [{contact.w for contact in door.contacts()} | {record.code for record in records}]
    assert [len(different) for different in drawn] == [5, 5, 10, 10]


def test_the_commitment_binds_what_was_signed_and_tells_nothing_without_its_salt(door: Door) -> None:
    door.sign()
    door.sign()
    (act, other), (record, _) = door.signatures(), door.records()
    assert act.commitment == commitment(record) != other.commitment
    assert commitment(replaced(record, name="Mallory")) != act.commitment
    assert commitment(replaced(record, salt=bytes(32))) != act.commitment


def test_the_code_that_the_browser_drew_is_kept_in_the_record_and_for_the_ledger(door: Door) -> None:
    reply = door.sign(code="7R4QZ0XK2M9T3BCW8E1N5DGJKA")
    assert (reply.status, reply.location) == (303, f"/en/{OPEN}/check-your-mail/")
    code = read_code("7R4QZ-0XK2M-9T3BC-W8E1N-5DGJKA")
    assert [record.code for record in door.records()] == [act.code for act in door.signatures()] == [code]


def test_a_code_that_is_none_is_drawn_again_without_a_word(door: Door) -> None:
    assert door.sign(code="U" * 26) == door.sign()
    assert len({act.code for act in door.signatures()}) == 2


def test_a_form_that_comes_back_keeps_the_code_of_the_browser(door: Door) -> None:
    code = "7R4QZ0XK2M9T3BCW8E1N5DGJKA"
    reply = door.sign(name="", code=code)
    assert reply.form.values["code"] == code
    assert "code" not in door.sign(name="").form.values
    door.sign(**reply.form.values | {"name": "Amina Example"})
    assert [act.code for act in door.signatures()] == [read_code(code)]


def test_a_guarded_signature_says_no_country_and_shows_no_code(door: Door) -> None:
    reply = door.sign(campaign=GUARDED)
    assert (reply.status, reply.location) == (303, f"/en/{GUARDED}/check-your-mail/")
    (act,), (record,) = door.signatures(), door.records()
    assert (act.country, record.country, record.campaign) == ("", "", GUARDED)


def test_who_asks_for_codes_gets_them_behind_the_address_and_nowhere_else(door: Door) -> None:
    reply = door.sign("ar", campaign=GUARDED, text=TEXTS["ar"], codes="yes")
    page, _, codes = reply.location.partition("#")
    assert (reply.status, page) == (303, f"/ar/{GUARDED}/check-your-mail/")
    code, _, take_back = codes.partition(".")
    (act,), (contact,) = door.signatures(), door.contacts()
    assert (len(code), read_code(code)) == (26, act.code)
    assert check_withdrawal_token(door.link_key, GUARDED, take_back) == contact.w
    assert door.post(f"/act/ar/{GUARDED}/withdraw/{take_back}").location == f"/ar/{GUARDED}/withdrawn/"
    assert door.acts()[-1] == WithdrawalAct(GUARDED, contact.w)


def test_codes_shown_are_not_remembered_by_the_door(door: Door) -> None:
    before = go_to.cache_info().currsize
    for _ in range(3):
        door.sign(campaign=GUARDED, codes="yes")
    assert go_to.cache_info().currsize <= before + 1


def test_on_an_open_campaign_nobody_is_shown_codes_at_this_point(door: Door) -> None:
    assert door.sign(codes="yes").location == f"/en/{OPEN}/check-your-mail/"


def test_a_guarded_form_comes_back_as_it_was(door: Door) -> None:
    reply = door.sign(campaign=GUARDED, email="amina", codes="yes")
    assert reply.status == 422
    typed = GOOD | {"email": "amina", "codes": "yes"}
    del typed["country"]
    assert reply.form.values == typed
    assert "f-country" not in reply.text
    assert "f-show_name" not in reply.text
    assert "People can be punished for signing this." in reply.text


def test_a_repeated_signature_has_the_same_answer_as_a_new_one(door: Door) -> None:
    first, again, other = door.sign(), door.sign(), door.sign(email="noor@example.net", name="Noor Example")
    assert first == again == other


def test_what_is_too_long_to_guess_is_still_one_length_in_the_journal(door: Door) -> None:
    door.sign(name="李")
    door.sign(
        name="Wilhelmina Example-Sample van der Voorbeeld", news_owner="yes", news_affiliate="yes", show_name="yes"
    )
    lengths = {(len(act.record), len(act.contact)) for act in door.acts() if isinstance(act, SignatureAct)}
    assert len(lengths) == 1


def test_a_closed_campaign_says_so_kindly_and_keeps_nothing(door: Door) -> None:
    reply = door.sign(campaign=CLOSED)
    assert reply.status == 410
    assert "<h1>This campaign is closed</h1>" in reply.text
    assert "Amina" not in reply.text
    assert door.acts() == []


def test_a_paused_campaign_says_so_and_keeps_nothing_and_then_goes_on(door: Door) -> None:
    door.publish(paused=True)
    reply = door.sign()
    assert reply.status == 503
    assert "<h1>This campaign is paused</h1>" in reply.text
    assert "Amina" not in reply.text
    assert door.acts() == []
    door.publish(paused=False)
    assert door.sign().status == 303


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_form_with_mistakes_comes_back_in_its_language_filled_in(door: Door, language: str) -> None:
    typed = GOOD | {"name": "O'Neill <b>", "email": "oneill@", "show_name": "yes", "text": TEXTS[language]}
    reply = door.sign(language, **typed)
    assert reply.status == 422
    assert f'<html lang="{language}" dir="{voice(language).dir}">' in reply.text
    assert reply.form.action == f"/act/{language}/{OPEN}/sign"
    assert reply.form.values == typed
    assert door.acts() == []


def test_the_summary_stands_on_top_takes_the_focus_and_leads_to_each_field(door: Door) -> None:
    page = door.sign(name="", country="", sign="").text
    title = page[page.index("<title>") : page.index("</title>")]
    assert title.startswith("<title>Error: ")
    assert page.count("autofocus") == 1
    summary = page[page.index("autofocus") : page.index("<form")]
    assert [f'href="#f-{field}"' in summary for field in ("name", "email", "country", "sign")] == [
        True,
        False,
        True,
        True,
    ]
    for field in ("name", "country", "sign"):
        assert f'id="f-{field}"' in page
        assert f'id="e-{field}"' in page
    assert page.count('aria-invalid="true"') == 3


def test_mended_and_sent_again_it_is_taken(door: Door) -> None:
    reply = door.sign("ar", email="amina", text=TEXTS["ar"], news_affiliate="yes", organisation="اتحاد")
    mended = reply.form.values | {"email": "amina@example.org"}
    assert door.sign("ar", **mended).status == 303
    (record,) = door.records()
    assert [kind for kind, _ in record.consents] == ["sign", "news_affiliate"]
    assert record.organisation == "اتحاد"


@pytest.mark.parametrize("text", ["", "9" * 64, "<script>", TEXTS["en"].upper()])
def test_an_unknown_text_asks_to_read_and_sign_again_with_everything_filled_in(door: Door, text: str) -> None:
    reply = door.sign(text=text, show_name="yes")
    assert reply.status == 422
    assert "The statement has changed since you opened the page." in reply.text
    assert f'href="/en/{OPEN}/"' in reply.text
    assert reply.form.values == GOOD | {"show_name": "yes", "text": TEXTS["en"]}
    assert door.acts() == []
    assert door.sign(**reply.form.values).status == 303


def test_every_language_of_the_interface_has_a_form_to_come_back(door: Door) -> None:
    for code in INTERFACE:
        assert voice(code).gettext("Sign the statement")

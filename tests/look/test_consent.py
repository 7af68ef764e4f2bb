"""Consents: a box for each purpose, and an affiliate's only where there is one."""

from standwith.languages import voice
from standwith.look import SignForm, consents

ALONE = SignForm(campaign="belarus", text="0" * 64, owner="Example Union")


def test_without_an_affiliate_nobody_is_asked_about_one() -> None:
    assert [box.kind for box in consents(voice("en"), ALONE)] == ["sign", "show_name", "news_owner"]


def test_an_affiliate_gets_a_box_of_its_own_that_names_it() -> None:
    form = SignForm(campaign="belarus", text="0" * 64, owner="Example Union", affiliate="Example Affiliate")
    boxes = consents(voice("en"), form)
    assert [box.kind for box in boxes] == ["sign", "show_name", "news_owner", "news_affiliate"]
    assert boxes[-1].text == "Send me news of this organisation: Example Affiliate"


def test_only_signing_is_required() -> None:
    assert [box.kind for box in consents(voice("en"), ALONE) if box.required] == ["sign"]


def test_on_a_guarded_campaign_nobody_is_asked_whether_their_name_may_be_shown() -> None:
    form = SignForm(campaign="belarus", text="0" * 64, owner="Example Union", guarded=True)
    assert [box.kind for box in consents(voice("en"), form)] == ["sign", "news_owner"]

"""The manifest becomes sheets, or a sentence that says what is wrong with it."""

import hashlib
import json
from datetime import date
from typing import Any

import pytest

from standwith import look
from standwith.intake.errors import IntakeRefused
from standwith.intake.manifest import read_manifest
from tests.intake.door import CLERK, CLOSED, CUSTODIAN, GUARDED, OPEN, SECOND, TEXTS, THIRD, manifest


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


def test_every_language_of_every_campaign_has_its_sheet() -> None:
    sheets = read_manifest(written(manifest()))
    assert {sheet.signed_in for (_, name), sheet in sheets.items() if name == OPEN} == {"en", "fr", "ar"}
    sheet = sheets["fr", OPEN]
    assert (sheet.title, sheet.form.text, sheet.guarded) == ("Avec le Bélarus", TEXTS["fr"], False)
    assert ([custodian.id for custodian in sheet.custodians], sheet.needed) == ([CUSTODIAN.id], 1)
    assert sheet.page() == f"/fr/{OPEN}/"
    assert sheet.page("thank-you") == f"/fr/{OPEN}/thank-you/"


def test_a_guarded_campaign_is_sealed_to_keys_of_both_kinds() -> None:
    sheet = read_manifest(written(manifest()))["ar", GUARDED]
    assert (sheet.guarded, sheet.form.guarded, sheet.needed) == (True, True, 2)
    assert [custodian.id for custodian in sheet.custodians] == [CUSTODIAN.id, SECOND.id, THIRD.public.id]
    assert [kind for kind, _ in sheet.consents] == ["sign", "news_owner", "news_affiliate"]


def test_a_closed_language_has_the_sheet_of_the_source_language() -> None:
    sheets = read_manifest(written(manifest()))
    assert set(sheets) == {(code, name) for code in TEXTS for name in (OPEN, CLOSED, GUARDED)}
    for code in ("fr", "ar"):
        sheet = sheets[code, CLOSED]
        assert (sheet.language, sheet.signed_in, sheet.form.text) == ("en", code, TEXTS["en"])
        assert sheet.editions == ("en",)
        assert sheet.page("withdrawn") == f"/en/{CLOSED}/withdrawn/"


@pytest.mark.parametrize(("source", "stands_in"), [("en", "en"), ("fr", "fr"), ("", "fr")])
def test_the_manifest_says_which_language_stands_in_and_an_old_one_means_the_first(source: str, stands_in: str) -> None:
    editions = manifest()["campaigns"][OPEN]["languages"]
    changed = manifest(languages={code: editions[code] for code in ("fr", "en")}, source=source)
    assert read_manifest(written(changed))["ar", OPEN].language == stands_in


def test_a_campaign_that_is_published_in_no_language_has_no_sheet() -> None:
    assert not [name for _, name in read_manifest(written(manifest(languages={}, source=""))) if name == OPEN]


def test_a_sheet_has_the_consents_of_its_form_in_order() -> None:
    sheet = read_manifest(written(manifest()))["en", OPEN]
    boxes = look.consents(sheet.voice, sheet.form)
    assert [kind for kind, _ in sheet.consents] == ["sign", "show_name", "news_owner", "news_affiliate"]
    assert [digest for _, digest in sheet.consents] == [hashlib.sha256(box.text.encode()).hexdigest() for box in boxes]


@pytest.mark.parametrize(
    ("open_", "closes", "today", "takes"),
    [
        (True, "", "2026-03-01", True),
        (True, "2026-03-01", "2026-03-01", True),
        (True, "2026-03-01", "2026-03-02", False),
        (False, "", "2026-03-01", False),
        (False, "2027-01-01", "2026-03-01", False),
    ],
)
def test_a_campaign_takes_signatures_up_to_its_last_day(open_: bool, closes: str, today: str, takes: bool) -> None:
    sheet = read_manifest(written(manifest(open=open_, closes=closes)))["en", OPEN]
    assert sheet.takes_signatures(date.fromisoformat(today)) is takes


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 1, "campaigns": {}}',
        b'{"version": 3, "campaigns": {}}',
        written(manifest(profile="secret")),
        written(manifest(profile=None)),
        written(manifest(custodians=["standwith-custodian-1 0 0"])),
        written(manifest(custodians=["age1nobody"])),
        written(manifest(custodians=[str(CLERK.public)])),
        written(manifest(custodians=[str(CUSTODIAN)])),
        written(manifest(custodians=str(CUSTODIAN.public))),
        written(manifest(custodians=[])),
        written(manifest(custodians=[str(CUSTODIAN.public)] * 2)),
        written(manifest(needed=0)),
        written(manifest(needed=2)),
        written(manifest(needed="1")),
        written(manifest(texts={})),
        written(manifest(texts={"short": {"language": "en", "version": 1}})),
        written(manifest(closes="soon")),
        written(manifest(source="ka")),
        written(manifest(texts=manifest()["campaigns"][OPEN]["texts"] | {"9" * 64: {"language": "a/", "version": 1}})),
        written({"version": 2, "campaigns": {"../etc": manifest()["campaigns"][OPEN]}}),
        written(manifest(languages={"en/..": manifest()["campaigns"][OPEN]["languages"]["en"]})),
    ],
)
def test_a_manifest_with_a_fault_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(IntakeRefused) as refusal:
        read_manifest(data)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_fields_that_the_intake_does_not_need_are_left_alone() -> None:
    assert read_manifest(written(manifest(colour_of_the_flag="white-red-white") | {"compiled_by": "hand"}))

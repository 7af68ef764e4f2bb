"""The form's fields: read from any bytes, checked against every rule, nothing lost on the way."""

import encodings.punycode
import json
import unicodedata
from types import SimpleNamespace
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.intake import address, form
from standwith.intake.form import MOST_FIELDS, MOST_TYPED, TooManyFields, check, check_line, check_name, read_fields
from standwith.intake.manifest import read_manifest
from standwith.intake.sentences import SENTENCES
from standwith.sealing.codes import spell_code, write_code
from tests.intake.door import GOOD, GUARDED, OLD_TEXT, OPEN, TEXTS, manifest

SHEETS = read_manifest(json.dumps(manifest()).encode())
SHEET, GUARDED_SHEET = SHEETS["en", OPEN], SHEETS["en", GUARDED]


LETTERS = st.characters(exclude_categories=["Cs"])


@given(st.dictionaries(st.text(LETTERS, min_size=1), st.text(LETTERS), max_size=20))
def test_what_a_browser_sends_is_read_as_it_was_typed(typed: dict[str, str]) -> None:
    assert read_fields(urlencode(typed).encode()) == typed


@given(st.binary(max_size=500))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    fields = read_fields(body.replace(b"&", b""))
    entry, problems = check(fields, SHEET)
    assert entry is None
    assert set(problems.values()) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"", {}),
        (b"&&&", {}),
        (b"name", {"name": ""}),
        (b"name=a=b", {"name": "a=b"}),
        (b"=nameless", {}),
        (b"name=one&name=two", {"name": "one"}),
        (b"name=%E6%9D%8E", {"name": "李"}),
        (b"name=\xe6\x9d\x8e", {"name": "李"}),
        (b"name=%", {"name": "%"}),
        (b"name=%zz", {"name": "%zz"}),
        (b"name=%FF%FE", {"name": "\ufffd\ufffd"}),
        (b"name=%ED%A0%80", {"name": "\ufffd" * 3}),
        (b"name=a+b%2Bc", {"name": "a b+c"}),
    ],
)
def test_bodies_that_no_browser_sends_are_read_too(body: bytes, fields: dict[str, str]) -> None:
    assert read_fields(body) == fields


def test_a_form_with_hundreds_of_fields_is_no_form() -> None:
    read_fields(b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS)))
    with pytest.raises(TooManyFields):
        read_fields(b"&".join(b"f%d=1" % number for number in range(MOST_FIELDS + 1)))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("O'Neill", "O'Neill"),
        ("李", "李"),
        ("Ó", "Ó"),
        ("O\u0301", "Ó"),
        ("Prince", "Prince"),
        ("  Amina \t  Example\u00a0", "Amina Example"),
        ("Amina\u3000Example", "Amina Example"),
        ("x" * 200, "x" * 200),
        ("Dr. Amina Example, 3rd", "Dr. Amina Example, 3rd"),
        ("<b>Amina</b>", "<b>Amina</b>"),
        ("{{ 7*7 }} {fact:killed} %s ${x}", "{{ 7*7 }} {fact:killed} %s ${x}"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("آمنة مثال", "آمنة مثال"),
        ("سارا نمونه\u200cزاده", "سارا نمونه\u200cزاده"),
        ("Amina\u202e elpmaxE", "Amina elpmaxE"),
        ("\u200bAm\u200bina\ufeff", "Amina"),
        ("Amina 🌹", "Amina 🌹"),
    ],
)
def test_names_are_taken_as_people_have_them(typed: str, name: str) -> None:
    assert check_name(typed) == (name, "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "name-missing"),
        ("   ", "name-missing"),
        ("\u200b\u202e", "name-missing"),
        ("😀" * 100, "name-without-letters"),
        ("12345", "name-without-letters"),
        ("...", "name-without-letters"),
        ("x" * 201, "too-long"),
        ("Amina\r\nBcc: all@example.net", "control-character"),
        ("Amina\x00Example", "control-character"),
        ("Amina\x1b[31m", "control-character"),
        ("Amina\x85", "control-character"),
        ("Am\ufffdna", "unreadable"),
    ],
)
def test_what_is_no_name_is_told_why(typed: str, problem: str) -> None:
    assert check_name(typed)[1] == problem


def test_an_organisation_may_be_empty_or_have_no_letters() -> None:
    assert check_line("") == ("", "")
    assert check_line("ver.di 2026")[1] == check_line("1199")[1] == ""


def test_a_good_form_becomes_an_entry() -> None:
    entry, problems = check(GOOD | {"email": " Amina@Example.ORG ", "country": "fr", "news_owner": "yes"}, SHEET)
    assert problems == {}
    assert entry is not None
    assert entry == ("Amina Example", "Amina@example.org", "FR", "", ("sign", "news_owner"), TEXTS["en"], None, False)


def test_an_empty_form_is_told_everything_at_once_in_the_order_of_the_form() -> None:
    entry, problems = check({"text": TEXTS["en"]}, SHEET)
    assert entry is None
    assert list(problems.items()) == [
        ("name", "name-missing"),
        ("email", "email-missing"),
        ("country", "country-missing"),
        ("sign", "sign-missing"),
    ]


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("email", "amina", "email-wrong"),
        ("email", "amina@@example.org", "email-wrong"),
        ("email", '"amina example"@example.org', "email-wrong"),
        ("email", "a" * 308 + "@example.org", "email-too-long"),
        ("email", "amina@example.org\r\nBcc: x@example.net", "email-wrong"),
        ("email", "am\ufffdna@example.org", "email-wrong"),
        ("country", "", "country-missing"),
        ("country", "France", "country-missing"),
        ("country", "ZZ", "country-missing"),
        ("organisation", "x" * 201, "too-long"),
        ("organisation", "Union\nBcc:", "control-character"),
        ("sign", "no", "sign-missing"),
        ("sign", "on", "sign-missing"),
        ("text", "", "text-changed"),
        ("text", "9" * 64, "text-changed"),
        ("text", "../../etc/passwd", "text-changed"),
    ],
)
def test_each_wrong_field_is_told_alone(field: str, typed: str, problem: str) -> None:
    entry, problems = check(GOOD | {field: typed}, SHEET)
    assert entry is None
    assert problems == {"sign" if field == "text" else field: problem}


def test_an_older_text_and_another_languages_text_may_still_be_signed() -> None:
    for text in (OLD_TEXT, TEXTS["fr"]):
        entry, _ = check(GOOD | {"text": text}, SHEET)
        assert entry is not None
        assert entry.text == text


def test_a_box_that_the_form_does_not_have_is_left_alone() -> None:
    alone = read_manifest(
        json.dumps(manifest(languages={"en": {"title": "x", "owner": "y", "text": TEXTS["en"]}})).encode()
    )
    entry, _ = check(GOOD | {"news_affiliate": "yes", "admin": "yes"}, alone["en", OPEN])
    assert entry is not None
    assert entry.consents == ("sign",)


@given(st.binary(min_size=16, max_size=16))
def test_the_code_that_the_browser_drew_is_taken(code: bytes) -> None:
    for sent in (spell_code(code), write_code(code), spell_code(code).lower()):
        entry, problems = check(GOOD | {"code": sent}, SHEET)
        assert problems == {}
        assert entry is not None
        assert entry.code == code


@pytest.mark.parametrize("sent", ["", "7K2QD-9XW4M", "Z" * 26, "0" * 27, "U" * 26, "\ufffd" * 26, "0" * 60_000, "<b>"])
def test_what_is_no_code_of_a_browser_is_nobodys_mistake(sent: str) -> None:
    entry, problems = check(GOOD | {"code": sent}, SHEET)
    assert problems == {}
    assert entry is not None
    assert entry.code is None


@pytest.mark.parametrize("country", ["", "FR", "XX", "<b>"])
def test_a_guarded_campaign_takes_no_country(country: str) -> None:
    entry, problems = check(GOOD | {"country": country}, GUARDED_SHEET)
    assert problems == {}
    assert entry is not None
    assert entry.country == ""


def test_codes_are_for_those_who_ask_on_guarded_campaigns() -> None:
    asked = GOOD | {"codes": "yes"}
    ticked = [check(fields, sheet)[0] for sheet in (SHEET, GUARDED_SHEET) for fields in (GOOD, asked)]
    assert [entry.codes for entry in ticked if entry] == [False, False, False, True]


def test_nobody_is_asked_whether_their_name_may_be_shown_on_a_guarded_campaign() -> None:
    entry, _ = check(GOOD | {"show_name": "yes", "news_owner": "yes"}, GUARDED_SHEET)
    assert entry is not None
    assert entry.consents == ("sign", "news_owner")


class Work(NamedTuple):
    """The lengths of what was composed (NFC, NFKC) and encoded (punycode): both take time as its square."""

    composed: list[int]
    encoded: list[int]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    work = Work([], [])
    encode = encodings.punycode.punycode_encode

    def normalize(kind: str, text: str) -> str:
        work.composed.append(len(text))
        return unicodedata.normalize(kind, text)

    def punycode_encode(text: str) -> bytes:
        work.encoded.append(len(text))
        return encode(text)

    watched = SimpleNamespace(normalize=normalize, category=unicodedata.category)
    for module in (form, address):
        monkeypatch.setattr(module, "unicodedata", watched)
    monkeypatch.setattr(encodings.punycode, "punycode_encode", punycode_encode)
    return work


MARKS = "A" + "\u0301" * 15_000 + "\u0316" * 15_000
HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 20_900)))


@pytest.mark.parametrize("field", ["name", "email", "organisation"])
@pytest.mark.parametrize("typed", [MARKS, "a@" + HAN, "a@" + MARKS + ".example", "é" * (MOST_TYPED + 1)])
def test_what_nobody_typed_is_refused_before_it_costs_anything(work: Work, field: str, typed: str) -> None:
    entry, problems = check(GOOD | {field: typed}, SHEET)
    assert entry is None
    assert problems == {field: "email-too-long" if field == "email" else "too-long"}
    assert work == ([], [])


LABELS = ".".join(HAN[start : start + 63] for start in range(0, 900, 63))


@pytest.mark.parametrize("domain", [HAN[:64] + ".example", HAN[:998], f"example.{HAN[:200]}.example", LABELS])
def test_a_domain_too_long_for_any_is_not_encoded(work: Work, domain: str) -> None:
    _, problems = check(GOOD | {"email": f"a@{domain}"}, SHEET)
    assert set(problems) == {"email"}
    assert max(work.composed) <= MOST_TYPED
    assert work.encoded == []


def test_a_domain_that_can_be_is_encoded(work: Work) -> None:
    assert check(GOOD | {"email": f"a@{HAN[:15]}.example"}, SHEET)[1] == {}
    assert work.encoded == [15]


def test_a_line_as_long_as_anybody_types_is_tidied_first() -> None:
    assert check_line(" " * (MOST_TYPED - 5) + "Amina") == ("Amina", "")
    assert check_line("o\u0301" * 200) == ("ó" * 200, "")

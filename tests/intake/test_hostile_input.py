"""The input cases of design/trust.md, each through the real application, each with its outcome."""

import re

import pytest

from tests.intake.door import GOOD, OPEN, TEXTS, Door

SIGN = f"/act/en/{OPEN}/sign"
FIELDS = ("name", "email", "country", "organisation", "text", "sign", "show_name")
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><b>",
    "</title><h1>",
    "&lt;b&gt;",
    "javascript:1",
]
MARKERS = ["{{ 7*7 }}", "{% raw %}", "${7*7}", "%s%s%n", "{fact:killed}", "{name}", "{0}", "#{7*7}"]


def bare(page: str) -> str:
    """The page without what our own frame writes, so that what is left came from the person."""
    return re.sub(r"<style>.*?</style>", "", page, flags=re.S)


def test_an_empty_post_is_a_form_with_everything_missing(door: Door) -> None:
    for reply in (door.post(SIGN), door.send("POST", SIGN, b"", {})):
        assert reply.status == 422
        assert reply.form.values == {"text": TEXTS["en"], "name": "", "email": "", "organisation": ""}
    assert door.acts() == []


def test_ten_megabytes_are_refused(door: Door) -> None:
    reply = door.post(SIGN, b"name=" + b"x" * 10 * 1024 * 1024)
    assert reply.status == 413
    assert "64 kilobytes" in reply.text


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("typed", MARKUP + MARKERS)
def test_markup_and_template_markers_are_letters_in_every_field(door: Door, field: str, typed: str) -> None:
    reply = door.sign(**{field: typed, "email" if field != "email" else "name": ""})
    assert reply.status == 422
    page = bare(reply.text)
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in page
    if field in ("name", "email", "organisation"):
        assert reply.form.values[field] == typed
    assert door.acts() == []


@pytest.mark.parametrize(
    "typed", ["<b>Amina</b>", "{{ Amina }}", "=SUM(Amina)", "Amina {fact:killed}", "O'Neill; DROP--"]
)
def test_a_name_is_sealed_literally(door: Door, typed: str) -> None:
    assert door.sign(name=typed, organisation=typed).status == 303
    (record,) = door.records()
    assert (record.name, record.organisation) == (typed, typed)


@pytest.mark.parametrize(
    "body", [b"name=%FF%FE", b"name=\xff\xfe", b"name=%ED%A0%80", b"name=%C3", b"name=%F8%88%80%80%80"]
)
def test_what_is_not_utf8_is_shown_as_unreadable_and_asked_for_again(door: Door, body: bytes) -> None:
    reply = door.post(SIGN, body + b"&email=amina%40example.org&country=FR&sign=yes&text=" + TEXTS["en"].encode())
    assert reply.status == 422
    assert "did not arrive in one piece" in reply.text
    assert "\ufffd" in reply.form.values["name"]
    assert reply.form.values["email"] == "amina@example.org"


@pytest.mark.parametrize("field", ["name", "email", "organisation"])
@pytest.mark.parametrize("control", ["\x00", "\r\n", "\n", "\r", "\x1b[2J", "\x7f", "\x85"])
def test_control_characters_never_get_through(door: Door, field: str, control: str) -> None:
    reply = door.sign(**{field: f"Amina{control}Bcc: all@example.net"})
    assert reply.status == 422
    assert not set(reply.text) & set("\x00\r\x1b\x7f\x85")
    kept = "".join(letter for letter in control if letter.isprintable())
    assert reply.form.values[field] == f"Amina{kept}Bcc: all@example.net"
    assert door.acts() == []


@pytest.mark.parametrize(
    "typed",
    [
        "a@b@example.org",
        "x" * 308 + "@example.org",
        '"amina example"@example.org',
        "amina@localhost",
        "amina@[192.0.2.1]",
    ],
)
def test_odd_addresses_are_asked_for_again(door: Door, typed: str) -> None:
    reply = door.sign(email=typed)
    assert reply.status == 422
    assert reply.form.values["email"] == typed


def test_a_domain_in_another_script_is_taken_and_mailable(door: Door) -> None:
    assert door.sign(email="amina@пример.испытание").status == 303
    assert [contact.address for contact in door.contacts()] == ["amina@xn--e1afmkfd.xn--80akhbyknj4f"]


@pytest.mark.parametrize(
    ("typed", "sealed"),
    [
        ("Amina\u202eelpmaxE", "AminaelpmaxE"),
        ("\u2067Amina\u2069", "Amina"),
        ("A\u200bmi\u2060na\ufeff", "Amina"),
        ("سارا نمونه\u200cزاده", "سارا نمونه\u200cزاده"),
    ],
)
def test_invisible_characters_change_no_name(door: Door, typed: str, sealed: str) -> None:
    assert door.sign(name=typed).status == 303
    assert [record.name for record in door.records()] == [sealed]


def test_a_hundred_emoji_are_no_name(door: Door) -> None:
    reply = door.sign(name="😀" * 100)
    assert reply.status == 422
    assert reply.form.values["name"] == "😀" * 100


@pytest.mark.parametrize("typed", ["O'Neill", "李", "Ó", "Prince", "N" * 200, "Ng", "محمد", "Ẅ-ß ŷ", "Wałęsa", "ვაჟა"])
def test_names_of_all_kinds_are_taken(door: Door, typed: str) -> None:
    assert door.sign(name=typed).status == 303
    assert [record.name for record in door.records()] == [typed]
    assert [contact.name for contact in door.contacts()] == [typed]


def test_a_name_of_201_characters_is_asked_to_be_shorter(door: Door) -> None:
    reply = door.sign(name="N" * 201)
    assert reply.status == 422
    assert "200 characters" in reply.text
    assert reply.form.values["name"] == "N" * 201


def test_what_is_far_too_long_comes_back_whole(door: Door) -> None:
    typed = "A" + "\u0301\u0316" * 800
    reply = door.sign(name=typed, organisation=typed, email=f"a@{typed}")
    assert reply.status == 422
    assert [reply.form.values[field] for field in ("name", "organisation", "email")] == [typed, typed, f"a@{typed}"]
    assert door.acts() == []


def test_of_a_field_sent_twice_the_first_counts(door: Door) -> None:
    body = (
        "&".join(f"{name}={value}" for name, value in GOOD.items()) + "&name=Mallory&email=mallory@example.net&sign=no"
    )
    assert door.post(SIGN, body.encode()).status == 303
    assert [(record.name, record.address) for record in door.records()] == [("Amina Example", "amina@example.org")]


def test_a_box_unticked_first_stays_unticked(door: Door) -> None:
    assert door.post(SIGN, b"sign=no&sign=yes").form.values.get("sign") is None


def test_unknown_fields_are_left_alone(door: Door) -> None:
    assert door.sign(csrf="x", __proto__="y", admin="yes", act="z").status == 303
    assert [[kind for kind, _ in record.consents] for record in door.records()] == [["sign"]]

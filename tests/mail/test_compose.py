"""Mails as they are written."""

import email
import email.policy
import html
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.mail.compose import Code, Letter, Link, Quote, Text, compose, write_html, write_text
from standwith.mail.errors import Refused

NOW = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
BLOCKS = (
    Text("Hello,"),
    Quote("Free them <all>"),
    Link("Open & press:", "https://act.example.org/act/en/x?a=1&b=2"),
    Code("7R4QZ-0XK2M"),
)
LETTER = Letter("amina@example.org", "Please confirm", "en", "ltr", BLOCKS)


def composed(letter=LETTER, **changed):
    usual = {"sender": "Stand with <confirm@example.org>", "mark": "0" * 32, "now": NOW}
    return compose(letter, **usual | changed)


def read_back(mail):
    return email.message_from_bytes(mail.content, policy=email.policy.default)


def test_the_headers_say_what_they_must():
    mail = read_back(composed())
    assert {name: str(value) for name, value in mail.items() if not name.startswith(("Content", "MIME"))} == {
        "Subject": "Please confirm",
        "From": "Stand with <confirm@example.org>",
        "To": "amina@example.org",
        "Date": "Sun, 01 Mar 2026 06:30:00 +0000",
        "Message-ID": f"<{'0' * 32}@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    assert mail["Content-Language"] == "en"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_both_parts_say_the_same():
    assert write_text(BLOCKS) == (
        "Hello,\n\n> Free them <all>\n\nOpen & press:\nhttps://act.example.org/act/en/x?a=1&b=2\n\n    7R4QZ-0XK2M\n"
    )
    page = write_html(LETTER)
    body = page[page.index("<body>") :]
    words = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))).split()
    assert words == write_text(BLOCKS).replace("> ", "").split()


def test_the_page_is_in_the_readers_direction_and_calls_nobody():
    page = write_html(LETTER._replace(language="ar", direction="rtl"))
    assert page.count('lang="ar" dir="rtl"') == 2
    assert not re.search(r"<(img|script|link|iframe|style)|url\(|src=", page)


def test_composed_twice_is_the_same_mail():
    assert composed().content == composed().content


def test_lines_are_short_enough_for_every_server():
    mail = composed(LETTER._replace(blocks=(Text("long " * 2000), Text("ღ" * 5000))))
    assert max(map(len, mail.content.split(b"\r\n"))) <= 998
    assert read_back(mail).get_body(("plain",)).get_content().startswith("long long")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "amina",
        "a@b@example.org",
        "amina@example.org\r\nBcc: victim@example.net",
        "амина@example.org",
        "a b@example.org",
    ],
)
def test_what_cannot_stand_in_a_header_is_refused(address):
    with pytest.raises(Refused) as caught:
        composed(LETTER._replace(to=address))
    assert "example" not in str(caught.value)


def test_a_subject_holds_no_line_break():
    with pytest.raises(ValueError, match="linefeed"):
        composed(LETTER._replace(subject="Hello\r\nBcc: victim@example.net"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_any_text_arrives(text):
    blocks = (Text(text), Link(text, "https://act.example.org"))
    mail = read_back(composed(LETTER._replace(blocks=blocks)))
    plain, page = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert plain == write_text(blocks)
    assert page == write_html(LETTER._replace(blocks=blocks))


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Hello,", "7bit"),
        ("Grüße an alle, die unterschrieben haben", "quoted-printable"),
        ("გამარჯობა " * 20, "base64"),
    ],
)
def test_a_part_is_encoded_in_the_shortest_way(text, how):
    mail = read_back(composed(LETTER._replace(blocks=(Text(text),))))
    plain = mail.get_body(("plain",))
    assert (plain["Content-Transfer-Encoding"], plain.get_content().rstrip()) == (how, text.rstrip())


def test_a_quoted_address_stays_quoted():
    assert read_back(composed(LETTER._replace(to='"a b"@example.org')))["To"] == '"a b"@example.org'


def test_every_line_ends_as_it_must():
    content = composed(LETTER._replace(blocks=(Text("one\ntwo\r\nthree\rfour"), Text("Ćma\nq")))).content
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")

"""Mails as a person would see them, and nothing of theirs that could run."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from standwith.mailbox.letter import clean, read_letter, read_mailbox


def drop(folder: Path, name: str, html: str = "", **headers: str) -> None:
    """Put a mail with a text part, and an HTML part if there is one, into the folder."""
    mail = EmailMessage()
    mail["From"] = "Stand with Belarus <sign@example.org>"
    mail["To"] = "amina@example.org"
    mail.set_content("Confirm:\nhttps://example.org/act/x\n")
    if html:
        mail.add_alternative(html, subtype="html")
    for key, value in headers.items():  # after the content: setting it removes headers that begin with Content-
        mail[key.replace("_", "-")] = value
    (folder / f"{name}.eml").write_bytes(bytes(mail))


def test_newest_first(tmp_path: Path) -> None:
    drop(tmp_path, "a", Subject="first", Date="Mon, 16 Nov 2020 09:00:00 +0000")
    drop(tmp_path, "b", Subject="second", Date="Mon, 16 Nov 2020 11:30:00 +0200")
    (tmp_path / "notes.txt").write_text("not a mail")
    assert [(one.name, one.subject) for one in read_mailbox(tmp_path)] == [("b", "second"), ("a", "first")]
    assert read_mailbox(tmp_path)[0].sent.astimezone(UTC) == datetime(2020, 11, 16, 9, 30, tzinfo=UTC)


def test_an_arabic_mail_keeps_its_direction_and_its_link(tmp_path: Path) -> None:
    html = '<html><body><div lang="ar" dir="rtl" style="color:red"><p>أكّد <a href="https://example.org/x">هنا</a></p></div></body></html>'
    drop(tmp_path, "a", html, Subject="أكّد توقيعك", Content_Language="ar")
    letter = read_letter(tmp_path, "a")
    assert letter is not None
    assert (letter.subject, letter.language) == ("أكّد توقيعك", "ar")
    assert letter.body.strip() == '<div lang="ar" dir="rtl"><p>أكّد <a href="https://example.org/x">هنا</a></p></div>'


def test_a_mail_of_plain_text_is_shown_as_it_is(tmp_path: Path) -> None:
    drop(tmp_path, "a", Subject="x")
    letter = read_letter(tmp_path, "a")
    assert letter is not None
    assert letter.body == "<pre>Confirm:\nhttps://example.org/act/x\n</pre>"


def test_a_mail_without_date_or_subject_is_still_shown(tmp_path: Path) -> None:
    drop(tmp_path, "a", Date="not a date")
    letter = read_letter(tmp_path, "a")
    assert letter is not None
    assert letter.subject == "(no subject)"
    assert letter.sent.tzinfo is not None


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", ".hidden", "", "a/b", "a\x00", "ä", "x" * 200, "missing"])
def test_names_that_are_not_mails_of_ours(tmp_path: Path, name: str) -> None:
    drop(tmp_path, "a")
    assert read_letter(tmp_path, name) is None


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>one<script>alert(1)</script>two</p>", "<p>onetwo</p>"),
        ("<style>p{}</style><p onclick=x style=y>a &lt;b&gt;</p>", "<p>a &lt;b&gt;</p>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="HTTPS://example.org/?a=1&amp;b=2">x</a>', '<a href="HTTPS://example.org/?a=1&amp;b=2">x</a>'),
        ("<img src=https://example.org/pixel.png>text", "text"),
        ("<p><strong>open", "<p><strong>open</strong></p>"),
        ("</p></div>text<svg><p>in</p></svg>", "text"),
        ("<iframe src=x></iframe><form action=x><input>y</form>", "y"),
    ],
)
def test_only_harmless_elements_are_left(html: str, left: str) -> None:
    assert clean(html) == left

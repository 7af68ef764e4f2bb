"""The demo's mailbox in the browser: a list, a letter, a plain word that this is a demo."""

from pathlib import Path

from standwith.mailbox.app import make_mailbox
from tests.look.pages import Page
from tests.mailbox.test_letter import drop
from tests.site.asking import ask


def test_an_empty_mailbox_says_what_to_do_and_looks_again(tmp_path: Path) -> None:
    answer = ask(make_mailbox(tmp_path), "/mailbox")
    assert answer.status == 200
    assert "No mail yet" in answer.body.decode()
    assert answer.headers["refresh"] == "3"


def test_a_mailbox_that_nobody_made_yet_is_empty(tmp_path: Path) -> None:
    assert ask(make_mailbox(tmp_path / "missing"), "/mailbox/").status == 200


def test_the_list_leads_to_the_letter_and_its_link(tmp_path: Path) -> None:
    drop(tmp_path, "7f.3", '<p>Go: <a href="https://example.org/act/x">here</a></p>', Subject="Confirm <b>")
    mailbox = make_mailbox(tmp_path)
    shown = ask(mailbox, "/mailbox")
    assert "refresh" not in shown.headers
    [link] = [one for one in Page(shown.body.decode()).all("a") if one.text == "Confirm <b>"]
    page = Page(ask(mailbox, link.attributes["href"]).body.decode())
    assert page.one("h1").text == "Confirm <b>"
    assert page.one("a", href="https://example.org/act/x").text == "here"
    assert "This is a demo." in page.one("main").text


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    assert ask(make_mailbox(tmp_path), "/mailbox/nothing").status == 404
    assert ask(make_mailbox(tmp_path), "/mailbox/../x").status == 404


def test_it_only_shows(tmp_path: Path) -> None:
    assert ask(make_mailbox(tmp_path), "/mailbox", "POST").status == 405
    head = ask(make_mailbox(tmp_path), "/mailbox", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in head.headers["content-security-policy"]

"""Every page of the intake in every language of the interface: whole, small, and in that language's direction."""

import gzip
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from standwith.intake import pages
from standwith.intake.answers import Answer
from standwith.intake.manifest import Sheet, read_manifest
from standwith.languages import INTERFACE, voice
from tests.intake.door import GOOD, OPEN, TEXTS, manifest

EDITION = {
    "title": "Stand with Belarus",
    "owner": "Example Federation",
    "affiliate": "Example Union",
    "text": TEXTS["en"],
}
SHEETS = read_manifest(json.dumps(manifest(languages=dict.fromkeys(INTERFACE, EDITION))).encode())
TOKEN = "A" * 44
ALL_WRONG = {"name": "name-missing", "email": "email-wrong", "country": "country-missing", "sign": "text-changed"}
PAGES: dict[str, tuple[int, Callable[[Sheet], Answer]]] = {
    "form again": (422, lambda sheet: pages.form_again(sheet, GOOD, ALL_WRONG)),
    "form not taken": (503, lambda sheet: pages.form_not_taken(sheet, GOOD)),
    "confirm": (200, lambda sheet: pages.button_to_confirm(sheet, TOKEN)),
    "confirm not taken": (503, lambda sheet: pages.button_to_confirm(sheet, TOKEN, 503)),
    "withdraw": (200, lambda sheet: pages.button_to_withdraw(sheet, TOKEN)),
    "withdraw not taken": (503, lambda sheet: pages.button_to_withdraw(sheet, TOKEN, 503)),
    "code again": (422, lambda sheet: pages.code_again(sheet, {"code": "7K2QD"})),
    "code not taken": (503, lambda sheet: pages.code_not_taken(sheet, {"code": "7K2QD"})),
    "confirmation damaged": (404, pages.confirmation_link_damaged),
    "withdrawal damaged": (404, pages.withdrawal_link_damaged),
    "expired": (410, pages.link_expired),
    "closed": (410, pages.campaign_closed),
    "too much": (413, lambda sheet: pages.refused(413, sheet.language, sheet.page())),
    "broken": (500, lambda sheet: pages.refused(500, sheet.language, sheet.page())),
}
WITH_ERRORS = {"form again", "code again"}
ALONE = {"meta", "link", "input", "br", "hr", "img", "option"}  # HTML lets these stand without an end


class Outline(HTMLParser):
    """Counts headings, collects ids and what refers to them, and notices elements that are closed out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings = 0
        self.ids: list[str] = []
        self.refers: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        if "id" in found:
            self.ids.append(found["id"])
        self.refers |= {found["for"]} if "for" in found else set()
        self.refers |= set(found.get("aria-describedby", "").split())
        if found.get("href", "").startswith("#"):
            self.refers.add(found["href"][1:])
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALONE:
            assert self.open.pop() == tag


@pytest.mark.parametrize("code", INTERFACE)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole_in_every_language(name: str, code: str) -> None:
    status, make = PAGES[name]
    answer = make(SHEETS[code, OPEN])
    html = answer.body.decode()
    assert answer.status == status
    assert f'<html lang="{code}" dir="{voice(code).dir}">' in html
    outline = Outline()
    outline.feed(html)
    assert outline.open == []
    assert outline.headings == 1
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.refers <= set(outline.ids)
    assert html.count("autofocus") == (status in (422, 503))
    assert (b"retry-after" in dict(answer.headers)) is (status == 503)


@pytest.mark.parametrize("name", PAGES)
def test_error_stands_in_the_title_where_there_is_something_to_mend(name: str) -> None:
    html = PAGES[name][1](SHEETS["en", OPEN]).body.decode()
    title = re.search("<title>(.*?)</title>", html)
    assert title is not None
    assert title[1].startswith("Error: ") is (name in WITH_ERRORS)


@pytest.mark.parametrize("code", INTERFACE)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_small_on_the_wire(name: str, code: str) -> None:
    answer = PAGES[name][1](SHEETS[code, OPEN])
    wire = len(gzip.compress(answer.body, 6)) + sum(len(key) + len(value) + 4 for key, value in answer.headers)
    assert wire <= 14_000


def test_the_page_of_a_link_can_be_opened_in_the_other_languages() -> None:
    html = pages.button_to_withdraw(SHEETS["en", OPEN], TOKEN).body.decode()
    for code in INTERFACE:
        assert f'href="/act/{code}/{OPEN}/withdraw/{TOKEN}"' in html


def test_the_form_that_came_back_switches_to_the_campaign_in_other_languages() -> None:
    html = pages.form_again(SHEETS["en", OPEN], GOOD, ALL_WRONG).body.decode()
    assert f'href="/ka/{OPEN}/"' in html
    assert "/act/ka/" not in html

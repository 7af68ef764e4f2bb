"""The browser draws the code of a signature: with the real script in a real browser, and a door that writes down."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route

import standwith.site
from standwith.sealing.codes import read_code, spell_code

SITE = "http://act.example.org"
SCRIPT = Path(standwith.site.__file__).parent / "number.js"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><script src="/number.js" defer></script>
<form id="sign" method="post" action="/act/en/x/sign"><input name="name" value="Amina Example">
<button>Sign</button></form>"""
FIXED = "crypto.getRandomValues = array => array.map((_, place) => (place * 37 + 11) % 256)"


class Desk:
    """A page with the form, and the fields of each form that was sent."""

    def __init__(self, page: Page) -> None:
        self.page, self.sent = page, []
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        if route.request.url.endswith("/number.js"):
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
            return
        if route.request.method == "POST":
            self.sent.append(parse_qs(route.request.post_data))
        route.fulfill(body=PAGE, content_type="text/html")

    def sign(self) -> dict[str, list[str]]:
        self.page.goto(f"{SITE}/en/x/")
        with self.page.expect_navigation(url="**/sign"):
            self.page.click("button")
        return self.sent[-1]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    page = browser.new_page()
    yield Desk(page)
    page.close()


def test_every_signature_takes_a_code_of_its_own_along(desk: Desk) -> None:
    sent = [desk.sign() for _ in range(20)]
    assert all(fields["name"] == ["Amina Example"] for fields in sent)
    codes = {read_code(code) for fields in sent for code in fields["code"]}
    assert len(codes) == len(sent) == 20
    assert {fields["code"][0] for fields in sent} == {spell_code(code) for code in codes}


def test_the_letters_are_those_that_the_server_reads(desk: Desk) -> None:
    desk.page.add_init_script(FIXED)
    drawn = [(place * 37 + 11) % 256 for place in range(26)]
    value = drawn[0] & 7
    for byte in drawn[1:]:
        value = value << 5 | byte & 31
    assert desk.sign()["code"] == [spell_code(value.to_bytes(16, "big"))]


def test_sent_again_the_form_takes_one_code_not_two(desk: Desk) -> None:
    desk.sign()
    desk.page.go_back()
    with desk.page.expect_navigation(url="**/sign"):
        desk.page.click("button")
    assert [len(fields["code"]) for fields in desk.sent] == [1, 1]

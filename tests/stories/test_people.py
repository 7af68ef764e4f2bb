"""Noor looks for a friend among a hundred people: by keyboard, on a phone, in Arabic, on paper."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from standwith.campaigns.model import Media
from standwith.site.build import build
from tests.campaigns.belarus import CAMPAIGN, translate
from tests.site.conftest import NOW, NUMBERS
from tests.site.record.crowd import crowded
from tests.site.record.marks import picture
from tests.stories.test_accessible import findings_everywhere
from tests.stories.test_pages import STICKING_OUT, WIDTHS
from tests.stories.test_valid_html import check

PORTRAIT = Media(file="portrait.png", alt="Somebody at a gate", credit="Example Radio", data=picture(""))
LONG = "Wolfeschlegelsteinhausenbergerdorff-Überlingen-am-Bodensee"
PAGES = {
    "register": "people/",
    "its last page": "people/3/",
    "with a photograph": "people/someone-2/",
    "with initials": "people/nr-9/",
    "free again": "people/someone-3/",
    "without news": "people/someone-7/",
}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is the parent's
        pass


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a campaign with a hundred people, one with a photograph, one with a name that no line holds."""
    campaign = crowded(CAMPAIGN, 100)
    people = list(campaign.people)
    people[1] = replace(people[1], photo="portrait.png", photo_consent="own")
    people[9] = replace(people[9], name=f"Karim {LONG}", role=LONG * 2)
    campaign = replace(campaign, people=tuple(people), media=(PORTRAIT,))
    place = tmp_path_factory.mktemp("people") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)
        whole = translate(translate(campaign, "fr"), "ar")
        build([whole], place, site_url="http://127.0.0.1", numbers={campaign.id: NUMBERS}, now=NOW)
    return place


@pytest.fixture(scope="module")
def site(out: Path) -> Iterator[str]:
    """Where they are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="light")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def press(page: Page, name: str) -> None:
    """Reach the link of this name with the Tab key alone, and press Enter."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not come to “{name}”")


def test_noor_finds_her_friend_with_the_keyboard_alone(site: str, page: Page) -> None:
    page.goto(f"{site}/en/belarus/")
    press(page, "All people: 100")
    expect(page.locator("h1")).to_have_text("People")
    press(page, "Next page")
    press(page, "Next page")
    expect(page.locator("nav.pages p")).to_have_text("Page 3 of 3")
    press(page, "Previous page")
    friend = page.locator(".register b a").nth(5).inner_text()
    press(page, friend)
    expect(page.locator("h1")).to_have_text(friend)
    press(page, "All people")
    expect(page).to_have_url(f"{site}/en/belarus/people/")


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(site: str, page: Page, language: str, kind: str) -> None:
    page.goto(f"{site}/{language}/belarus/{PAGES[kind]}")
    assert page.locator("html").get_attribute("lang") == language
    assert findings_everywhere(page) == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_sticks_out(site: str, page: Page, language: str) -> None:
    for path in (*PAGES.values(), "people/someone-10/", "", "people/2/"):
        page.goto(f"{site}/{language}/belarus/{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert (path, width, page.evaluate(STICKING_OUT)) == (path, width, [])


def test_the_photograph_is_shown_beside_the_name(site: str, page: Page) -> None:
    page.goto(f"{site}/ar/belarus/people/someone-2/")
    name, photo = page.locator("h1 bdi").bounding_box(), page.locator("figure").bounding_box()
    assert name and photo
    assert photo["x"] + photo["width"] <= name["x"], "in Arabic it stands on the left"
    expect(page.locator("figure img")).to_have_attribute("alt", "ar: Somebody at a gate")


def test_on_paper_the_record_stays_and_the_controls_go(site: str, page: Page) -> None:
    page.goto(f"{site}/en/belarus/people/")
    page.emulate_media(media="print")
    expect(page.locator(".register li").first).to_be_visible()
    expect(page.locator("nav.pages")).to_be_hidden()
    page.goto(f"{site}/en/belarus/people/someone-2/")
    expect(page.locator(".history li").first).to_be_visible()
    expect(page.locator("a.jump")).to_be_hidden()


def test_every_page_is_valid(out: Path) -> None:
    files = [out / f"{language}/belarus/{path}index.html" for language in ("en", "ar") for path in PAGES.values()]
    # The invented translation is English under another name; and files have no 'self' that a picture could come from.
    mistaken = ("This document appears to be written in", "Resource violates Content")
    assert [line for line in check(files) if not any(one in line for one in mistaken)] == []

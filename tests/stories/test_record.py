"""Kofi reads what is known, when it happened and who says so: on a phone, on paper, with the keyboard, in Arabic."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from standwith.campaigns.model import Campaign
from standwith.site.build import build
from tests.campaigns.belarus import CAMPAIGN, translate
from tests.site.conftest import NOW, NUMBERS
from tests.site.record.known import EVENTS, FACTS, SOURCES, event, fact, knowing, many_events, many_facts, many_sources
from tests.stories.test_accessible import findings_everywhere
from tests.stories.test_keyboard import SMALL, SMALLEST
from tests.stories.test_pages import STICKING_OUT, WIDTHS
from tests.stories.test_people import Quiet, press
from tests.stories.test_valid_html import check

LONG = "Wolfeschlegelsteinhausenbergerdorff-Überlingen-am-Bodensee"
PAGES = {
    "facts": "belarus/facts/",
    "a later page of facts": "many/facts/2/",
    "timeline": "belarus/timeline/",
    "timeline in columns": "many/timeline/",
    "a later page of the timeline": "many/timeline/2/",
    "sources": "many/sources/2/",
    "a source": "belarus/sources/s/",
    "a source in another script": "belarus/sources/u/",
}
# Labels of a drawing that cover each other, and what of it lies outside of the window.
COVERED = """() => {
    const found = [];
    for (const svg of document.querySelectorAll("svg[role=img]")) {
        const boxes = [...svg.querySelectorAll("text")].map(e => [e.textContent, e.getBoundingClientRect()]);
        boxes.forEach(([one, a], at) => boxes.slice(at + 1).forEach(([other, b]) => {
            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
                found.push(`${one} covers ${other}`);
        }));
        for (const [said, box] of boxes)
            if (box.left < -1 || box.right > innerWidth + 1) found.push(`${said} sticks out`);
    }
    return found;
}"""


def small() -> Campaign:
    """The small record, with some words that are long."""
    facts = (*FACTS, fact("long", 10**14, 10**15 - 1, "between", "2020", what=LONG * 3, disputed=LONG * 3))
    events = (*EVENTS, event("2021-02-03", "law", LONG * 3), *many_events(26))
    bare = replace(CAMPAIGN, statement=("Inside: {fact:inside-1}.",))
    return knowing(bare, facts=facts, timeline=events, sources=(*SOURCES, *many_sources(1)))


def large() -> Campaign:
    """A long one."""
    bare = replace(CAMPAIGN, id="many", statement=("x",), people=(), demands=())
    return replace(bare, facts=many_facts(300, 70), timeline=many_events(300, 70), sources=many_sources(70))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of both, in English, French and Arabic."""
    place = tmp_path_factory.mktemp("record") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)
        whole = [translate(translate(campaign, "fr"), "ar") for campaign in (small(), large())]
        build(whole, place, site_url="http://127.0.0.1", numbers={"belarus": NUMBERS, "many": NUMBERS}, now=NOW)
    return place


@pytest.fixture(scope="module")
def site(out: Path) -> Iterator[str]:
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


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(site: str, page: Page, kind: str, language: str) -> None:
    page.goto(f"{site}/{language}/{PAGES[kind]}")
    assert findings_everywhere(page) == {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert (width, page.evaluate(STICKING_OUT)) == (width, [])
        assert (width, page.evaluate(SMALL, SMALLEST)) == (width, [])
        if width >= 360:
            assert (width, page.evaluate(COVERED)) == (width, [])


def test_covered_labels_would_be_noticed(site: str, page: Page) -> None:
    """The check itself: a drawing that is pressed together."""
    page.goto(f"{site}/en/belarus/timeline/")
    page.evaluate("document.querySelector('svg[role=img]').setAttribute('width', '40')")
    page.evaluate("document.querySelector('svg[role=img]').style.inlineSize = '40px'")
    assert len(page.evaluate(COVERED)) > 5


def test_the_pages_are_valid(out: Path) -> None:
    assert check([out / "en" / place / "index.html" for place in PAGES.values()]) == []


def test_kofi_goes_from_a_figure_to_its_fact_to_its_source_and_back_with_the_keyboard(site: str, page: Page) -> None:
    page.goto(f"{site}/en/belarus/")
    press(page, "100")
    expect(page.locator("#fact-inside-1")).to_be_in_viewport()
    assert page.url == f"{site}/en/belarus/facts/#fact-inside-1"
    press(page, "Example Union")
    assert page.url == f"{site}/en/belarus/sources/s/"
    press(page, "at least 2")
    assert page.url == f"{site}/en/belarus/facts/#fact-killed"
    expect(page.locator("#fact-killed")).to_be_in_viewport()


def test_kofi_turns_the_pages_of_a_long_record(site: str, page: Page) -> None:
    page.goto(f"{site}/en/many/")
    press(page, "All events: 300")
    press(page, "Next page")
    assert page.url == f"{site}/en/many/timeline/2/"
    expect(page.locator("h1")).to_have_text(re.compile("^What happened · Page 2 of [0-9]+$"))


def test_the_number_in_the_drawing_stands_beside_its_event_in_the_same_shape(site: str, page: Page) -> None:
    page.goto(f"{site}/en/belarus/timeline/")
    for number in ("1", "2", "3"):
        drawn = page.locator(f"#drawn text[class^=n]:text-is('{number}')")
        listed = page.locator(f".nr:text-is('{number}')")
        assert drawn.get_attribute("class")[-1] == listed.get_attribute("class")[-1]


def test_in_arabic_time_runs_from_the_right(site: str, page: Page) -> None:
    places = {}
    for language, first, last in (("en", "1", "20"), ("ar", "١", "٢٠")):
        page.goto(f"{site}/{language}/belarus/timeline/")
        boxes = [page.locator(f"#drawn text[class^=n]:text-is('{one}')").bounding_box() for one in (first, last)]
        places[language] = [box["x"] for box in boxes if box]
    assert places["en"][0] < places["en"][1] and places["ar"][0] > places["ar"][1]


@pytest.mark.parametrize("kind", ["facts", "timeline"])
def test_drawings_are_named_for_those_who_do_not_see_them(site: str, page: Page, kind: str) -> None:
    page.goto(f"{site}/en/{PAGES[kind]}")
    images = [node for node in nodes(page) if node["role"]["value"] == "image"]
    assert images
    assert all(node["name"]["value"] and node["description"]["value"] for node in images)


def nodes(page: Page) -> list[dict[str, Any]]:
    """What the browser tells a screen reader."""
    found = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in found if not node["ignored"]]


def test_on_paper_the_drawing_and_the_numbers_are_black_on_white(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123}, color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/en/belarus/timeline/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("#drawn")).to_be_visible()
    colours = page.evaluate("[...document.querySelectorAll('.nr')].map(e => getComputedStyle(e).color)")
    assert set(colours) == {"rgb(0, 0, 0)"}
    assert page.evaluate("getComputedStyle(document.querySelector('#drawn .m1')).stroke") == "rgb(0, 0, 0)"
    context.close()

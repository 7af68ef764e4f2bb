"""Everything can be done with the keyboard alone, one sees where one is, and no target is too small for a thumb."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.stories.conftest import Demo
from tests.stories.every_page import CAMPAIGN, KINDS, LANGUAGES, Post, visit

WIDTHS = {"narrow": 360, "wide": 1280}
SMALLEST = 24  # CSS pixels, WCAG 2.2 success criterion 2.5.8

# Everything that takes the focus, in the order of the document.
STOPS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")]
    .filter(e => e.checkVisibility())"""
# Where the focus is: its number among the stops, how it is shown, and whether one could see it.
HERE = f"""() => {{
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    return {{
        number: ({STOPS})().indexOf(e), name: e.localName, id: e.id, href: e.getAttribute("href"),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), colour: style.outlineColor,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        top: box.top + scrollY, left: box.left, right: box.right,
    }};
}}"""
# Targets smaller than they should be. A link in a sentence is as small as its line; a box counts with its label;
# and a small one passes with enough room: no other target within the circle of 24 pixels around its middle.
SMALL = f"""smallest => {{
    const box = e => e.getBoundingClientRect();
    const area = e => [box(e), ...[...(e.labels || [])].map(box)];
    const inSentence = e => e.localName === "a" && getComputedStyle(e).display === "inline" &&
        e.closest("p, li, dt, dd, td, blockquote, cite, label, pre").textContent.trim() !== e.textContent.trim();
    const hits = (x, y, b) => Math.hypot(Math.max(b.left - x, 0, x - b.right), Math.max(b.top - y, 0, y - b.bottom));
    const stops = ({STOPS})();
    const crowded = e => {{
        const b = box(e), x = b.left + b.width / 2, y = b.top + b.height / 2;
        return stops.some(other => other !== e && hits(x, y, box(other)) < smallest / 2);
    }};
    return stops
        .filter(e => !inSentence(e) && !area(e).some(b => b.width >= smallest && b.height >= smallest) && crowded(e))
        .map(e => `${{e.outerHTML.slice(0, 90)}} ${{box(e).width}} x ${{box(e).height}}`);
}}"""


@pytest.fixture(scope="module")
def post(demo: Demo) -> Post:
    return Post(demo)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTHS["narrow"], "height": 740}, java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page; every stop on the way."""
    stops: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["number"] < 0 or (stops and here["number"] == stops[0]["number"]):
            return stops
        stops.append(here)
    raise AssertionError("the focus never left the page")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_tab_goes_through_the_campaign_page_as_one_reads(demo: Demo, page: Page, language: str, width: str) -> None:
    page.set_viewport_size({"width": WIDTHS[width], "height": 740})
    visit(page, demo, "campaign", language)
    count = page.evaluate(f"({STOPS})().length")
    stops = walk(page)
    assert [stop["number"] for stop in stops] == list(range(count))
    assert stops[0]["href"] == "#main"
    assert [stop for stop in stops if stop["outline"] < 2 or not stop["seen"]] == []
    if width == "narrow":
        assert [pair for pair in pairwise(stops[1:]) if goes_back(*pair)] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_focus_stands_out_against_the_page(demo: Demo, page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    visit(page, demo, "campaign", "en")
    ground = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    for stop in walk(page)[1:]:  # the skip link has a ground of its own
        light, dark = sorted((luminance(stop["colour"]), ground), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, stop


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_can_be_walked_through(demo: Demo, post: Post, page: Page, kind: str) -> None:
    visit(page, demo, kind, "ar", post.letter_for(kind, "ar"))
    count = page.evaluate(f"({STOPS})().length")
    stops = walk(page)
    # Where mistakes came back the focus begins at their summary; the rest of the page follows, then the beginning.
    assert [stop["number"] for stop in stops] == list(range(stops[0]["number"], count))
    assert [stop for stop in stops if stop["outline"] < 2 or not stop["seen"]] == []


def test_the_skip_link_leads_to_the_content(demo: Demo, page: Page) -> None:
    visit(page, demo, "campaign", "en")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_another_language_with_the_keyboard(demo: Demo, page: Page) -> None:
    visit(page, demo, "sources", "en")
    tab_to(page, f"/ka/{CAMPAIGN}/sources/")
    page.keyboard.press("Enter")
    page.wait_for_url(demo.page("ka", "sources/"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_sign_confirm_and_withdraw_with_the_keyboard(demo: Demo, post: Post, page: Page, language: str) -> None:
    visit(page, demo, "campaign", language)
    tab_to(page, "f-name")
    page.keyboard.type("Noor Example")
    tab_to(page, "f-email")
    page.keyboard.type(f"keys-{language}@example.net")
    tab_to(page, "f-country")
    page.keyboard.press("ArrowDown")
    assert page.input_value("#f-country")
    tab_to(page, "f-sign")
    page.keyboard.press("Space")
    expect(page.locator("#f-sign")).to_be_checked()
    tab_to(page, "")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path == f"/{language}/{CAMPAIGN}/check-your-mail/"
    letter = post.letter(language)
    for link, place in ((letter.confirm, "thank-you"), (letter.withdraw, "withdrawn")):
        page.goto(demo.url + link)
        tab_to(page, "")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert urlsplit(page.url).path == f"/{language}/{CAMPAIGN}/{place}/"


def test_from_the_summary_of_mistakes_to_the_field(demo: Demo, page: Page) -> None:
    visit(page, demo, "form with mistakes", "en")
    expect(page.locator("[role=alert]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-name")).to_be_focused()
    page.keyboard.type("Noor Example")
    assert page.input_value("#f-name") == "Noor Example"


@pytest.mark.parametrize("kind", KINDS)
def test_no_target_is_too_small(demo: Demo, post: Post, page: Page, kind: str) -> None:
    visit(page, demo, kind, "en", post.letter_for(kind, "en"))
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(SMALL, SMALLEST) == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_target_of_the_campaign_page_is_too_small(demo: Demo, page: Page, language: str) -> None:
    visit(page, demo, "campaign", language)
    assert page.evaluate(SMALL, SMALLEST) == []


def goes_back(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether the focus jumped up; to the top of the column beside is no jump."""
    beside = after["left"] >= before["right"] or after["right"] <= before["left"]
    return bool(after["top"] < before["top"] - 40 and not beside)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on the element with this id or address; "" the button of the form."""
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if wanted in (here["id"], here["href"]) if wanted else here["name"] == "button":
            return
    raise AssertionError(f"Tab never reached {wanted}")


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `rgb(168, 31, 31)`."""
    parts = [int(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

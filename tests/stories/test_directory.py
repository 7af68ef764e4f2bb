"""Noor looks for unions that stand with Belarus: on the map, by country, by name, without a script and with one."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from standwith.organisations import fold
from tests.stories.conftest import Demo

SEARCH = Path(__file__).parents[2] / "src/standwith/site/search.js"


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """The directory on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.goto(f"{demo.url}/en/organisations/")
    yield opened
    context.close()


def find(page: Page, name: str) -> str:
    """What the page says when this is looked for, typed and sent with the keyboard alone."""
    page.get_by_role("searchbox").fill(name)
    page.keyboard.press("Enter")
    found = page.locator("[data-found]")
    expect(found).not_to_be_empty()
    expect(found).not_to_have_attribute("aria-busy", "true")
    return found.inner_text()


def test_without_a_script_noor_goes_by_country(demo: Demo, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(f"{demo.url}/ar/organisations/")
    assert page.get_by_role("search").count() == 0
    expect(page.get_by_role("img")).to_be_visible()
    page.locator("[data-lands] a[href='it/']").click()
    expect(page.locator("h1")).to_have_text("إيطاليا")
    assert page.locator(".bodies > li").count() == 13
    page.get_by_role("link", name="Confederazione Unitaria di Base", exact=True).click()
    assert page.url == f"{demo.url}/ar/organisations/cub-it/"
    expect(page.locator("#affiliates")).to_contain_text("CUB SUR")


def test_a_country_of_the_map_is_hatched_and_a_small_one_a_dot(page: Page) -> None:
    drawn = page.evaluate(
        """() => Object.fromEntries(["ground", "hatched", "dots"].map(name => {
            const style = getComputedStyle(document.querySelector(`.world .${name}`));
            return [name, [style.fill, style.strokeLinecap]];
        }))"""
    )
    assert "#hatch" in drawn["hatched"][0] and "#hatch" not in drawn["ground"][0]
    assert drawn["dots"][1] == "round"
    right = page.evaluate("() => document.querySelector('.world svg').getBoundingClientRect().right")
    assert right <= 360


def test_the_world_is_not_mirrored_where_text_runs_from_the_right(demo: Demo, page: Page) -> None:
    page.goto(f"{demo.url}/ar/organisations/")
    assert page.evaluate("() => getComputedStyle(document.querySelector('.world svg')).transform") == "none"


@pytest.mark.parametrize("typed", ["gida", "GIDA-IŞ", "gıda sanayii", "sendikası konfederasyonu", "disk gida"])
def test_noor_finds_a_union_however_she_writes_it(page: Page, typed: str) -> None:
    found = find(page, typed)
    assert "Gıda Sanayii İşçileri Sendikası" in found and "Türkiye" in found


def test_what_is_found_leads_to_the_federation_or_the_country(page: Page) -> None:
    assert "CUB SUR" in find(page, "cub")
    links = page.locator("[data-found] a")
    assert sorted(links.evaluate_all("all => all.map(a => a.getAttribute('href'))")) == ["cub-it/", "it/"]
    links.first.click()
    expect(page.locator("h1")).to_be_visible()


def test_nothing_found_is_said_and_so_is_a_network_that_fails(page: Page) -> None:
    assert find(page, "zzzz").startswith("No organisation")
    page.route("**/organisations/search/*.json", lambda route: route.abort())
    page.reload()
    assert find(page, "postal").startswith("The list of names could not be loaded")


def test_a_name_is_never_read_as_markup(page: Page) -> None:
    page.route("**/organisations/search/words.json", lambda route: route.fulfill(json={"buckets": 1, "common": []}))
    rows = [["<img src=x onerror=alert(1)> rail", "", "", "FR", ""]]
    page.route("**/organisations/search/0.json", lambda route: route.fulfill(json=rows))
    assert "<img src=x" in find(page, "rail")
    assert page.locator("[data-found] img").count() == 0


def test_common_words_need_a_second_one(page: Page) -> None:
    told = {"buckets": 1, "common": ["national", "union"]}
    page.route("**/organisations/search/words.json", lambda route: route.fulfill(json=told))
    page.route("**/organisations/search/0.json", lambda route: route.fulfill(json=[["Unione", "", "", "IT", ""]]))
    pairs = [["National Union of Rail", "", "", "GB", ""]]
    page.route("**/organisations/search/p0.json", lambda route: route.fulfill(json=pairs))
    assert find(page, "union").startswith("Too many")
    assert find(page, "uni union").startswith("Too many")
    assert "Rail" in find(page, "union nat")
    assert find(page, "unione") == "Unione\nItaly"


def test_script_and_server_fold_every_letter_alike(page: Page) -> None:
    lines = SEARCH.read_text("utf-8").splitlines()
    code = "\n".join(line for line in lines if line.lstrip().startswith(("const ALONE", "const fold")))
    letters = [chr(number) for number in range(0x3400) if unicodedata.category(chr(number))[0] == "L"]
    theirs = page.evaluate(f"letters => {{ {code} return letters.map(fold); }}", letters)
    assert [(one, theirs[n], fold(one)) for n, one in enumerate(letters) if theirs[n] != fold(one)] == []

"""Amina keeps her code: on the thank-you page it finds its leaf; in a guarded campaign it is shown once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from standwith.sealing.codes import spell_code, write_code
from tests.site.ledgers import code_of
from tests.stories.ledger_site import GUARDED, SIZE, LedgerSite, ledger_site
from tests.stories.test_accessible import findings_everywhere
from tests.stories.test_verify import MINE, assert_receipt


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerSite]:
    """A site with a ledger, served."""
    with ledger_site(tmp_path_factory.mktemp("ledger")) as shown:
        yield shown


@pytest.fixture
def site(served: LedgerSite) -> LedgerSite:
    """The site with a whole ledger of 600 leaves, two of three witnesses; a test may spoil it."""
    return served.fresh()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone with scripts switched on and a clock that is moved by hand."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.clock.install()
    yield page
    context.close()


def thanks(site: LedgerSite, index: int, language: str = "en") -> str:
    """Where the confirmation of signature `index` leads."""
    return site.page(f"{language}/belarus/thank-you/#{spell_code(code_of(index))}")


def test_the_code_its_place_and_its_receipt(site: LedgerSite, page: Page) -> None:
    page.goto(thanks(site, MINE))
    expect(page.locator("[data-code]")).to_have_text(write_code(code_of(MINE)))
    expect(page.locator("[data-news]")).to_have_text("Your signature stands in the ledger: leaf 55 of 600.")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the receipt").click()
    assert waiting.value.suggested_filename == "receipt-55.tlog-proof"
    assert_receipt(site, waiting.value.path().read_bytes())
    page.get_by_role("link", name="Check it yourself").click()
    page.wait_for_url(re.compile("/en/verify/#"))
    expect(page.locator("#code .found h3")).to_have_text("The code stands in the ledger, and it counts.")


def test_it_waits_until_the_ledger_has_the_leaf(site: LedgerSite, page: Page) -> None:
    page.goto(thanks(site, SIZE + 1))
    expect(page.locator("[data-news]")).to_have_text("Looking for it in the ledger…")
    site.log.grow(SIZE + 10)
    page.clock.run_for(2500)
    expect(page.locator("[data-news]")).to_have_text("Your signature stands in the ledger: leaf 601 of 610.")
    site.log.grow(SIZE + 20)  # the receipt is made of the ledger as it is when it is saved
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the receipt").click()
    assert waiting.value.path().read_bytes() == site.log.receipt(SIZE + 1)


def test_after_a_minute_it_stops_asking_and_offers_to_look_again(site: LedgerSite, page: Page) -> None:
    page.goto(thanks(site, SIZE + 1))
    again = page.get_by_role("button", name="Look again")
    for _ in range(40):
        if again.is_visible():
            break
        page.clock.run_for(2100)
        page.wait_for_timeout(50)
    expect(page.locator("[data-news]")).to_have_text("It is not among the newest leaves of the ledger yet.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(10_000)
    page.wait_for_timeout(200)
    assert asked == []
    site.log.grow(SIZE + 10)
    again.click()
    expect(page.locator("[data-news]")).to_have_text("Your signature stands in the ledger: leaf 601 of 610.")


def test_no_code_in_the_address_no_section(site: LedgerSite, page: Page) -> None:
    for path in ("en/belarus/thank-you/", "en/belarus/thank-you/#main", f"en/{GUARDED}/check-your-mail/"):
        page.goto("about:blank")
        page.goto(site.page(path))
        expect(page.locator("#yours")).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_guarded_code_is_shown_once_and_leaves_the_address(site: LedgerSite, page: Page, language: str) -> None:
    address = site.page(f"{language}/{GUARDED}/check-your-mail/")
    page.goto(f"{address}#{spell_code(code_of(MINE))}.abcDEF-_123abcDEF-_123abcDEF-_12")
    expect(page.locator("[data-code]")).to_have_text(write_code(code_of(MINE)))
    back = page.locator("[data-back]")
    expect(back).to_be_hidden()
    page.locator("#yours summary").click()
    expect(back).to_be_visible()
    wanted = site.page(f"act/{language}/{GUARDED}/withdraw/abcDEF-_123abcDEF-_123abcDEF-_12")
    expect(back).to_have_text(wanted)
    assert back.get_attribute("href") == wanted
    assert page.url == address
    assert findings_everywhere(page) == {}


def test_it_asks_the_ledger_nothing_about_a_guarded_code(site: LedgerSite, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.page(f'en/{GUARDED}/check-your-mail/')}#{spell_code(code_of(MINE))}.abc")
    expect(page.locator("[data-code]")).to_have_text(write_code(code_of(MINE)))
    page.clock.run_for(10_000)
    assert not [url for url in asked if "/log/" in url]


@pytest.mark.parametrize("path", ["belarus/thank-you", f"{GUARDED}/check-your-mail"])
def test_without_scripts_one_sentence_says_where_the_code_is(
    site: LedgerSite, plain: BrowserContext, path: str
) -> None:
    page = plain.new_page()
    page.goto(f"{site.page(f'en/{path}/')}#{spell_code(code_of(MINE))}")
    expect(page.locator("[data-plain]")).to_be_visible()
    expect(page.locator("[data-plain]")).to_contain_text("#")
    expect(page.locator("[data-shown]")).to_be_hidden()


def test_everyone_can_use_it(site: LedgerSite, page: Page) -> None:
    page.goto(thanks(site, MINE, "ar"))
    expect(page.get_by_role("button")).to_be_visible()
    expect(page.locator("[data-news]")).to_have_attribute("aria-live", "polite")
    assert findings_everywhere(page) == {}

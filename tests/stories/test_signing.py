"""People sign: in their own language, on a phone without scripts, with mistakes on the way."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from standwith.languages import voice
from tests.stories.conftest import Demo


def fill_form(page: Page, *, name: str, address: str, country: str = "FR") -> None:
    page.fill("#f-name", name)
    page.fill("#f-email", address)
    page.select_option("#f-country", country)
    page.check("#f-sign")


def press(page: Page, message: str, language: str) -> None:
    page.get_by_role("button", name=voice(language).gettext(message), exact=True).click()


def open_letter(page: Page, demo: Demo, address: str) -> Page:
    """The letter to `address`, as the mailbox shows it; the clerk may need a moment to write it."""
    for _ in range(60):
        page.goto(f"{demo.url}/mailbox")
        letters = (
            page.get_by_role("link")
            .filter(has=page.get_by_text(address))
            .or_(page.locator("li, tr, a").filter(has_text=address).locator("a"))
        )
        if letters.count():
            letters.first.click()
            return page
        page.wait_for_timeout(250)
    raise AssertionError("no letter came")


def link_in_letter(page: Page, kind: str) -> str:
    """The link of this kind in the open letter, wherever the mailbox shows it."""
    for frame in page.frames:
        found = re.search(rf"https?://[^\s\"'<>]+/act/[^\s\"'<>]+/{kind}/[A-Za-z0-9_-]+", frame.content())
        if found:
            return found[0]
    raise AssertionError(f"there is no link to {kind}")


def shown_number(page: Page, demo: Demo, language: str) -> str:
    page.goto(demo.page(language))
    return page.locator("#number, .count strong, .hero strong").first.inner_text()


def wait_for_count(page: Page, demo: Demo, number: int) -> None:
    for _ in range(80):
        count = page.request.get(f"{demo.url}/stand-with-belarus/count.json").json()
        if count["data"]["attributes"]["signature_count"] == number:
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"the count never became {number}")


@pytest.mark.parametrize("language", ["ar", "en", "ka"])
def test_sign_confirm_see_the_number_withdraw(demo: Demo, plain: BrowserContext, language: str) -> None:
    address = f"amina-{language}@example.org"
    page = plain.new_page()
    page.goto(demo.page(language))
    before = page.request.get(f"{demo.url}/stand-with-belarus/count.json").json()["data"]["attributes"][
        "signature_count"
    ]
    assert page.locator("form#sign input[type=checkbox]:checked").count() == 0
    fill_form(page, name="أمينة Example", address=address)
    press(page, "Sign the statement", language)
    assert urlsplit(page.url).path == f"/{language}/stand-with-belarus/check-your-mail/"
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")

    letter = open_letter(page, demo, address)
    confirm, withdraw = link_in_letter(letter, "confirm"), link_in_letter(letter, "withdraw")
    for _ in range(2):  # opening it twice is as good as once
        page.goto(confirm)
        expect(page.locator("main button")).to_have_count(1)
        press(page, "Confirm my signature", language)
        assert urlsplit(page.url).path == f"/{language}/stand-with-belarus/thank-you/"
    wait_for_count(page, demo, before + 1)
    assert voice(language).number(before + 1) in page.goto(demo.page(language)).text()

    page.goto(withdraw)
    press(page, "Withdraw my signature", language)
    assert urlsplit(page.url).path == f"/{language}/stand-with-belarus/withdrawn/"
    wait_for_count(page, demo, before)


def test_mistakes_come_back_with_everything_filled_in(demo: Demo, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(demo.page("ar"))
    page.fill("#f-name", "O'Neill <b>李</b> {{ 7*7 }}")
    page.fill("#f-email", "not an address")
    page.fill("#f-organisation", "Example Union")
    page.select_option("#f-country", "GE")
    page.check("#f-show_name")
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        press(page, "Sign the statement", "ar")
    assert posted.value.status == 422
    arabic = voice("ar")
    assert page.title().startswith(arabic.gettext("Error: {title}", title="").strip())
    assert page.locator("html").get_attribute("dir") == "rtl"
    summary = page.locator("[role=alert]")
    expect(summary).to_be_focused()
    assert summary.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))") == [
        "#f-email",
        "#f-sign",
    ]
    assert page.input_value("#f-name") == "O'Neill <b>李</b> {{ 7*7 }}"
    assert page.input_value("#f-email") == "not an address"
    assert page.input_value("#f-organisation") == "Example Union"
    assert page.input_value("#f-country") == "GE"
    assert page.is_checked("#f-show_name")
    assert not page.is_checked("#f-sign")


def test_a_scanner_that_opens_every_link_of_the_mail_changes_nothing(demo: Demo, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(demo.page("en"))
    fill_form(page, name="Noor Example", address="noor@example.org")
    press(page, "Sign the statement", "en")
    letter = open_letter(page, demo, "noor@example.org")
    links = {link_in_letter(letter, "confirm"), link_in_letter(letter, "withdraw")}
    before = page.request.get(f"{demo.url}/stand-with-belarus/count.json").json()
    for link in sorted(links):
        page.request.head(link)
        page.goto(link)
    page.wait_for_timeout(3000)
    assert page.request.get(f"{demo.url}/stand-with-belarus/count.json").json() == before


def test_the_code_can_be_typed_instead(demo: Demo, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(demo.page("pl"))
    fill_form(page, name="Kasia Example", address="kasia@example.org", country="PL")
    press(page, "Sign the statement", "pl")
    before = page.request.get(f"{demo.url}/stand-with-belarus/count.json").json()["data"]["attributes"][
        "signature_count"
    ]
    letter = open_letter(page, demo, "kasia@example.org")
    code = next(filter(None, (re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", f.content()) for f in letter.frames)))[0]
    page.goto(demo.page("pl", "check-your-mail/"))
    page.fill("#f-code", "7K2QD-9XW4M")
    press(page, "Confirm with the code", "pl")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.fill("#f-code", f" {code.lower()} ")
    press(page, "Confirm with the code", "pl")
    assert urlsplit(page.url).path == "/pl/stand-with-belarus/thank-you/"
    wait_for_count(page, demo, before + 1)


def test_no_page_needs_anything_from_elsewhere(demo: Demo, plain: BrowserContext) -> None:
    page = plain.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("", "sources/", "check-your-mail/"):
        asked.clear()
        page.goto(demo.page("en", path))
        # A browser may ask for the icon of its tab when it has nothing else to do; the page does not wait for it.
        assert [url for url in asked if not url.endswith("/icon.svg")] == [demo.page("en", path)], "style included"

"""People sign: in their own language, on a phone without scripts, with mistakes on the way, where it is a risk."""

import re
import shutil
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from standwith.languages import voice
from standwith.sealing.codes import read_code, spell_code, write_code
from standwith.sealing.keys import make_key
from tests.stories.conftest import EXAMPLE, Demo, run_demo


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


def codes_in_letter(page: Page) -> dict[int, str]:
    """The codes in the open letter by their length: ten letters to confirm, 26 to find the signature again."""
    said = " ".join(frame.content() for frame in page.frames)
    found = re.findall(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5})+[0-9A-Z]?\b", said)
    return {len(code.replace("-", "")): code for code in found}


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
    code = codes_in_letter(letter)[26]
    for _ in range(2):  # opening it twice is as good as once
        page.goto(confirm)
        expect(page.locator("main button")).to_have_count(1)
        press(page, "Confirm my signature", language)
        assert urlsplit(page.url).path == f"/{language}/stand-with-belarus/thank-you/"
        assert urlsplit(page.url).fragment == code.replace("-", "")
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
    code = codes_in_letter(letter)[10]
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


def test_with_scripts_the_browser_draws_the_code_that_the_letter_brings_back(demo: Demo, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(demo.page("en"))
    fill_form(page, name="Noor Example", address="noor-draws@example.org")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        press(page, "Sign the statement", "en")
    (drawn,) = parse_qs(posted.value.post_data)["code"]
    letter = open_letter(page, demo, "noor-draws@example.org")
    assert codes_in_letter(letter)[26] == write_code(read_code(drawn))
    page.goto(link_in_letter(letter, "confirm"))
    press(page, "Confirm my signature", "en")
    assert urlsplit(page.url).fragment == drawn
    page.close()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The example, as it would run if its supporters had to fear for taking part."""
    place = tmp_path_factory.mktemp("guarded")
    folder = place / EXAMPLE.name
    shutil.copytree(EXAMPLE, folder)
    head = folder / "campaign.toml"
    keys = "".join(
        f'\n[[custodian]]\nname = "{name} Example"\nkey = "{make_key("custodian").public}"\n'
        for name in ("Amina", "Noor", "Kasia")
    )
    head.write_text(head.read_text().replace('profile = "open"', 'profile = "guarded"') + keys)
    with run_demo(folder, place) as running:
        yield running


def fill_guarded(page: Page, demo: Demo, language: str, address: str) -> None:
    page.goto(demo.page(language))
    assert page.locator("form#sign select, #f-show_name").count() == 0
    assert not page.is_checked("#f-codes")
    page.fill("#f-name", "Amina Example")
    page.fill("#f-email", address)
    page.check("#f-sign")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_guarded_signature_is_confirmed_without_a_word_about_it(
    guarded: Demo, plain: BrowserContext, language: str
) -> None:
    page, address = plain.new_page(), f"amina-{language}@example.org"
    fill_guarded(page, guarded, language, address)
    title = page.locator("header .name").inner_text()
    press(page, "Sign the statement", language)
    assert urlsplit(page.url).path == f"/{language}/stand-with-belarus/check-your-mail/"
    assert urlsplit(page.url).fragment == ""

    letter = open_letter(page, guarded, address)
    confirm = link_in_letter(letter, "confirm")
    assert urlsplit(confirm).path.startswith(f"/act/{language}/-/confirm/")
    said = letter.locator("main").inner_html()
    assert "/-/confirm/" in said
    for telling in (title, "belarus", "Belarus", "/withdraw/", "/verify/"):
        assert telling not in said
    assert 26 not in codes_in_letter(letter)
    for _ in range(2):
        page.goto(confirm)
        assert title not in page.content()
        press(page, "Confirm my message", language)
        assert urlsplit(page.url).path == f"/act/{language}/-/confirmed"
        assert title not in page.content()


def test_the_code_of_a_guarded_letter_can_be_typed_at_the_neutral_door(guarded: Demo, plain: BrowserContext) -> None:
    page = plain.new_page()
    fill_guarded(page, guarded, "en", "noor@example.org")
    press(page, "Sign the statement", "en")
    code = codes_in_letter(open_letter(page, guarded, "noor@example.org"))[10]
    page.goto(f"{guarded.url}/act/en/-/confirm")
    page.fill("#f-code", "7K2QD-9XW4M")
    press(page, "Confirm with the code", "en")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.fill("#f-code", code.lower())
    press(page, "Confirm with the code", "en")
    assert urlsplit(page.url).path == "/act/en/-/confirmed"


def test_who_asks_for_codes_is_shown_them_once_and_can_take_the_signature_back(
    guarded: Demo, plain: BrowserContext
) -> None:
    page = plain.new_page()
    fill_guarded(page, guarded, "en", "kasia@example.org")
    page.check("#f-codes")
    press(page, "Sign the statement", "en")
    code, _, take_back = urlsplit(page.url).fragment.partition(".")
    assert spell_code(read_code(code)) == code
    page.goto(f"{guarded.url}/act/en/stand-with-belarus/withdraw/{take_back}")
    press(page, "Withdraw my signature", "en")
    assert urlsplit(page.url).path == "/en/stand-with-belarus/withdrawn/"

"""Noor checks: a receipt, a code, the whole number; online, from a saved copy, with an old browser, and when we lie."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from standwith.languages import voice
from standwith.ledger.count import Counter
from standwith.ledger.leaf import campaign_tag
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import check_receipt, read_receipt
from standwith.sealing.codes import write_code
from tests.site.ledgers import VOIDED, WITHDRAWN, WITNESSES, code_of
from tests.stories.ledger_site import SIZE, LedgerSite, ledger_site
from tests.stories.test_accessible import findings_everywhere
from tests.stories.test_pages import STICKING_OUT, WIDTHS, is_trouble

MINE = 55
NO_ED25519 = """for (const verb of ["importKey", "generateKey"]) {
    const real = SubtleCrypto.prototype[verb];
    SubtleCrypto.prototype[verb] = function (...given) {
        const asked = JSON.stringify(given).includes("Ed25519");
        if (asked) return Promise.reject(new DOMException("no", "NotSupportedError"));
        return real.apply(this, given);
    };
}"""


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
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone with scripts switched on."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def verdict(page: Page, check: str) -> Locator:
    """What a check ended with; its class is "yes", "no" or "open"."""
    return page.locator(f"#{check} .found h3[class]")


def steps(page: Page, check: str) -> list[str]:
    """The steps of a check, each after its mark."""
    verdict(page, check).wait_for()
    found = page.locator(f"#{check} .checks li").all()
    return [f"{one.get_attribute('class')}: {' '.join(one.inner_text().split())}" for one in found]


def hand_in(page: Page, receipt: bytes) -> None:
    """Paste the text of a receipt and have it checked."""
    page.fill("#f-text", receipt.decode())
    page.click("#receipt button")


def look_for(page: Page, code: str) -> None:
    page.fill("#f-code", code)
    page.click("#code button")


def said(page: Page, check: str, message: str, language: str = "en") -> None:
    """The verdict is this one."""
    expect(verdict(page, check)).to_have_text(voice(language).gettext(message))


def test_a_good_receipt(site: LedgerSite, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "receipt-55.tlog-proof"
    file.write_bytes(site.log.receipt(MINE))
    page.goto(site.page("en/verify/"))
    page.set_input_files("#f-file", file)
    page.click("#receipt button")
    said(page, "receipt", "This receipt is good.")
    told = steps(page, "receipt")
    assert [one.partition(":")[0] for one in told] == ["yes"] * 5
    assert "600 leaves" in told[0]
    assert "Witnessed by 2 of 3: federation-a and federation-b." in told[1]
    assert write_code(code_of(MINE)) in told[3]
    assert "has only grown since" in told[4]
    assert page.input_value("#f-code") == write_code(code_of(MINE))


@pytest.mark.parametrize(("old", "new"), [(1, 2), (2, 3), (255, 256), (256, 257), (257, 600), (512, 600), (599, 1300)])
def test_an_old_receipt_holds_in_a_ledger_that_has_grown(site: LedgerSite, page: Page, old: int, new: int) -> None:
    site.fresh(old)
    receipt = site.log.receipt(old - 1)
    site.log.grow(new)
    page.goto(site.page("en/verify/"))
    hand_in(page, receipt)
    said(page, "receipt", "This receipt is good.")
    assert "has only grown since" in steps(page, "receipt")[-1]


def test_a_receipt_that_travelled_badly_is_read_all_the_same(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    hand_in(page, b"\n  " + site.log.receipt(MINE).replace(b"\n", b"\r\n").strip())
    said(page, "receipt", "This receipt is good.")


def spoil(receipt: bytes, part: str) -> bytes:
    """The receipt with one part of it changed for another that looks as good."""
    lines = receipt.split(b"\n")
    place = {"leaf": 1, "index": 2, "proof": 4, "origin": -8, "size": -7, "root": -6, "signature": -4, "witness": -3}[
        part
    ]
    if part == "index":
        lines[place] = b"index 54"
    elif part == "size":
        lines[place] = b"601"
    else:
        at = 20 if part in ("leaf", "proof", "root") else 3 if part == "origin" else 70
        other = b"A" if lines[place][at : at + 1] != b"A" else b"B"
        lines[place] = lines[place][:at] + other + lines[place][at + 1 :]
    return b"\n".join(lines)


@pytest.mark.parametrize("part", ["leaf", "index", "proof", "origin", "size", "root", "signature", "witness"])
def test_a_receipt_with_anything_changed_does_not_hold(site: LedgerSite, page: Page, part: str) -> None:
    page.goto(site.page("en/verify/"))
    hand_in(page, spoil(site.log.receipt(MINE), part))
    said(page, "receipt", "This receipt does not hold.")
    assert any(one.startswith("no:") for one in steps(page, "receipt"))


@pytest.mark.parametrize("damage", [b"", b"hello", b"c2sp.org/tlog-proof@v1\nindex 3\n\nx\n", "cut", "wide"])
def test_what_is_no_receipt_is_told_so(site: LedgerSite, page: Page, damage: bytes | str) -> None:
    whole = site.log.receipt(MINE)
    given = {"cut": whole[:300], "wide": whole.replace(b"extra ", b"extra  ")}.get(str(damage), damage)
    page.goto(site.page("en/verify/"))
    hand_in(page, given if isinstance(given, bytes) else b"")
    expect(verdict(page, "receipt")).to_have_class(re.compile("no|open"))
    assert steps(page, "receipt") == []


def test_a_receipt_of_a_ledger_that_was_rewritten(site: LedgerSite, page: Page) -> None:
    receipt = site.log.receipt(MINE)
    site.log.leaves[3] = site.log.leaf(1003)
    site.log.grow(SIZE + 1)
    page.goto(site.page("en/verify/"))
    hand_in(page, receipt)
    said(page, "receipt", "This receipt does not hold.")
    assert "it was rewritten" in steps(page, "receipt")[-1]


def test_a_receipt_of_a_ledger_that_was_cut_back(site: LedgerSite, page: Page) -> None:
    receipt = site.log.receipt(MINE)
    del site.log.leaves[SIZE - 1 :]
    site.log.publish()
    page.goto(site.page("en/verify/"))
    hand_in(page, receipt)
    said(page, "receipt", "This receipt does not hold.")
    assert "smaller" in steps(page, "receipt")[-1]


def test_a_code_is_found_and_its_receipt_can_be_saved(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    look_for(page, f" {write_code(code_of(MINE)).lower().replace('0', 'o').replace('1', 'l')} ")
    said(page, "code", "The code stands in the ledger, and it counts.")
    assert steps(page, "code")[-1] == "yes: Proved No later leaf withdraws or removes it."
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Save the receipt").click()
    assert waiting.value.suggested_filename == "receipt-55.tlog-proof"
    assert_receipt(site, waiting.value.path().read_bytes())


def assert_receipt(site: LedgerSite, data: bytes) -> None:
    """It is the receipt of my leaf, and the programs accept it."""
    receipt = read_receipt(data)
    assert check_receipt(receipt, read_policy(site.log.policy.encode())).size == len(site.log.leaves)
    assert (receipt.index, receipt.leaf) == (MINE, site.log.leaves[MINE])
    assert data == site.log.receipt(MINE)


@pytest.mark.parametrize(
    ("index", "step"),
    [(WITHDRAWN[0], "Leaf 500 withdraws it."), (VOIDED[0], "Leaf 501 removes it: duplicate.")],
)
def test_a_code_that_does_not_count_any_more(site: LedgerSite, page: Page, index: int, step: str) -> None:
    page.goto(site.page("en/verify/"))
    look_for(page, write_code(code_of(index)))
    said(page, "code", "The code stands in the ledger, but it does not count any more.")
    assert step in steps(page, "code")[-1]


def test_a_code_that_nobody_has_and_one_that_is_none(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    look_for(page, write_code(bytes(16)))
    said(page, "code", "No leaf carries this code.")
    assert "All 600 leaves were read" in steps(page, "code")[-1]
    for wrong in ("", "7K2QD-9XW4M", "8" * 26, "U" * 26):
        look_for(page, wrong)
        said(page, "code", "A code has 26 letters and digits.")


def test_a_code_in_the_address_is_looked_for_at_once(site: LedgerSite, page: Page) -> None:
    page.goto(site.page(f"en/verify/#{write_code(code_of(MINE)).replace('-', '')}"))
    said(page, "code", "The code stands in the ledger, and it counts.")


def test_the_whole_number(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    page.click("#number button")
    said(page, "number", "The number holds.")
    counter = Counter()
    counter.fold(site.log.leaves)
    ours = counter.count(campaign_tag(site.log.origin, "belarus"))
    shown = page.locator("#number .sums > div").filter(has_text="Stand with Belarus")
    assert shown.locator("b").inner_text() == str(ours.number)
    assert f"Signatures: {ours.signatures}. Withdrawn: 0. Removed: 1." in shown.inner_text()
    assert "duplicate: 1" in shown.inner_text()
    other = page.locator("#number .sums > div").filter(has_text="a campaign that is not on this site")
    assert other.locator("b").inner_text() == str(counter.count(campaign_tag(site.log.origin, "other")).number)
    expect(page.locator("#number progress")).to_be_hidden()
    expect(page.locator("#number button")).to_have_text("Count everything again")


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/entries/002.p/88"])
def test_a_leaf_that_was_changed_is_noticed(site: LedgerSite, page: Page, path: str) -> None:
    file = site.log.directory / path
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    page.goto(site.page("en/verify/"))
    page.click("#number button")
    said(page, "number", "The number does not hold.")
    expect(page.locator("#number .sums")).to_have_count(0)
    look_for(page, write_code(bytes(16)))
    expect(verdict(page, "code")).to_have_class("no")


def test_a_ledger_signed_with_another_key_does_not_hold(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    site.log.__post_init__()
    site.log.grow(SIZE)
    page.click("#number button")
    said(page, "number", "The number does not hold.")
    assert "missing or wrong" in steps(page, "number")[0]


@pytest.mark.parametrize(
    ("cosigned", "message"), [((), "Witnessed by 0 of 3."), (WITNESSES[:1], "Witnessed by 1 of 3.")]
)
def test_too_few_witnesses_leave_it_open(site: LedgerSite, page: Page, cosigned: tuple[str, ...], message: str) -> None:
    site.log.grow(SIZE, cosigned=cosigned)
    page.goto(site.page("en/verify/"))
    page.click("#number button")
    said(page, "number", "What could be checked holds, but not everything could be checked.")
    assert f"open: Not checked {message}" in steps(page, "number")[1]


def test_parts_of_the_ledger_that_became_whole_are_read_from_the_whole(site: LedgerSite, page: Page) -> None:
    old = site.log.note
    site.log.grow(1300)
    for path in site.log.directory.rglob("*.p"):
        if path.name.startswith("002") or path.parent.name == "1":
            for part in path.iterdir():
                if part.name != "5":
                    part.unlink()
    (site.log.directory / "checkpoint").write_bytes(old)
    page.goto(site.page("en/verify/"))
    page.click("#number button")
    said(page, "number", "The number holds.")


def test_counting_can_be_stopped(site: LedgerSite, context: BrowserContext) -> None:
    page = context.new_page()
    page.route("**/tile/entries/002*/*", lambda route: None)  # never answered
    page.goto(site.page("en/verify/"))
    page.click("#number button")
    expect(page.locator("#number button")).to_have_text("Stop")
    expect(page.locator("#number progress")).to_have_js_property("value", 512)
    page.click("#number button")
    said(page, "number", "Stopped before the end. Nothing is proved.")
    page.unroute_all(behavior="ignoreErrors")
    page.click("#number button")
    said(page, "number", "The number holds.")


def test_without_a_network_a_receipt_still_holds(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    site.up = False
    hand_in(page, site.log.receipt(MINE))
    said(page, "receipt", "This receipt is good.")
    assert steps(page, "receipt")[-1].startswith("open: Not checked The ledger could not be reached")
    page.click("#number button")
    said(page, "number", "The ledger could not be read. Try again when you are online.")
    look_for(page, write_code(code_of(MINE)))
    said(page, "code", "The ledger could not be read. Try again when you are online.")


def test_a_saved_copy_checks_as_well_as_the_page(site: LedgerSite, page: Page, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes((site.site / "en/verify/index.html").read_bytes())
    page.goto(saved.as_uri())
    hand_in(page, site.log.receipt(MINE))
    said(page, "receipt", "This receipt is good.")
    assert "has only grown since" in steps(page, "receipt")[-1]
    page.click("#number button")
    said(page, "number", "The number holds.")
    site.up = False
    hand_in(page, site.log.receipt(MINE))
    expect(page.locator("#receipt .checks .open")).to_have_count(1)
    said(page, "receipt", "This receipt is good.")


def test_a_browser_without_ed25519_says_so_and_checks_the_rest(site: LedgerSite, context: BrowserContext) -> None:
    context.add_init_script(NO_ED25519)
    page = context.new_page()
    page.goto(site.page("en/verify/"))
    for check, start in (("receipt", lambda: hand_in(page, site.log.receipt(MINE))), ("number", None)):
        start() if start else page.click(f"#{check} button")
        said(page, check, "What could be checked holds, but not everything could be checked.")
        told = steps(page, check)
        assert told[0].startswith("open: Not checked Your browser cannot check this kind of signature (Ed25519).")
        assert len([one for one in told if one.startswith("yes:")]) >= 1
    hand_in(page, spoil(site.log.receipt(MINE), "leaf"))
    said(page, "receipt", "This receipt does not hold.")


def test_a_browser_that_may_not_calculate_says_so(site: LedgerSite, context: BrowserContext) -> None:
    context.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})")
    page = context.new_page()
    page.goto(site.page("en/verify/"))
    page.click("#number button")
    expect(verdict(page, "number")).to_contain_text("does not let this page calculate")


def test_without_scripts_the_page_says_which_programs_check(site: LedgerSite, plain: BrowserContext) -> None:
    page = plain.new_page()
    page.goto(site.page("en/verify/"))
    expect(page.locator("main button:visible")).to_have_count(0)
    expect(page.locator("#unscripted")).to_be_visible()
    expect(page.locator("pre").first).to_contain_text(f"standwith verify {site.url}/log")
    page.locator("summary").click()
    expect(page.locator("#policy")).to_contain_text("federation-a")


def test_it_reads_the_ledger_and_nothing_else(site: LedgerSite, page: Page) -> None:
    noise: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: noise.append(message.text) if is_trouble(message) else None)
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(site.page("en/verify/"), wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    hand_in(page, site.log.receipt(MINE))
    said(page, "receipt", "This receipt is good.")
    page.click("#number button")
    said(page, "number", "The number holds.")
    assert asked and all(url.startswith(site.log.url) for url in asked)
    assert noise == []
    # The check itself: anything else is refused by the page's own policy.
    for address in (site.page("belarus/count.json"), site.page("logs"), "https://example.org/log/checkpoint"):
        assert page.evaluate("url => fetch(url).then(() => 'read', () => 'refused')", address) == "refused"
    assert page.evaluate("url => fetch(url).then(() => 'read', () => 'refused')", f"{site.log.url}policy") == "read"
    assert any("connect-src" in line for line in noise)


def test_with_the_keyboard_alone(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("en/verify/"))
    page.focus("#f-code")
    page.keyboard.type(write_code(code_of(MINE)))
    page.keyboard.press("Enter")
    said(page, "code", "The code stands in the ledger, and it counts.")
    expect(page.locator("#f-code")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Save the receipt")).to_be_focused()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_everyone_can_use_it_whatever_it_found(site: LedgerSite, page: Page, language: str) -> None:
    page.goto(site.page(f"{language}/verify/"))
    hand_in(page, spoil(site.log.receipt(MINE), "proof"))
    look_for(page, write_code(code_of(VOIDED[0])))
    page.click("#number button")
    for check, message in (
        ("receipt", "This receipt does not hold."),
        ("code", "The code stands in the ledger, but it does not count any more."),
        ("number", "The number holds."),
    ):
        said(page, check, message, language)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    for region in page.locator(".found").all():
        assert region.get_attribute("aria-live") == "polite"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(STICKING_OUT) == [], width
    page.set_viewport_size({"width": 360, "height": 740})
    assert findings_everywhere(page) == {}


def test_in_arabic_numbers_and_codes_keep_their_direction(site: LedgerSite, page: Page) -> None:
    page.goto(site.page("ar/verify/"))
    look_for(page, write_code(code_of(MINE)))
    verdict(page, "code").wait_for()
    code = page.locator("#code .checks code")
    expect(code).to_have_text(write_code(code_of(MINE)))
    assert code.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert "٦٠٠" in page.locator("#code .checks").inner_text()


@pytest.mark.parametrize("path", ["en/audits/", "ar/audits/", "ar/how-we-count/", "en/your-data/", "ar/guarded/"])
def test_everyone_can_use_the_other_pages_of_the_ledger(site: LedgerSite, page: Page, path: str) -> None:
    page.goto(site.page(path))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(STICKING_OUT) == [], width
    page.set_viewport_size({"width": 360, "height": 740})
    assert findings_everywhere(page) == {}

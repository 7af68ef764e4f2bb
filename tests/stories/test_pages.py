"""Pages as a browser shows them: nothing sticks out, nothing is refused by the policy, every part says its language."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from standwith.languages import language as language_of
from tests.stories.conftest import Demo
from tests.stories.every_page import CAMPAIGN, KINDS, LANGUAGES, MAILBOX, Post, fetch, visit

# 640 is a desk of 1280 at twice the size.
WIDTHS = (320, 360, 640, 1280)
# What sticks out of the window on either side, and text that is cut off. The line of languages scrolls by itself.
STICKING_OUT = """() => {
    const width = document.documentElement.scrollWidth;
    const cutOff = e => e.localName !== "input" && getComputedStyle(e).overflowX !== "visible" &&
        e.scrollWidth > e.clientWidth + 1;
    const out = [...document.querySelectorAll("main *, footer *, header > :not(nav)")].filter(e => {
        const box = e.getBoundingClientRect();
        if (!e.checkVisibility() || !box.width || e.closest("select")) return false;
        return box.left < -1 || box.right > innerWidth + 1 || cutOff(e);
    });
    return [...(width > innerWidth ? [`the page: ${width}`] : []), ...out.map(e => e.outerHTML.slice(0, 100))];
}"""
# Text whose letters cannot be the language that its place claims: four words in a row in another script; and text that
# runs the wrong way. Names stay as they are written; they stand in bdi or in the roll of organisations.
IN_ANOTHER_SCRIPT = r"""() => {
    const scripts = {ar: "Arabic", ru: "Cyrillic", be: "Cyrillic", uk: "Cyrillic", ky: "Cyrillic", ka: "Georgian"};
    const four = Object.fromEntries(["Latin", "Cyrillic", "Arabic", "Georgian"].map(script =>
        [script, new RegExp(`(\\p{Script=${script}}[^\\s]*\\s+){3}\\p{Script=${script}}`, "u")]));
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
        const around = node.parentElement, text = node.data.replace(/\s+/g, " ").trim();
        if (around.closest("style, script, option, bdi, .roll, code, pre")) continue;
        const lang = around.closest("[lang]").lang, own = scripts[lang] || "Latin", dir = around.closest("[dir]").dir;
        if (/https?:/.test(text)) {
            if (dir === "rtl") found.push(`an address runs ${dir}: ${text}`);
            continue;
        }
        for (const script in four)
            if (script !== own && four[script].test(text)) found.push(`${lang}: ${text}`);
        const sure = text.includes(" ") && dir !== "auto";
        if (sure && dir !== (lang === "ar" ? "rtl" : "ltr")) found.push(`${lang} runs ${dir}: ${text}`);
    }
    return found;
}"""

# Words of headings, figures and buttons that begin on one line and end on the next.
BROKEN = r"""() => {
    const found = [];
    for (const e of document.querySelectorAll("h1, h2, h3, .fact b, .count strong, button, .name")) {
        const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode()); )
            for (const word of node.data.matchAll(/[^\s\p{Pd}]+/gu)) {
                const range = new Range();
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                if (lines.size > 1) found.push(`${e.localName}: ${word[0]}`);
            }
    }
    return found;
}"""
SLIP_IN = """([tag, text]) => {
    const slipped = document.createElement(tag);
    slipped.textContent = text;
    document.head.append(slipped);
}"""


@pytest.fixture(scope="module")
def post(demo: Demo) -> Post:
    return Post(demo)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone with scripts switched on."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["en", "ar", "ka", "de"])
def test_nothing_sticks_out(demo: Demo, post: Post, page: Page, language: str) -> None:
    for kind in (*KINDS, *MAILBOX, "chooser"):
        visit(page, demo, kind, language, post.letter(language))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert (kind, width, page.evaluate(STICKING_OUT)) == (kind, width, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_of_the_campaign_page(demo: Demo, page: Page, language: str) -> None:
    visit(page, demo, "campaign", language)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(STICKING_OUT) == [], width


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_large_word_is_broken(demo: Demo, page: Page, language: str) -> None:
    for kind in ("home", "campaign", "check your mail", "your data"):
        visit(page, demo, kind, language)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert (kind, width, page.evaluate(BROKEN)) == (kind, width, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_letters_do_not_break_the_page(demo: Demo, page: Page, language: str) -> None:
    """Text at twice the size on a phone, as the settings of a browser make it."""
    visit(page, demo, "campaign", language)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("language", ["en", "ar", "ka", "be", "ky"])
def test_every_part_says_its_language(demo: Demo, post: Post, page: Page, language: str) -> None:
    for kind in (*KINDS, "letter"):
        visit(page, demo, kind, language, post.letter(language))
        said = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        # The mailbox is a tool of the demo and speaks English; the letter in it says what it speaks.
        shown = "en" if kind == "letter" else language
        assert (kind, *said) == (kind, shown, language_of(shown).direction)
        assert (kind, page.evaluate(IN_ANOTHER_SCRIPT)) == (kind, [])


def test_a_part_in_another_language_would_be_noticed(demo: Demo, page: Page) -> None:
    """The check itself: a sentence put where it does not belong."""
    visit(page, demo, "campaign", "ar")
    page.evaluate("document.querySelector('main h1').textContent = 'They asked for an honest vote.'")
    assert len(page.evaluate(IN_ANOTHER_SCRIPT)) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_breaks_its_own_policy(demo: Demo, post: Post, page: Page, language: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if is_trouble(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for kind in (*KINDS, *MAILBOX, "chooser"):
        visit(page, demo, kind, language, post.letter(language))
        assert page.evaluate("getComputedStyle(document.querySelector('.bar')).maxWidth") != "none", "it has its style"
        assert said == [], kind


def is_trouble(message: ConsoleMessage) -> bool:
    """Whatever is a warning or an error, but for the status of the page itself: some of them are not found."""
    return message.type in ("error", "warning") and "responded with a status of 4" not in message.text


def test_the_policy_stops_what_is_not_ours(demo: Demo, page: Page) -> None:
    """The check itself: a style and a script slipped into a page are refused, and the console says so."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if is_trouble(message) else None)
    visit(page, demo, "campaign", "en")
    for tag, text in (("style", "body { color: red }"), ("script", "document.title = 'x'")):
        said.clear()
        page.evaluate(SLIP_IN, [tag, text])
        assert any(f"{tag}-src" in line for line in said)
    assert page.title() != "x"


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_language_is_in_view_in_the_line_of_languages(demo: Demo, page: Page, language: str) -> None:
    visit(page, demo, "campaign", language)
    own = page.locator("header nav [aria-current]")
    expect(own).to_have_attribute("lang", language)
    expect(own).to_be_in_viewport(ratio=1)


def test_another_language_at_the_same_place(demo: Demo, page: Page) -> None:
    visit(page, demo, "campaign", "en")
    page.evaluate("document.querySelector('#timeline').scrollIntoView()")
    page.evaluate("document.querySelector('header nav a[lang=ka]').click()")
    page.wait_for_url(demo.page("ka") + "#timeline")
    expect(page.locator("#timeline")).to_be_in_viewport()


def test_the_number_follows_without_a_new_page(demo: Demo, post: Post, page: Page) -> None:
    for language in ("en", "fr"):
        fetch(demo.url + post.letter(language).confirm, {})
    before = wait_for_count(demo, 2)
    page.clock.install()
    visit(page, demo, "campaign", "en")
    expect(page.locator("[data-count]")).to_have_text(str(before))
    fetch(demo.url + post.letter("de").confirm, {})
    now = wait_for_count(demo, before + 1)
    page.clock.run_for(21_000)
    expect(page.locator("[data-count]")).to_have_text(str(now))


def wait_for_count(demo: Demo, at_least: int) -> int:
    """The number of signatures, once it is shown and has risen so far."""
    for _ in range(200):
        figures = json.loads(fetch(f"{demo.url}/{CAMPAIGN}/count.json").body)
        count = int(figures["data"]["attributes"]["signature_count"])
        if count >= at_least and f"data-count={count}" in fetch(demo.page("en")).text:
            return count
        time.sleep(0.1)
    raise AssertionError(f"the count never came to {at_least}")


def paper(browser: Browser, demo: Demo, language: str) -> tuple[BrowserContext, Page]:
    context = browser.new_context(viewport={"width": 794, "height": 1123}, color_scheme="dark")
    page = context.new_page()
    visit(page, demo, "campaign", language)
    page.emulate_media(media="print", color_scheme="dark")
    return context, page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_paper_the_words_stay_and_the_controls_go(browser: Browser, demo: Demo, language: str) -> None:
    context, page = paper(browser, demo, language)
    for gone in ("nav", "form#sign", ".skip", "body > footer", "a.jump"):
        expect(page.locator(gone).first).to_be_hidden()
    for stays in ("h1", "#number h2", "#statement p", ".demands li", ".fact", ".people li", ".line li", ".roll"):
        expect(page.locator(stays).first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()

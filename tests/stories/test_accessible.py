"""Everyone can use it: axe-core finds nothing on any kind of page, in either direction and theme, narrow or wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.stories.conftest import Demo
from tests.stories.every_page import KINDS, LANGUAGES, MAILBOX, Post, visit

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
# What can change with the theme or the width, when the document stays the same.
SEEN = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}}
CLOSELY = ("en", "ar", "ka")
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def post(demo: Demo) -> Post:
    return Post(demo)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=NARROW, color_scheme="light")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def findings(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe has to say, one line for each element; what it could not decide by itself is none of it."""
    found = page.evaluate("rules => axe.run({...rules, resultTypes: ['violations']})", rules)
    assert found["passes"], "axe did not run"
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def findings_everywhere(page: Page) -> dict[str, list[str]]:
    """All rules on a narrow light page; then, what the theme and the width can change, on a wide dark one."""
    page.evaluate(AXE_SCRIPT)
    found = {"light, narrow": findings(page, EVERYTHING)}
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(WIDE)
    found["dark, wide"] = findings(page, SEEN)
    return {where: lines for where, lines in found.items() if lines}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", CLOSELY)
def test_axe_finds_nothing(demo: Demo, post: Post, page: Page, language: str, kind: str) -> None:
    visit(page, demo, kind, language, post.letter_for(kind, language))
    assert page.locator("html").get_attribute("lang") == language
    assert findings_everywhere(page) == {}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in CLOSELY])
def test_axe_finds_nothing_on_the_campaign_page_in_other_languages(demo: Demo, page: Page, language: str) -> None:
    visit(page, demo, "campaign", language)
    assert page.locator("html").get_attribute("lang") == language
    assert findings_everywhere(page) == {}


def test_axe_finds_nothing_where_a_language_is_chosen(demo: Demo, page: Page) -> None:
    visit(page, demo, "chooser", "en")
    assert findings_everywhere(page) == {}


@pytest.mark.parametrize("kind", MAILBOX)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_nothing_in_the_mailbox(demo: Demo, post: Post, page: Page, language: str, kind: str) -> None:
    visit(page, demo, kind, language, post.letter(language))
    assert page.locator("main a").count()
    assert findings_everywhere(page) == {}


def test_axe_would_find_a_mistake(demo: Demo, page: Page) -> None:
    """The check itself: a page spoiled on purpose does not pass."""
    visit(page, demo, "campaign", "en")
    page.evaluate("document.querySelector('#f-name').labels[0].remove()")
    page.evaluate("document.querySelector('.by').style.color = '#999'")
    rules = {line.partition(":")[0] for lines in findings_everywhere(page).values() for line in lines}
    assert {"color-contrast", "label"} <= rules

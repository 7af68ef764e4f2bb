"""Who has only text, or a line that carries only text, reads the page and signs: with w3m and with lynx."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from standwith.languages import voice
from tests.stories.conftest import Demo
from tests.stories.every_page import CAMPAIGN, Post, fetch
from tests.stories.terminal import Terminal

ENTER, TAB, DOWN = "\r", "\t", "\x1b[B"
DUMP = {"w3m": ["w3m", "-dump", "-cols", "100"], "lynx": ["lynx", "-dump", "-width=100", "-nolist"]}
OPEN = {"w3m": ["w3m", "-no-cookie"], "lynx": ["lynx"]}
# From #sign to the first field: lynx stands on the first link of the form, w3m before it.
TO_FIRST = {"w3m": [TAB, TAB], "lynx": [TAB]}
# w3m asks for a field's text in a line of its own.
TYPED = {"w3m": [ENTER, "{}" + ENTER], "lynx": ["{}"]}


@pytest.fixture(scope="module")
def post(demo: Demo) -> Post:
    return Post(demo)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home without settings, so that the browsers behave as they come."""
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "xterm", "LC_ALL": "C.UTF-8"}


@pytest.fixture(params=["w3m", "lynx"])
def program(request: pytest.FixtureRequest) -> str:
    assert shutil.which(request.param), f"{request.param} is missing; `make test` installs it"
    return str(request.param)


def read(program: str, address: str, environment: dict[str, str]) -> str:
    """The page as text, its lines joined."""
    shown = subprocess.run([*DUMP[program], address], env=environment, capture_output=True, check=True, timeout=60)
    return " ".join(shown.stdout.decode().split())


@pytest.mark.parametrize("language", ["en", "ar", "ka"])
def test_the_page_reads_well_from_top_to_bottom(
    demo: Demo, environment: dict[str, str], program: str, language: str
) -> None:
    text, spoken = read(program, demo.page(language), environment), voice(language)
    parts = ["The statement", "What we demand", "Your name", "What is known", "People", "What happened", "How we count"]
    at = 0
    for part in parts:
        at = text.find(spoken.gettext(part), at)
        assert at >= 0, f"{part} is missing, or stands too early"
    assert "ITUC" in text and text.count("[") >= 5, "fields are shown as fields"


def sign(browser: Terminal, program: str, address: str) -> None:
    """Fill in the form that the browser stands before: name, address, country, first box; then the button."""
    browser.press(*TO_FIRST[program])
    for text in ("Amina Example", address):
        browser.press(*(key.format(text) for key in TYPED[program]), TAB)
    browser.press(ENTER, DOWN, DOWN, ENTER, TAB)
    browser.press(TAB, ENTER)
    browser.press(TAB, TAB, TAB, TAB, ENTER)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sign_and_confirm(demo: Demo, post: Post, environment: dict[str, str], program: str, language: str) -> None:
    before, address = count(demo), f"{program}-{language}@example.org"
    with Terminal([*OPEN[program], f"{demo.page(language)}#sign"], environment) as browser:
        sign(browser, program, address)
        letter = post.wait_for(address)
    links = fetch(demo.url + letter.confirm).text.partition("<button")[0].count("<a ")
    with Terminal([*OPEN[program], demo.url + letter.confirm], environment) as browser:
        browser.press(*[TAB] * links, ENTER)
        end = time.monotonic() + 20
        while count(demo) == before and time.monotonic() < end:
            time.sleep(0.2)
    assert count(demo) == before + 1


def count(demo: Demo) -> int:
    """How many signatures are counted now."""
    figures = json.loads(fetch(f"{demo.url}/{CAMPAIGN}/count.json").body)
    return int(figures["data"]["attributes"]["signature_count"])

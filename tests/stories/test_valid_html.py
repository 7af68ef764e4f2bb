"""Every file is what it says: the W3C's checker passes all pages of all languages; feeds and maps are well-formed."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from tests.stories.conftest import Demo
from tests.stories.every_page import CAMPAIGN, LANGUAGES, MAILBOX, TAKEN, Post, fetch, fetch_page

CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# The checker reads files, where 'self' is nobody; test_pages.py shows in a browser that the scripts are allowed.
FROM_FILES = re.compile("external script “/(number|receipt|search).js” blocked by “script-src”")
# It takes data for a script; nothing runs there, so no policy is asked (HTML, "prepare the script element").
DATA = ("Inline script violates Content Security Policy", '<script type="application/json" id="told">')
SPOILED = '<!doctype html><html lang="en"><title>Spoiled</title><p><img src="x.png"><p id="a"><p id="a">'
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(scope="module")
def post(demo: Demo) -> Post:
    return Post(demo)


def check(files: Sequence[Path]) -> list[str]:
    """Errors and warnings, one line each; the language that a page seems to be written in is one of the checks."""
    java = shutil.which("java")
    assert java and CHECKER.exists(), "the W3C's checker is missing; `make test` installs it"
    command = [java, "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", *map(str, files)]
    told = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout
    messages = [one for one in json.loads(told)["messages"] if not is_mistaken(one["message"], one.get("extract", ""))]
    return [f"{one['url']}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}" for one in messages]


def is_mistaken(message: str, extract: str) -> bool:
    """What the checker says only because it sees files, and no server and no browser."""
    return bool(FROM_FILES.search(message)) or (DATA[0] in message and DATA[1] in extract)


def test_the_checker_would_find_a_mistake(tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.html"
    spoiled.write_text(SPOILED)
    found = " ".join(check([spoiled]))
    assert "alt" in found and "Duplicate ID" in found


def test_every_published_page_is_valid(demo: Demo) -> None:
    files = sorted((demo.home / "site").rglob("*.html"))
    languages = {file.relative_to(demo.home / "site").parts[0] for file in files} - {"index.html", "404.html"}
    assert languages == set(LANGUAGES)
    assert check(files) == []


def test_every_page_of_the_intake_and_the_mailbox_is_valid(demo: Demo, post: Post, tmp_path: Path) -> None:
    taken = [(language, kind, post.letter("en")) for language in LANGUAGES for kind in TAKEN]
    letters = [(language, kind, post.letter(language)) for language in ("ar", "en") for kind in MAILBOX]
    files = []
    for language, kind, letter in [*taken, *letters]:
        answer = fetch_page(demo, kind, language, letter)
        assert kind in MAILBOX or f'<html lang="{language}"' in answer.text
        files.append(tmp_path / f"{language} {kind}.html")
        files[-1].write_bytes(answer.body)
    assert check(files) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_is_an_atom_feed_whose_links_lead_to_their_place(demo: Demo, language: str) -> None:
    answer = fetch(demo.page(language, "feed.xml"))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.body)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert feed.find(f"{ATOM}link[@rel='self']").attrib["href"] == demo.page(language, "feed.xml")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    for one in [feed, *entries]:
        assert one.findtext(f"{ATOM}title") and urlsplit(one.findtext(f"{ATOM}id")).scheme
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated")).tzinfo
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)) > 5
    for entry in entries:
        address, place = urldefrag(entry.find(f"{ATOM}link").attrib["href"])
        assert address.startswith(demo.page(language))
        page = fetch(address).text
        assert not place or f'id="{place}"' in page or f"id={place}" in page


def test_the_sitemap_names_each_page_and_its_translations(demo: Demo) -> None:
    root = ElementTree.fromstring(fetch(f"{demo.url}/sitemap.xml").body)
    listed = {url.findtext(f"{MAP}loc"): url for url in root}
    of_campaign = [f"{CAMPAIGN}/{part}" for part in ("", "facts/", "timeline/", "sources/", "organisations/")]
    for place in ("", "how-we-count/", "your-data/", *of_campaign):
        family = {code: f"{demo.url}/{code}/{place}" for code in LANGUAGES}
        for address in family.values():
            assert fetch(address).status == 200
            links = listed[address].findall(XHTML_LINK)
            assert {link.attrib["hreflang"]: link.attrib["href"] for link in links} == family
    assert not [address for address in listed if "check-your-mail" in address or "/act/" in address]


def test_robots_may_read_everything_but_try_no_act(demo: Demo) -> None:
    robots = RobotFileParser()
    robots.parse(fetch(f"{demo.url}/robots.txt").text.splitlines())
    assert robots.can_fetch("*", demo.page("en"))
    assert not robots.can_fetch("*", f"{demo.url}/act/en/{CAMPAIGN}/sign")
    assert robots.site_maps() == [f"{demo.url}/sitemap.xml"]

"""Every address leads somewhere, every page says which language it speaks and where its translations are.

Reads all published pages of all languages over HTTP, without a browser.
"""

import re
import time
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import brotli
import pytest

from standwith.languages import language as language_of
from tests.stories.conftest import Demo
from tests.stories.every_page import (
    CAMPAIGN,
    FROM_A_LETTER,
    KINDS,
    LANGUAGES,
    PUBLISHED,
    Post,
    fetch,
    fetch_page,
    path_of,
)

WIRE = 14_000  # bytes of a page as it travels
FOUND = [kind for kind in PUBLISHED if kind not in ("check your mail", "thank you", "withdrawn", "missing")]


class Document(HTMLParser):
    """What a page says about itself and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.html: dict[str, str] = {}
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.switch: dict[str, str] = {}
        self.alternates: dict[str, str] = {}
        self.canonical = self.policy = ""
        self._in_header = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids |= {said["id"]} if "id" in said else set()
        if tag == "html":
            self.html = said
        elif tag in ("header", "main"):
            self._in_header = tag == "header" and said.get("class") == "bar"
        elif tag == "a":
            self.links.append(said["href"])
            if self._in_header and "lang" in said:
                self.switch[said["lang"]] = said["href"]
        elif tag == "form" and "action" in said:  # others are read by a script of the page
            self.links.append(said["action"])
        elif tag in ("link", "meta"):
            self._read_head(said)

    def _read_head(self, said: dict[str, str]) -> None:
        if said.get("rel") == "canonical":
            self.canonical = said["href"]
        elif said.get("rel") == "alternate" and "hreflang" in said:
            self.alternates[said["hreflang"]] = said["href"]
        elif said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said["content"]


@pytest.fixture(scope="module")
def post(demo: Demo) -> Post:
    return Post(demo)


@cache
def read(address: str) -> tuple[int, Document]:
    """The status of an address and what stands there, asked once."""
    answer = fetch(address)
    shown = answer.text if answer.headers["content-type"].startswith("text/html") else ""
    return answer.status, Document(shown)


def internal(demo: Demo, page: str, document: Document) -> Iterator[tuple[str, str]]:
    """The addresses on this site that a page leads to, each with its place on the page."""
    for link in document.links:
        address, place = urldefrag(urljoin(page, link))
        if address.startswith(demo.url):
            yield address, place


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page_and_every_anchor_to_its_place(demo: Demo, language: str) -> None:
    for kind in PUBLISHED:
        page = demo.url + path_of(kind, language)
        _, document = read(page)
        assert len(document.links) > 5
        for address, place in set(internal(demo, page, document)):
            status, there = read(address)
            assert status == 200 or (kind == "missing" and address == page), f"{page} leads to {address}: {status}"
            assert not place or place in there.ids, f"{page} leads to {address}#{place}"


@pytest.mark.parametrize("kind", PUBLISHED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_its_language_and_leads_to_itself_in_others(demo: Demo, language: str, kind: str) -> None:
    status, document = read(demo.url + path_of(kind, language))
    assert status == (404 if kind == "missing" else 200)
    assert document.html == {"lang": language, "dir": language_of(language).direction}
    # What is not there is not there in other languages either: their lists of campaigns are.
    expected = {code: path_of("home" if kind == "missing" else kind, code) for code in LANGUAGES}
    assert document.switch == expected
    for code, path in document.switch.items():
        status, there = read(demo.url + path)
        assert (status, there.html["lang"]) == (200, code)


@pytest.mark.parametrize("kind", [kind for kind in FOUND if kind != "check it yourself"])  # its bytes go to its script
def test_translations_name_each_other(demo: Demo, kind: str) -> None:
    pages = {code: demo.url + path_of(kind, code) for code in LANGUAGES}
    for address in pages.values():
        _, document = read(address)
        assert document.canonical == address
        default = document.alternates.pop("x-default")
        assert document.alternates == pages
        document.alternates["x-default"] = default
        assert default == (f"{demo.url}/" if kind == "home" else pages["en"])


@pytest.mark.parametrize("kind", [kind for kind in PUBLISHED if kind not in FOUND])
def test_search_engines_leave_the_answers_alone(demo: Demo, kind: str) -> None:
    answer = fetch_page(demo, kind, "en")
    assert re.search(r'<meta name="?robots"? content="?noindex', answer.text)
    assert not Document(answer.text).canonical


def test_the_first_page_offers_every_language(demo: Demo) -> None:
    _, document = read(f"{demo.url}/")
    assert {link for link in document.links if link.count("/") == 2} >= {f"/{code}/" for code in LANGUAGES}
    assert document.canonical == document.alternates["x-default"] == f"{demo.url}/"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in PUBLISHED])
@pytest.mark.parametrize("language", ["en", "ar", "ka"])
def test_the_pages_of_the_intake_lead_on(demo: Demo, post: Post, language: str, kind: str) -> None:
    page = demo.url + path_of(kind, language, post.letter("en"))
    document = Document(fetch_page(demo, kind, language, post.letter("en")).text)
    assert document.html == {"lang": language, "dir": language_of(language).direction}
    for address, place in set(internal(demo, page, document)):
        status, there = read(address)
        here = urldefrag(page)[0] == address or "/act/" in address
        assert status == 200 or here
        assert not place or place in (document.ids if here else there.ids)
    if kind in ("confirm", "withdraw"):
        assert document.switch == {code: path_of(kind, code, post.letter("en")) for code in LANGUAGES}
    elif kind not in FROM_A_LETTER and kind != "no such campaign":
        assert document.switch == {code: f"/{code}/{CAMPAIGN}/" for code in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_travels_in_fourteen_thousand_bytes(demo: Demo, language: str) -> None:
    for kind in PUBLISHED:
        address = demo.url + path_of(kind, language)
        for encoding in ("br", "gzip"):
            answer = fetch(address, Accept_Encoding=encoding)
            assert answer.headers["content-encoding"] == encoding
            assert len(answer.body) <= WIRE, f"{address}: {len(answer.body)} bytes as {encoding}"
        assert is_the_same_packed(address)


def is_the_same_packed(address: str) -> bool:
    """Whether the page says the same packed and plain; the ledger may grow between two requests, so ask again."""
    for _ in range(5):
        plain, packed = fetch(address).body, fetch(address, Accept_Encoding="gzip, br").body
        if brotli.decompress(packed) == plain:
            return True
        time.sleep(1)
    return False


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_allows_nothing_unsafe(demo: Demo, post: Post, kind: str) -> None:
    answer = fetch_page(demo, kind, "ar", post.letter("en"))
    inside = Document(answer.text).policy
    assert answer.headers["content-security-policy"] == f"{inside}; frame-ancestors 'none'"
    rules = dict(rule.strip().split(" ", 1) for rule in inside.split(";"))
    assert rules["default-src"] == "'none'" and "unsafe" not in inside and "*" not in inside
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", rules["style-src"])
    own = re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", rules.get("script-src", ""))  # a page that can be saved
    assert own or rules.get("script-src", "'self'") == "'self'"
    assert " style=" not in answer.text and not re.search(r"\son\w+=", answer.text)


def test_nothing_is_loaded_from_elsewhere(demo: Demo) -> None:
    for kind in PUBLISHED:
        text = fetch_page(demo, kind, "en").text
        loaded = re.findall(r"<(?:img|script|iframe|video|audio|object|embed)[^>]*(?:src|data)=\"?([^\s\">]+)", text)
        assert {urlsplit(source).netloc for source in loaded} <= {""}
        assert not re.search(r"url\((?!#)|@import|rel=\"?(?:stylesheet|preload|preconnect)", text)

"""The built-in server: the right form of the right file, said no more than needed, and never anything else."""

import gzip
from pathlib import Path

import brotli
import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.site.serving import make_shelf
from tests.site.asking import ask
from tests.site.conftest import NUMBERS, Publish

PAGE = "/en/belarus/"


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def site(small: Campaign, publish: Publish, tmp_path: Path) -> Path:
    """The small campaign, published."""
    publish(small)
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("identity", None),
        ("", None),
        ("zstd", None),
    ],
)
def test_the_smallest_form_that_the_reader_takes(site: Path, accepted: str, coding: str | None) -> None:
    answer = ask(make_shelf(site), PAGE, accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["vary"] == "accept-encoding"
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding](answer.body)
    assert opened == (site / "en/belarus/index.html").read_bytes()


def test_headers_of_a_page(site: Path) -> None:
    headers = ask(make_shelf(site), PAGE).headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "public, max-age=10"
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert "style-src 'sha256-" in headers["content-security-policy"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/belarus/count.json", "application/json"),
        ("/en/belarus/feed.xml", "application/atom+xml"),
        ("/belarus/data/people.csv", "text/csv; charset=utf-8"),
        ("/belarus/data/popolo.json", "application/json"),
        ("/en/belarus/calendar.ics", "text/calendar; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/number.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
        ("/", "text/html; charset=utf-8"),
    ],
)
def test_every_kind_of_file_says_what_it_is(site: Path, path: str, kind: str) -> None:
    answer = ask(make_shelf(site), path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)


@pytest.mark.parametrize(
    "name", ["belarus/count.json", "belarus/data/facts.csv", "en/belarus/calendar.ics", "en/belarus/feed.xml"]
)
def test_figures_and_files_may_be_read_by_other_sites(site: Path, name: str) -> None:
    shelf = make_shelf(site)
    assert ask(shelf, f"/{name}").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask(shelf, PAGE).headers


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_what_the_reader_has_is_not_sent_again(site: Path, form: str) -> None:
    shelf = make_shelf(site)
    tag = ask(shelf, PAGE).headers["etag"]
    answer = ask(shelf, PAGE, if_none_match=form.format(tag))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == tag
    assert ask(shelf, PAGE, if_none_match='"other"').status == 200


def test_each_form_has_a_tag_of_its_own(site: Path) -> None:
    shelf = make_shelf(site)
    tags = {ask(shelf, PAGE, accept_encoding=accepted).headers["etag"] for accepted in ("br", "gzip", "")}
    assert len(tags) == 3


def test_head_is_get_without_the_body(site: Path) -> None:
    shelf = make_shelf(site)
    get, head = ask(shelf, PAGE), ask(shelf, PAGE, "HEAD")
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_taken(site: Path, method: str) -> None:
    answer = ask(make_shelf(site), PAGE, method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(("path", "to"), [("/en", "/en/"), ("/ar/belarus", "/ar/belarus/")])
def test_a_forgotten_slash_is_mended(site: Path, path: str, to: str) -> None:
    answer = ask(make_shelf(site), path)
    assert (answer.status, answer.headers["location"]) == (308, to)


@pytest.mark.parametrize(("path", "lang"), [("/ar/nothing/", "ar"), ("/nothing", "en"), ("/xx/nothing/", "en")])
def test_what_is_not_here_is_missed_in_the_readers_language(site: Path, path: str, lang: str) -> None:
    answer = ask(make_shelf(site), path)
    assert answer.status == 404
    assert f"<html lang={lang}".encode() in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/en/../../secret.txt",
        "/.standwith-site.json",
        "//etc/passwd",
        "/en/index.html.br",
        "/secret.txt",
        "/en/belarus/\x00",
    ],
)
def test_no_path_leads_to_a_file_that_is_not_published(site: Path, path: str) -> None:
    (site.parent / "secret.txt").write_text("SECRET")
    (site / "secret.txt").write_text("SECRET")
    answer = ask(make_shelf(site), path)
    assert answer.status == 404
    assert b"SECRET" not in answer.body


def test_a_new_publication_is_served_within_a_second(small: Campaign, publish: Publish, site: Path) -> None:
    clock = Clock()
    shelf = make_shelf(site, tick=clock)
    assert b"48,213" in ask(shelf, PAGE).body
    publish(small, numbers={small.id: replace(NUMBERS, confirmed=48214)})
    clock.now = 0.9
    assert b"48,213" in ask(shelf, PAGE).body
    clock.now = 1.0
    assert b"48,214" in ask(shelf, PAGE).body


def test_a_site_that_is_not_published_yet_is_served_once_it_is(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    clock = Clock()
    shelf = make_shelf(tmp_path / "site", tick=clock)
    assert ask(shelf, PAGE).status == 404
    publish(small)
    clock.now = 1.0
    assert ask(shelf, PAGE).status == 200

"""The sitemap: every public page once, each with all its languages."""

from pathlib import Path
from xml.etree import ElementTree

from standwith.site.sitemap import write, write_robots
from tests.site.conftest import SITE_URL

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_every_address_of_it_is_a_file_and_each_stands_once(example_site: Path) -> None:
    root = ElementTree.fromstring((example_site / "sitemap.xml").read_bytes())
    addresses = [one.text or "" for one in root.findall("s:url/s:loc", NAMES)]
    assert len(addresses) == len(set(addresses)) and len(addresses) % 13 == 0
    assert {f"{SITE_URL}/ar/organisations/it/", f"{SITE_URL}/ka/stand-with-belarus/organisations/"} <= set(addresses)
    for address in addresses:
        assert (example_site / address.removeprefix(f"{SITE_URL}/") / "index.html").exists()


def test_pages_name_their_other_languages() -> None:
    root = ElementTree.fromstring(write([("c", ("en", "ar"), ("",))], ("en", "ar"), SITE_URL))
    [url] = [one for one in root.findall("s:url", NAMES) if one.findtext("s:loc", "", NAMES) == f"{SITE_URL}/ar/c/"]
    others = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
    assert others == {"en": f"{SITE_URL}/en/c/", "ar": f"{SITE_URL}/ar/c/"}


def test_robots_leave_acts_alone_and_find_the_sitemap() -> None:
    assert write_robots(SITE_URL).decode().splitlines() == [
        "User-agent: *",
        "Disallow: /act/",
        f"Sitemap: {SITE_URL}/sitemap.xml",
    ]

"""The sitemap and robots.txt: every public page once, with the same page in its other languages.

Invariant: only pages that are worth finding; those that answer an act (check your mail, thank you) are not listed.
Standards: sitemaps.org, hreflang annotations in sitemaps, RFC 9309.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


Listed = tuple[str, Sequence[str], Sequence[str]]
OF_SITE = ("", "how-we-count/", "your-data/")
OF_LEDGER = ("verify/", "audits/")


def write(
    campaigns: Sequence[Listed],
    codes: Sequence[str],
    site_url: str,
    of_site: Sequence[str] = OF_SITE,
) -> bytes:
    """Return sitemap.xml; `campaigns` are (id, languages, places), `codes` the languages of the site's `of_site`."""
    places = _places(campaigns, codes, of_site)
    lines = [line for place, languages in places for line in _urls(place, languages, site_url)]
    return (HEAD + "\n".join(lines) + "\n</urlset>\n").encode()


def write_robots(site_url: str) -> bytes:
    """Return robots.txt: everything may be read, acts need not be tried."""
    return f"User-agent: *\nDisallow: /act/\nSitemap: {site_url}/sitemap.xml\n".encode()


def _places(
    campaigns: Sequence[Listed], codes: Sequence[str], of_site: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    for campaign, languages, places in campaigns:
        yield from ((f"{campaign}/{place}", languages) for place in places)
    for place in of_site:
        yield place, codes


def _urls(place: str, languages: Sequence[str], site_url: str) -> Iterator[str]:
    addresses = [(code, quoteattr(f"{site_url}/{code}/{place}")) for code in languages]
    others = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href={address}/>' for code, address in addresses)
    for _, address in addresses:
        yield f"<url><loc>{address[1:-1]}</loc>{others}</url>"

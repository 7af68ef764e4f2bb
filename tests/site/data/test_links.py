"""Every address in a file leads to a page of the site, and to its place there."""

import re
from pathlib import Path

from tests.site.conftest import SITE_URL, Publish
from tests.site.data.record import RECORD

ADDRESS = re.compile(rf"(?<!<id>){re.escape(SITE_URL)}(/[^\s\"\\,<|]*)")


def addresses_in(path: Path) -> set[str]:
    """The addresses of a file; the ids of a feed are names and lead nowhere."""
    return set(ADDRESS.findall(path.read_bytes().decode().replace("\r\n ", "")))


def test_every_address_leads_to_its_place(publish: Publish, tmp_path: Path) -> None:
    publish(RECORD)
    site = tmp_path / "site"
    files = [path for pattern in ("*/data/*[nv]", "*/*/calendar.ics", "*/*/feed.xml") for path in site.glob(pattern)]
    assert len(files) == 19
    found = {(path.name, address) for path in files for address in addresses_in(path)}
    assert len(found) > 40
    for name, address in found:
        place, _, anchor = address.partition("#")
        page = site / f"{place[1:]}index.html" if place.endswith("/") else site / place[1:]
        assert page.exists(), (name, address)
        assert not anchor or re.search(rf'id="?{re.escape(anchor)}["\s>]', page.read_text()), (name, address)

"""The pages of the directory: everybody once, nothing cut, within the budget in every language."""

import re
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.languages import COUNTRIES
from standwith.organisations import SCOPES
from standwith.site.build import BUDGET
from standwith.site.directory.pages import ROWS
from tests.site.conftest import Publish
from tests.site.directory.rosters import directory, listing, organisation, standing


def page(site: Path, place: str) -> str:
    return unescape((site / place / "index.html").read_text("utf-8"))


def test_the_world_names_every_country_with_how_many_stand(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    rows = organisation("Rail"), organisation("Metal"), organisation("World", scope="international", country="")
    publish(standing(small, *rows), directory=directory(listing("Sea", country="MT"), listing("Rail")))
    world = page(tmp_path / "site", "en/organisations")
    assert "<a href=de/>Germany</a> <b>2</b>" in world.partition("id=standing")[2].partition("id=others")[0]
    assert "<a href=mt/>Malta</a> <b>1</b>" in world.partition("id=others")[2]
    assert "<a href=international/>International</a> <b>1</b>" in world
    assert "<bdi>Example <Desk></bdi>" in world  # unescaped by the test: the page escapes it
    assert "4 organisations" in world and 'role=img aria-label="Map' in world


def test_a_country_is_paged_and_everybody_stands_there_once(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    listings = [listing(f"Union {number:03}", scope=SCOPES[number % 3]) for number in range(2 * ROWS + 5)]
    publish(standing(small), directory=directory(*listings))
    pages = [page(tmp_path / "site", f"fr/organisations/de{more}") for more in ("", "/2", "/3")]
    for one in listings:
        assert [f"<bdi>{one.name}</bdi>" in text for text in pages].count(True) == 1
    assert re.search(r'href="?/fr/organisations/de/2/', pages[0])
    assert not (tmp_path / "site/fr/organisations/de/4").exists()


def test_a_federation_has_a_page_with_its_tree(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    top = listing("Top", former=("Old <Top>",), languages=("de", "ar"), domains=("top.example.org",), sector="steel")
    middle = listing("Middle", parent="top")
    low = listing("Low", parent="middle", former=("Lower",))
    publish(standing(small, organisation("Low")), directory=directory(top, middle, low))
    site = tmp_path / "site"
    text = page(site, "en/organisations/top")
    for said in ("Old <Top>", "steel", "top.example.org", "Deutsch", "العربية", "<bdi>Middle</bdi>", "<bdi>Low</bdi>"):
        assert said in text
    assert "Formerly: <bdi>Lower</bdi>" in text and "/en/belarus/" in text
    assert "/en/organisations/top/" in page(site, "en/organisations/middle")
    assert not (site / "en/organisations/low").exists()


def test_the_roll_leads_to_the_federation(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    rows = organisation("Top", url="https://top.example.org"), organisation("Low", parent="Top")
    publish(standing(small, *rows))
    roll = page(tmp_path / "site", "en/belarus/organisations")
    assert '<a href="/en/organisations/top-de/">Top</a>' in roll or "<a href=/en/organisations/top-de/>Top</a>" in roll


def test_a_long_roll_is_paged_whole(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    rows = [organisation(f"Union {n:03}", country=["DE", "FR"][n % 2], scope=SCOPES[n % 2]) for n in range(230)]
    publish(standing(small, *rows))
    pages = [page(tmp_path / "site", f"en/belarus/organisations{more}") for more in ("", "/2", "/3")]
    for row in rows:
        assert [f"<dd>{row.name}" in text for text in pages].count(True) == 1


def test_a_changed_organisation_remakes_its_country_and_not_the_others(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    one, other = listing("One"), listing("Other", country="FR")
    publish(standing(small), directory=directory(one, other))
    places = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("index.html")}
    publish(standing(small), directory=directory(replace(one, name="Won"), other))
    remade = [path for path in places if path.stat().st_mtime_ns != places[path]]
    changed = {path.parent.relative_to(tmp_path / "site").as_posix() for path in remade}
    assert changed == {"en/organisations/de", "fr/organisations/de", "ar/organisations/de"}


def test_without_organisations_there_is_no_directory(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(standing(small))
    assert not list((tmp_path / "site").glob("*/organisations")) and not (tmp_path / "site/organisations").exists()


@pytest.mark.parametrize("stand", [True, False])
def test_the_heaviest_pages_keep_the_budget(
    example: Campaign, publish: Publish, tmp_path: Path, *, stand: bool
) -> None:
    """Every country of the world, and pages full of long names."""
    listings = [listing(f"Union {code} {number}", country=code) for code in sorted(COUNTRIES) for number in range(2)]
    name = "Federación Sindical Independiente de Trabajadores y Empleados de la Industria {}, Brescia e Hinterland"
    for number in range(ROWS):
        former = (name.format(number * 104729),)
        listings.append(
            listing(name.format(f"{number * 7919:x}"), id=f"l-{number}", acronym=f"F{number}", former=former)
        )
    rows = tuple(organisation(one.name, country=one.country) for one in listings) if stand else ()
    report = publish(standing(example, *rows), directory=directory(*listings))
    assert [path for path in report.heavy if "organisations" in path] == []
    sizes = {path: path.stat().st_size for path in (tmp_path / "site").glob("*/organisations/**/index.html.gz")}
    assert max(sizes.values()) <= BUDGET

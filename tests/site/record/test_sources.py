"""The pages of sources: what each text is, how its copy is compared, what rests on it; and nobody who is not shown."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Demand
from standwith.languages import PartialDate
from standwith.people import Person, Status
from standwith.site.pages import Site
from tests.campaigns.belarus import translate
from tests.look.pages import Page
from tests.site.conftest import NOW, NUMBERS, SITE_URL, Publish, pages_in
from tests.site.record.known import SOURCES, knowing, many_events, many_facts, many_sources

DEMAND = Demand(id="free", text="Free them.", addressee="All", state="met", state_source="t", sources=("s",))
TAKEN = (Status(date=PartialDate(2020, 8, 9), status="detained", source="t"),)
PEOPLE = (
    Person(id="amina", name="Amina Example", shown="full name", consent="own", risk="low", history=TAKEN),
    Person(id="bela-example", name="Bela Example", shown="initials", consent="own", risk="high", sources=("t",)),
    Person(id="cyril-secret", name="Cyril Secret", shown="none", consent="withheld", risk="high", history=TAKEN),
)


@pytest.fixture
def whole(small: Campaign) -> Campaign:
    """A campaign with everything that can rest on a source, in English, French and Arabic."""
    demands = (replace(DEMAND, state_date=PartialDate(2020)),)
    rich = knowing(replace(small, translations={}), demands=demands, people=PEOPLE, statement=("x",))
    return translate(translate(rich, "fr"), "ar")


@pytest.fixture
def site(whole: Campaign, publish: Publish, tmp_path: Path) -> Path:
    publish(whole)
    return tmp_path / "site"


def read(site: Path, path: str) -> Page:
    return Page((site / path / "index.html").read_text("utf-8"))


def digests(campaign: Campaign) -> dict[str, str]:
    """What each English page about sources is made from."""
    pages = Site([campaign], site_url=SITE_URL, numbers={campaign.id: NUMBERS}, now=NOW).pages()
    return {page.path: page.digest for page in pages if page.path.startswith("en/belarus/sources/")}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The places of pages that are made again."""
    names = {path for path in after if before.get(path) != after[path]}
    return {path.removeprefix("en/belarus/sources/").removesuffix("index.html") for path in names}


def test_the_list_keeps_its_anchors_and_leads_to_each_page(site: Path) -> None:
    page = read(site, "fr/belarus/sources")
    listed = [one.attributes["id"] for one in page.all("li") if "id" in one.attributes]
    assert listed == [source.id for source in SOURCES]
    for source in SOURCES:
        assert page.all("a", href=f"/fr/belarus/sources/{source.id}/")
        assert read(site, f"fr/belarus/sources/{source.id}")


def test_a_source_says_what_it_is_and_how_its_copy_is_compared(site: Path) -> None:
    page = read(site, "en/belarus/sources/s")
    assert page.one("h1").text == "What happened"
    told = page.one("main").text
    assert all(word in told for word in ("Example Union", "Language: English", "0f" * 32, "sha256sum what.html"))
    page = read(site, "en/belarus/sources/u")
    assert (page.one("h1").attributes["lang"], page.one("h1").text) == ("ru", "Пять дней в сентябре")
    assert "September 2020" in page.one("main").text
    assert "We keep no copy of this text." in page.one("main").text
    [link] = read(site, "en/belarus/sources/t").all("a", rel="nofollow")
    assert link.attributes["href"] == "https://example.org/list?a=1&b=2"


def test_a_source_shows_all_that_rests_on_it_with_links_to_each(site: Path) -> None:
    page = read(site, "en/belarus/sources/t")
    links = [one.attributes["href"].removeprefix("/en/belarus/") for one in page.all("a") if "ul" in one.inside]
    ours = [link for link in links if link.startswith(("#", "facts", "people", "timeline"))]
    assert ours == [
        "#demand-free",
        "facts/#fact-killed-t",
        "facts/#fact-workers-2",
        "facts/#fact-inside-3",
        "people/amina/",
        "people/nr-2/",
        "timeline/#event-2020-08-10",
    ]
    for link in ours:
        place, _, anchor = link.partition("#")
        assert not anchor or read(site, f"en/belarus/{place}").all(id=anchor)
    assert "Nothing that this campaign shows rests on it." in read(site, "en/belarus/sources/idle").one("main").text


def test_nobody_stands_there_beyond_what_may_be_shown(site: Path) -> None:
    for path in pages_in(site):
        if "/sources/" in path:
            text = (site / path).read_text("utf-8")
            assert not any(word in text for word in ("Cyril", "cyril", "Secret", "Bela Example", "bela-example"))
    assert "B. E." in read(site, "en/belarus/sources/t").one("main").text


def test_every_citation_leads_to_the_page_of_its_source(site: Path) -> None:
    for path in ("ar/belarus", "ar/belarus/facts", "ar/belarus/timeline", "ar/belarus/people/amina"):
        cited = [one for one in read(site, path).all("a") if "cite" in one.inside]
        assert cited, path
        for link in cited:
            place = link.attributes["href"].lstrip("/")
            assert place.startswith("ar/belarus/sources/") and (site / place / "index.html").exists()


def test_a_page_is_made_again_for_what_it_shows_and_for_nothing_else(whole: Campaign) -> None:
    before = digests(whole)
    sources = (*SOURCES[:3], replace(SOURCES[3], title="Cited by nobody"))
    assert changed(before, digests(replace(whole, sources=sources))) == {"", "idle/"}
    events = (*whole.timeline[:5], replace(whole.timeline[5], title="The first arrests"))
    assert changed(before, digests(replace(whole, timeline=events))) == {"u/"}
    people = (PEOPLE[0], PEOPLE[1], replace(PEOPLE[2], name="Cyril Somebody"))
    assert digests(replace(whole, people=people)) == before
    people = (replace(PEOPLE[0], name="Amina Maria Example"), *PEOPLE[1:])
    assert changed(before, digests(replace(whole, people=people))) == {"t/"}


def test_many_sources_are_cut_into_pages_and_one_with_much_on_it_too(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    bare = replace(small, translations={}, languages=("en",), people=(), demands=(), statement=("x",))
    facts = tuple(replace(one, source="source-7") for one in many_facts(500, 1))
    campaign = replace(bare, facts=facts, sources=many_sources(120), timeline=many_events(40, 120))
    assert publish(campaign).heavy == ()
    site = tmp_path / "site"
    lists = [read(site, f"en/belarus/sources{page}") for page in ("", "/2", "/3")]
    listed = [one.attributes["id"] for page in lists for one in page.all("li") if "id" in one.attributes]
    assert listed == [source.id for source in campaign.sources]
    pages = [path for path in pages_in(site) if path.startswith("en/belarus/sources/source-7/")]
    assert len(pages) > 5
    links = [
        one.attributes["href"].removeprefix("/en/belarus/")
        for path in pages
        for one in Page((site / path).read_text("utf-8")).all("a")
        if "#fact-" in one.attributes["href"]
    ]
    assert len(set(links)) == len(links) == 500
    for link in links[::50]:
        place, _, anchor = link.partition("#")
        assert read(site, f"en/belarus/{place}").all(id=anchor)


def test_without_sources_the_list_says_so(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    bare = replace(small, facts=(), people=(), timeline=(), demands=(), sources=(), statement=("x",))
    publish(bare)
    assert "names no sources yet" in read(tmp_path / "site", "en/belarus/sources").one("main").text

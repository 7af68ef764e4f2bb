"""The pages of facts: every fact once, with all its sources, what was said before, and where each link to it leads."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.facts import Fact
from standwith.site.matters import ROOM, arrange
from standwith.site.pages import Site
from tests.campaigns.belarus import translate
from tests.look.pages import Page
from tests.site.conftest import NOW, NUMBERS, SITE_URL, Publish, edition, pages_in
from tests.site.record.known import FACTS, SOURCES, fact, knowing, many_events, many_facts, many_sources

LONG = tuple(fact(f"p-{at}", at, at, "exactly", f"2020-{at % 12 + 1:02}", series="p", what="p") for at in range(700))


@pytest.fixture
def site(small: Campaign, publish: Publish, tmp_path: Path) -> Path:
    """The small record, published in English, French and Arabic."""
    bare = replace(small, translations={})
    publish(translate(translate(knowing(bare), "fr"), "ar"))
    return tmp_path / "site"


def read(site: Path, path: str) -> Page:
    return Page((site / path / "index.html").read_text("utf-8"))


def digests(campaign: Campaign, **more: Any) -> dict[str, str]:
    """What each page of facts is made from."""
    pages = Site([replace(campaign, **more)], site_url=SITE_URL, numbers={campaign.id: NUMBERS}, now=NOW).pages()
    return {page.path: page.digest for page in pages if "/facts/" in page.path}


def with_facts(campaign: Campaign, *facts: Fact, **more: Any) -> Campaign:
    return knowing(replace(campaign, translations={}), facts=facts, statement=("Nothing is cited.",), **more)


def test_every_fact_stands_there_once_under_its_anchor(site: Path) -> None:
    page = read(site, "en/belarus/facts")
    anchors = [one.attributes["id"] for one in page.elements if one.attributes.get("id", "").startswith("fact-")]
    assert sorted(anchors) == sorted(f"fact-{one.id}" for one in FACTS)


def test_sources_stand_side_by_side_with_how_sure_they_are(site: Path) -> None:
    page = read(site, "en/belarus/facts")
    [sides] = page.all("div", class_="sides")
    assert sides.text.strip().startswith("Sources disagree: both are shown")
    [ours, theirs] = [one.text for one in page.all("dl") if "killed" in one.attributes["id"]]
    assert all(word in ours for word in ("at least 2", "Confirmed", "Example Union · 17 August 2020"))
    assert all(word in theirs for word in ("between 4 and 6", "Reported, not confirmed", "Example Legal Aid · August"))


def test_what_was_said_before_stands_under_what_replaced_it_the_last_one_first(site: Path) -> None:
    page = read(site, "en/belarus/facts")
    told = page.one("dl", id="fact-workers").text
    assert told.index("about 1,200") < told.index("Before: more than 900") < told.index("Before: more than 400")
    assert "Disputed: by none" in told
    assert [one.attributes["id"] for one in page.all("div", class_="before")] == [
        "fact-workers-2",
        "fact-workers-1",
        "fact-wrong",
    ]


def test_a_series_is_drawn_and_told_in_a_table_in_the_order_of_time(site: Path) -> None:
    page = read(site, "en/belarus/facts")
    assert [one.attributes["id"] for one in page.all("svg", role="img")] == ["plot-inside-5"]
    who = [row.text.rpartition("Example")[2].strip() for row in page.all("tr")[1:]]
    assert who == ["Union", "Union", "Legal Aid", "Union", "Radio"]
    figures = ["100", "at least 150", "at most 300", "between 180 and 220", "hundreds"]
    told = page.one("table").text
    assert sorted(figures, key=told.index) == figures
    assert page.one("desc").text.startswith("Figures from 20 August 2020 to 10 November 2020: 5.")


def test_in_arabic_the_drawing_has_the_digits_of_the_language(site: Path) -> None:
    page = read(site, "ar/belarus/facts")
    levels = [one.text for one in page.all("text", class_="level")]
    assert levels == ["٠", "١٢٥", "٢٥٠", "٣٧٥", "٥٠٠"]
    assert page.one("title", id="plot-inside-5-t").text == "ar: people inside"


def test_the_campaign_page_shows_what_is_cited_first_and_links_to_the_rest(small: Campaign) -> None:
    cited = replace(small, statement=("x {fact:f-30} and {fact:f-5}",), translations={})
    view = edition(knowing(cited, facts=many_facts(40, 1), sources=many_sources(1))).view
    assert [[one.id for one in group] for group in view.facts][:2] == [["f-6"], ["f-30"]]
    assert len(view.facts) == 6
    block = view.statement[0].html
    assert '<a href="#fact-f-30">' in block
    assert '<a href="facts/#fact-f-5">8</a>' in block  # superseded: its own figure, in its own place


def test_a_link_to_a_fact_leads_to_its_page(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    names = [f"f-{at}" for at in range(0, 600, 29)]
    bare = replace(small, translations={}, languages=("en",), people=(), timeline=(), demands=())
    cited = replace(bare, statement=tuple(f"x {{fact:{name}}}" for name in names))
    publish(replace(cited, facts=many_facts(600, 9), sources=many_sources(9)))
    page = read(tmp_path / "site", "en/belarus")
    links = [one.attributes["href"].partition("#fact-") for one in page.all("a") if "#fact-" in one.attributes["href"]]
    assert [name for _, _, name in links] == names
    assert len({place for place, _, _ in links}) > 5
    for place, _, name in links:
        assert read(tmp_path / "site", f"en/belarus/{place}").all(id=f"fact-{name}"), (place, name)


def test_ten_thousand_facts_each_have_one_place(small: Campaign) -> None:
    facts = many_facts(10_000)
    arranged = arrange(replace(small, facts=facts))
    assert set(arranged.places) == {one.id for one in facts}
    assert all(sum(part.weight for part in page.rows) <= ROOM or len(page.rows) == 1 for page in arranged.pages)
    assert arranged.count == 9_000
    assert [page.number for page in arranged.pages] == list(range(1, len(arranged.pages) + 1))


def test_a_long_series_goes_on_and_every_page_is_light(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    assert publish(replace(with_facts(small, *LONG), languages=("en",))).heavy == ()
    pages = [path for path in pages_in(tmp_path / "site") if path.startswith("en/belarus/facts/")]
    assert len(pages) > 3
    read_all = [Page((tmp_path / "site" / path).read_text("utf-8")) for path in pages]
    anchors = [one.attributes["id"] for page in read_all for one in page.elements if "fact-p-" in str(one.attributes)]
    assert len(set(anchors)) == len(anchors) == 700
    assert sum(len(page.all("svg", role="img")) for page in read_all) == 1


def test_the_heaviest_texts_fit(small: Campaign, publish: Publish) -> None:
    words = " ".join(f"{at * 7919 % 10_007:x}ж{at}" for at in range(220))[:2000]
    heavy = [fact(f"h-{at}", at, at, "exactly", "2020", disputed=words[at:] + words[:at]) for at in range(12)]
    light = [fact(f"l-{at}", at, at, "exactly", "2020", what=words[at : at + 190]) for at in range(90)]
    assert publish(replace(with_facts(small, *heavy, *light), languages=("en", "ar"))).heavy == ()


@pytest.mark.parametrize(
    "circle",
    [
        [("a", "a")],
        [("a", "b"), ("b", "a")],
        [("a", "b"), ("b", "c"), ("c", "b")],
        [("a", "nobody")],
        [("a", "c"), ("b", "c"), ("c", "")],
    ],
)
def test_nothing_is_lost_where_facts_supersede_each_other_in_circles(
    small: Campaign, circle: list[tuple[str, str]]
) -> None:
    facts = [fact(name, 1, 1, "exactly", "2020", supersedes=old) for name, old in circle]
    assert set(arrange(with_facts(small, *facts)).places) == {name for name, _ in circle}


def test_a_fact_of_a_group_and_a_series_joins_both(small: Campaign) -> None:
    facts = (
        fact("a", 1, 1, "exactly", "2020-01", series="s"),
        fact("x", 9, 9, "exactly", "2020-01"),
        fact("b", 2, 2, "exactly", "2020-02", series="s", group="g"),
        fact("c", 3, 3, "exactly", "2020-02", group="g"),
    )
    first, second = arrange(with_facts(small, *facts)).matters
    assert [one.id for one in first.facts] == ["b", "c"]
    assert [[one.id for one in series] for series in first.series] == [["a", "b"]]
    assert [one.id for one in second.facts] == ["x"]


def test_a_page_is_made_again_only_for_its_sources(small: Campaign) -> None:
    campaign = with_facts(small, *many_facts(400, 100), sources=many_sources(100), timeline=())
    before = digests(campaign)
    assert digests(campaign, timeline=many_events(3)) == before
    sources = list(campaign.sources)
    sources[3] = replace(sources[3], publisher="Somebody else")
    arranged = arrange(campaign)
    touched = {
        f"{code}/belarus/{arranged.places[f'f-{at}']}index.html" for at in (3, 103, 203, 303) for code in ("en",)
    }
    after = digests(campaign, sources=tuple(sources))
    changed = {path for path in before if before[path] != after[path]}
    assert {path for path in changed if path.startswith("en/")} == touched
    assert len(touched) < len([path for path in before if path.startswith("en/")])


def test_without_facts_there_is_no_page_of_facts(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(with_facts(small))
    assert not (tmp_path / "site/en/belarus/facts").exists()
    assert not read(tmp_path / "site", "en/belarus").all("a", href="facts/")


def test_hostile_words_stay_words(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>{{7*7}}'
    facts = [replace(one, what=evil, disputed=evil) for one in FACTS]
    sources = [replace(one, publisher=evil, title=evil) for one in SOURCES]
    publish(with_facts(small, *facts, sources=tuple(sources)))
    page = read(tmp_path / "site", "en/belarus/facts")
    assert not page.all("script")
    assert page.one("title", id="plot-inside-5-t").text == evil


def test_the_campaign_page_does_not_repeat_that_a_fact_is_reported(site: Path) -> None:
    assert "Reported, not confirmed" not in read(site, "en/belarus").one("section", id="facts").text
    assert "Confirmed" in read(site, "en/belarus").one("section", id="facts").text

"""The pages of the timeline: drawn, then told by year; every event once, and a link to each leads to its page."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import EVENT_KINDS, Campaign
from standwith.languages import INTERFACE, voice
from standwith.site.events import chronicle
from standwith.site.labels import EVENT_KINDS as WORDS
from standwith.site.labels import EVENT_ROWS
from standwith.site.pages import Site
from tests.campaigns.belarus import translate
from tests.look.pages import Page
from tests.site.conftest import NOW, NUMBERS, SITE_URL, Publish, edition, pages_in
from tests.site.record.known import EVENTS, SOURCES, event, knowing, many_events, many_sources


def told(campaign: Campaign, *events: object) -> Campaign:
    """The small campaign with these events, in English and Arabic."""
    bare = replace(campaign, translations={}, languages=("en", "ar"), statement=("Nothing is cited.",), facts=())
    return translate(replace(bare, timeline=events, sources=(*SOURCES, *many_sources(9)), demands=()), "ar")


def read(place: Path, path: str) -> Page:
    return Page((place / "site" / path / "index.html").read_text("utf-8"))


def digests(campaign: Campaign) -> dict[str, str]:
    """What each page of the timeline is made from."""
    pages = Site([campaign], site_url=SITE_URL, numbers={campaign.id: NUMBERS}, now=NOW).pages()
    return {page.path: page.digest for page in pages if "/timeline/" in page.path}


def test_events_stand_by_year_in_the_order_of_time_each_with_its_source(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(told(small, *EVENTS))
    page = read(tmp_path, "en/belarus/timeline")
    assert [one.text for one in page.all("h2")] == ["2020", "2021"]
    items = [one for one in page.all("li") if one.attributes.get("id", "").startswith("event-")]
    assert [one.attributes["id"].removeprefix("event-") for one in items] == [
        "2020",
        "2020-08-09",
        "2020-08-10",
        "2020-08-10-2",
        "2020-09",
        "2021-02-01",
    ]
    assert all("Example" in one.text for one in items)
    assert "10 August 2020 – 13 August 2020" in items[2].text
    assert "protest · Example Legal Aid" in items[2].text
    assert "election · Belarus" in items[1].text


def test_the_numbers_of_the_drawing_are_those_of_the_list(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(told(small, *EVENTS))
    for code, numbers in (("en", ["1", "2", "3", "4", "5", "6"]), ("ar", ["١", "٢", "٣", "٤", "٥", "٦"])):
        page = read(tmp_path, f"{code}/belarus/timeline")
        drawn = [one.text for one in page.all("text") if one.attributes.get("class", "").startswith("n")]
        listed = [one.text for one in page.all("b") if one.attributes.get("class", "").startswith("nr")]
        assert sorted(drawn) == listed == numbers
    shapes = {one.text: one.attributes["class"][-1] for one in page.all("b") if "nr" in str(one.attributes)}
    places = {one.text: one.attributes["class"][-1] for one in page.all("text") if one.text in shapes}
    assert shapes == places


def test_the_drawing_says_in_words_what_it_shows(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(told(small, *EVENTS))
    page = read(tmp_path, "en/belarus/timeline")
    assert page.one("svg", role="img").attributes["id"] == "drawn"
    assert page.one("title", id="drawn-t").text == "What happened"
    assert page.one("desc", id="drawn-d").text.startswith("Events from 2020 to 1 February 2021: 6.")


def test_every_kind_has_its_words_and_exactly_one_row() -> None:
    assert tuple(WORDS) == EVENT_KINDS
    assert sorted(kind for kinds in EVENT_ROWS.values() for kind in kinds) == sorted(EVENT_KINDS)


def test_the_campaign_page_shows_the_latest_and_leads_to_all(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(told(small, *many_events(40)))
    page = read(tmp_path, "en/belarus")
    shown = [one.attributes["id"] for one in page.all("li") if one.attributes.get("id", "").startswith("event-")]
    assert shown == [one.anchor for one in chronicle(told(small, *many_events(40))).events[-5:]]
    assert page.one("a", href="timeline/").text == "All events: 40"


def test_a_long_timeline_is_cut_and_drawn_in_columns_and_every_page_is_light(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    assert publish(told(small, *many_events(900, 9))).heavy == ()
    paths = [path for path in pages_in(tmp_path / "site") if path.startswith("en/belarus/timeline/")]
    pages = {path: Page((tmp_path / "site" / path).read_text("utf-8")) for path in paths}
    anchors = [one.attributes["id"] for page in pages.values() for one in page.all("li") if "event-" in str(one)]
    assert len(set(anchors)) == len(anchors) == 900
    [drawn] = [path for path, page in pages.items() if page.all("svg", role="img")]
    assert drawn == "en/belarus/timeline/index.html"
    rows = [one.text for one in pages[drawn].all("text", class_="row")]
    assert sum(int(row.rpartition(" ")[2]) for row in rows) == 900
    for anchor, place in chronicle(told(small, *many_events(900, 9))).places.items():
        assert pages[f"en/belarus/{place}index.html"].all("li", id=anchor)


def test_the_feed_leads_to_the_place_of_each_event_and_its_name_stays(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(told(small, *many_events(200, 9)))
    feed = ElementTree.fromstring((tmp_path / "site/en/belarus/feed.xml").read_bytes())
    atom = {"a": "http://www.w3.org/2005/Atom"}
    base = f"{SITE_URL}/en/belarus/"
    events = [one for one in feed.findall("a:entry", atom) if "#event-" in one.findtext("a:id", "", atom)]
    assert events
    for entry in events:
        name = entry.findtext("a:id", "", atom)
        assert name.startswith(f"{base}#event-")
        place, _, anchor = entry.find("a:link", atom).attrib["href"].removeprefix(base).partition("#")
        assert anchor == name.partition("#")[2]
        assert read(tmp_path, f"en/belarus/{place}").all("li", id=anchor)


def test_only_the_pages_of_a_changed_event_are_made_again(small: Campaign) -> None:
    events = list(many_events(300, 9))
    before = digests(told(small, *events))
    events[6] = replace(events[6], title="Another title of the same length in all its words")
    campaign = told(small, *events)
    [place] = {chronicle(campaign).places[one.anchor] for one in chronicle(campaign).events if one.event is events[6]}
    after = digests(campaign)
    changed = {path for path in after if before.get(path) != after[path] and path.startswith("en/")}
    assert changed == {"en/belarus/timeline/index.html", f"en/belarus/{place}index.html"}
    assert place != "timeline/"
    assert digests(replace(campaign, people=())) == after


def test_a_translation_that_is_older_leads_to_the_original_in_its_place(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    stale = told(small, event("2020-08-09", "election", "The vote"))
    publish(replace(stale, timeline=(event("2020-08-09", "election", "The vote, counted again"),)))
    page = read(tmp_path, "ar/belarus/timeline")
    [link] = [one for one in page.all("a") if "small" in one.inside]
    assert link.attributes["href"] == "/en/belarus/timeline/#event-2020-08-09"


def test_without_events_there_is_no_timeline(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(told(small))
    assert not (tmp_path / "site/en/belarus/timeline").exists()
    assert not re.search("timeline", (tmp_path / "site/en/belarus/index.html").read_text("utf-8"))


def test_events_of_one_day_keep_the_names_that_their_texts_have(small: Campaign) -> None:
    later = knowing(small, timeline=(EVENTS[5], EVENTS[2]))
    assert [one.key for one in chronicle(later).events] == ["event:2020-08-10", "event:2020-08-10.2"]
    assert [str(one.title) for one in edition(later).view.timeline] == ["First arrests", "People in the streets"]


@pytest.mark.parametrize("code", INTERFACE)
def test_the_words_above_the_rows_have_room_on_a_telephone(code: str) -> None:
    assert all(len(voice(code).gettext(heading)) <= 38 for heading in EVENT_ROWS)

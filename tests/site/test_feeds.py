"""The feed: Atom that a reader can parse, dated by what happened and not by when it was published."""

from xml.etree import ElementTree

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.site.feeds import write
from tests.site.conftest import SITE_URL, edition

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(campaign: Campaign, code: str = "en") -> list[tuple[str, str, str]]:
    """(id, updated, title) of each entry."""
    feed = ElementTree.fromstring(write(edition(campaign, code), SITE_URL))
    names = ("id", "updated", "title")
    return [tuple(entry.findtext(ATOM + name, "") for name in names) for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[misc]


def test_events_versions_and_the_beginning_newest_first(small: Campaign) -> None:
    page = f"{SITE_URL}/en/belarus/"
    tag = "tag:standwith.example.org,2020:en/belarus/"
    assert entries(small) == [
        (f"{page}#version-2", "2020-11-16T00:00:00Z", "The statement has a new version"),
        (f"{tag}person/amina/2020-08-17/released", "2020-08-17T00:00:00Z", "Amina Example · released"),
        (f"{page}#main", "2020-08-17T00:00:00Z", "Set them free."),
        (f"{tag}fact/killed", "2020-08-17T00:00:00Z", "at least 2 · people killed"),
        (f"{page}#event-2020-08-09-2", "2020-08-09T00:00:00Z", "Protest"),
        (f"{page}#event-2020-08-09", "2020-08-09T00:00:00Z", "Election"),
        (f"{tag}fact/years", "2020-01-01T00:00:00Z", "26 years · in power"),
    ]


def test_a_figure_that_changes_is_the_same_entry_with_a_newer_date(small: Campaign) -> None:
    later = replace(small.facts[0], low=3, as_of=PartialDate(2020, 11, 18))
    [first, *_] = entries(replace(small, facts=(later,)))
    assert first == (
        "tag:standwith.example.org,2020:en/belarus/fact/killed",
        "2020-11-18T00:00:00Z",
        "at least 3 · people killed",
    )


def test_whoever_may_not_be_named_is_not_named(small: Campaign) -> None:
    seen = replace(small.people[1], history=small.people[0].history)
    hidden = replace(small.people[2], history=small.people[0].history)
    quiet = replace(small, people=(hidden, seen))
    assert [entry for entry in entries(quiet) if "person" in entry[0]] == [
        (
            "tag:standwith.example.org,2020:en/belarus/person/nr-2/2020-08-17/released",
            "2020-08-17T00:00:00Z",
            "B. E. · released",
        )
    ]
    assert b"Bela " not in write(edition(quiet), SITE_URL)
    assert b"Cyril" not in write(edition(quiet), SITE_URL)


def test_a_long_feed_holds_the_newest_and_says_so(small: Campaign) -> None:
    facts = tuple(
        replace(small.facts[0], id=f"fact-{day}-{month}", as_of=PartialDate(2020, month, day))
        for month in range(1, 13)
        for day in range(1, 11)
    )
    long = replace(small, facts=facts)
    found = entries(long)
    assert len(found) == 50
    assert found[0][1] == "2020-12-10T00:00:00Z"
    assert [day for _, day, _ in found] == sorted((day for _, day, _ in found), reverse=True)
    feed = ElementTree.fromstring(write(edition(long), SITE_URL))
    assert feed.findtext(f"{ATOM}subtitle") == (
        "Set them free. These are the newest 50 entries. The pages hold everything."
    )
    assert ElementTree.fromstring(write(edition(small), SITE_URL)).findtext(f"{ATOM}subtitle") == "Set them free."


def test_a_demand_that_moved_is_news(small: Campaign) -> None:
    met = replace(small.demands[0], state="met", state_source="s", state_date=PartialDate(2020, 12))
    [first, *_] = entries(replace(small, demands=(met,)))
    assert first == (f"{SITE_URL}/en/belarus/#demand-release", "2020-12-01T00:00:00Z", "Release everyone. (met)")


def test_the_feed_has_what_atom_asks_for(small: Campaign) -> None:
    feed = ElementTree.fromstring(write(edition(small, "ar"), SITE_URL))
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert feed.findtext(f"{ATOM}id") == f"{SITE_URL}/ar/belarus/"
    assert feed.findtext(f"{ATOM}updated") == "2020-11-16T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Example Union"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {None: f"{SITE_URL}/ar/belarus/", "self": f"{SITE_URL}/ar/belarus/feed.xml"}


def test_markup_in_texts_stays_text(small: Campaign) -> None:
    evil = "]]><script>&\"'</script>"
    titles = [title for _, _, title in entries(replace(small, headline=evil))]
    assert evil in titles

"""The pages about people: everybody who may be shown once, honestly counted, and nothing made again for nothing."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.languages import PartialDate
from standwith.people import Person, Status
from standwith.site.pages import Site
from standwith.site.persons import register
from standwith.site.record import people as pages_of_people
from tests.campaigns.belarus import translate
from tests.look.pages import Page
from tests.site.conftest import LARGE, NOW, NUMBERS, SITE_URL, Publish, edition
from tests.site.record.crowd import SOURCES, crowded, one_of_the_crowd

TOMBSTONE = Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high")
HIDDEN = Person(id="secret-name", name="Secret Name", shown="none", consent="withheld", risk="high")


def person(name: str, *course: tuple[str, str], **more: object) -> Person:
    """A person who agreed to be shown, with what happened to them."""
    history = tuple(Status(date=PartialDate.parse(day), status=status, source="s") for day, status in course)
    given = {"id": name.lower(), "name": name, "shown": "full name", "consent": "own", "risk": "low"}
    return Person(**{**given, "history": history, **more})  # type: ignore[arg-type]


def with_people(campaign: Campaign, *people: Person) -> Campaign:
    return replace(campaign, people=people, sources=SOURCES)


def digests(campaign: Campaign, now: datetime = NOW) -> Mapping[str, str]:
    """What each page about people is made from, by its path."""
    site = Site([campaign], site_url=SITE_URL, numbers={campaign.id: NUMBERS}, now=now)
    return {page.path: page.digest for page in site.pages() if "/people/" in page.path}


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The places, below people/, of pages that are made again."""
    return {path.partition("people/")[2] for path in after if before.get(path) != after[path]}


def read(place: Path, path: str) -> Page:
    return Page((place / "site" / path / "index.html").read_text("utf-8"))


def links_of_people(page: Page) -> list[str]:
    """Where the names in a list lead."""
    return [link.attributes["href"] for link in page.all("a") if link.inside[-1] == "b"]


def test_the_register_is_by_what_became_of_them(small: Campaign) -> None:
    everybody = register(
        with_people(
            small,
            person("Freed", ("2020-08-09", "detained"), ("2020-08-12", "released")),
            person("Taken-last", ("2020-09-09", "detained"), ("2020-10-01", "on trial")),
            person("Unknown"),
            person("Taken-first", ("2020-08", "detained"), ("2020-11-01", "moved")),
            person("Taken-again", ("2020-01-01", "detained"), ("2020-02-01", "released"), ("2020-08-30", "imprisoned")),
            person("Mourned", ("2020-08-10", "killed")),
            person("Sacked", ("2020-09-01", "dismissed")),
            person("Sought", ("2020-09-01", "missing")),
            person("Freed-later", ("2020-08-09", "detained"), ("2020-09-12", "acquitted")),
            HIDDEN,
            TOMBSTONE,
        )
    )
    assert [(entry.heading, entry.person.name) for entry in everybody.entries] == [
        ("Still inside", "Taken-first"),
        ("Still inside", "Taken-again"),
        ("Still inside", "Taken-last"),
        ("Not free", "Sought"),
        ("Free again", "Freed-later"),
        ("Free again", "Freed"),
        ("Punished for taking part", "Sacked"),
        ("They lost their lives", "Mourned"),
        ("No news yet", "Unknown"),
    ]
    assert (everybody.hidden, everybody.withdrawn) == (1, 1)


def test_nobody_is_in_the_register_beyond_their_level(small: Campaign) -> None:
    shy = person(
        "Bela Maria-Example",
        shown="initials",
        born=1970,
        birthday="03-14",
        photo="a.jpg",
        photo_consent="own",
        review=PartialDate(2021),
    )
    [entry] = register(with_people(small, HIDDEN, shy)).entries
    assert (entry.called, entry.person.name, entry.person.id) == ("nr-2", "B. M. E.", "")
    assert not any((entry.person.photo, entry.person.born, entry.person.birthday, entry.person.review))


def test_everybody_stands_once_and_has_a_page_in_every_language(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    campaign = translate(translate(crowded(small, 100), "fr"), "ar")
    assert publish(campaign).heavy == ()
    for code in ("en", "fr", "ar"):
        lists = [read(tmp_path, f"{code}/belarus/people/{page}") for page in ("", "2", "3")]
        assert not (tmp_path / f"site/{code}/belarus/people/4").exists()
        links = [link for one in lists for link in links_of_people(one)]
        assert len(set(links)) == len(links) == 100
        for link in links:
            assert (tmp_path / "site" / link.strip("/") / "index.html").exists(), link
    assert len(links_of_people(lists[0])) == 40


def test_the_page_counts_whom_it_shows_and_whom_it_does_not(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(with_people(small, one_of_the_crowd(8), one_of_the_crowd(3), HIDDEN, HIDDEN, TOMBSTONE))
    text = read(tmp_path, "en/belarus/people").one("main").text
    for said in (
        "2 people stand in this record. 1 is still inside. 1 is free again.",
        "2 people are not named here, for their safety.",
        "1 person was taken out of this record.",
    ):
        assert said in re.sub(r"\s+", " ", text)
    assert "Secret" not in text


def test_a_register_of_nobody_says_so_and_a_campaign_without_people_has_none(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(with_people(small, TOMBSTONE))
    assert "1 person was taken out" in read(tmp_path, "en/belarus/people").one("main").text
    assert not read(tmp_path, "en/belarus").all("section", id="people")
    publish(with_people(small))
    assert not (tmp_path / "site/en/belarus/people").exists()


def test_a_page_says_what_is_known_and_who_says_so(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    known = replace(one_of_the_crowd(10), born=1971, birthday="02-29", hearing=PartialDate(2020, 12), sources=("t",))
    campaign = translate(replace(with_people(small, known), translations={}), "fr")
    publish(campaign)
    page = read(tmp_path, "en/belarus/people/someone-10")
    text = re.sub(r"\s+", " ", page.one("main").text)
    for said in (
        "moved to another prison · 14 September 2020",
        "100 days in detention",
        "Next hearing: December 2020",
        "Days are counted up to 20 November 2020.",
        "Born in 1971. Birthday: 29 February.",
        "taken from the gate of the plant",
    ):
        assert said in text, said
    assert text.index("14 September") < text.index("1 September 2020") < text.index("12 August 2020")
    vouching = [a.text for a in page.all("a") if "/sources/" in a.attributes["href"] and a.inside[-1] == "li"]
    assert vouching[:3] == [
        "List of the detained",
        "What happened",
        "Пять дней в сентябре",
    ]
    assert page.one("a", class_="jump").attributes["href"] == "/en/belarus/#sign"
    french = read(tmp_path, "fr/belarus/people/someone-10").one("main").text
    assert "29 février" in french
    assert "fr: taken from the gate" in french


def test_who_signs_no_more_is_not_asked_to(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(replace(crowded(small, 1), closes=PartialDate(2020, 10)))
    assert not read(tmp_path, "en/belarus/people/someone-1").all("a", class_="jump")


def test_a_partial_date_makes_a_range_of_days(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(with_people(small, person("Amina", ("2020-08", "detained"))))
    assert "81 to 111 days in detention" in read(tmp_path, "en/belarus/people/amina").one("main").text


def test_a_text_older_than_its_source_leads_to_the_original(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    amina = small.people[0]
    newer = replace(amina, history=(replace(amina.history[0], detail="after eight days"),))
    publish(replace(small, people=(newer,)))
    [link] = read(tmp_path, "fr/belarus/people/amina").all("a", hreflang="en")
    assert link.attributes["href"] == "/en/belarus/people/amina/"


def test_only_who_is_inside_is_made_again_every_day(small: Campaign) -> None:
    campaign = crowded(small, 100)
    day = changed(digests(campaign), digests(campaign, NOW + timedelta(days=1)))
    inside = {entry.called for entry in register(campaign).entries if entry.heading == "Still inside"}
    assert day == {"index.html"} | {f"{called}/index.html" for called in inside}
    assert 30 < len(inside) < 40, "a whole page of them, and none on the second"


def test_one_changed_person_is_made_again_and_their_list(small: Campaign) -> None:
    campaign = crowded(small, 100)
    people = list(campaign.people)
    people[18] = replace(people[18], role="crane driver")
    assert changed(digests(campaign), digests(replace(campaign, people=tuple(people)))) == {
        "2/index.html",
        "someone-19/index.html",
    }


def test_a_translation_of_one_persons_words_is_made_again_and_their_list(small: Campaign) -> None:
    french = translate(crowded(small, 100), "fr")
    without = translate(crowded(small, 100), "fr", but=lambda key: key == "person:someone-19:role")
    assert changed(digests(without), digests(french)) == {"2/index.html", "someone-19/index.html"}


def test_a_list_is_made_again_when_an_address_in_it_changes(small: Campaign) -> None:
    shy = person("Bela Example", shown="initials")
    before = digests(with_people(small, HIDDEN, shy))
    assert changed(before, digests(with_people(small, shy, HIDDEN))) == {"index.html", "nr-1/index.html"}


def test_a_hearing_that_is_over_is_not_the_next(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    waiting = with_people(small, person("Amina", ("2020-09-01", "charged"), hearing=PartialDate(2020, 11, 20)))
    publish(waiting)
    assert "Next hearing: 20 November 2020" in read(tmp_path, "en/belarus/people/amina").one("main").text
    publish(waiting, now=NOW + timedelta(days=1))
    for page in ("", "amina"):
        assert "hearing" not in read(tmp_path, f"en/belarus/people/{page}").one("main").text.lower()
    later = datetime(2021, 1, 1, tzinfo=UTC)
    assert not changed(digests(waiting, NOW + timedelta(days=1)), digests(waiting, later))


def test_the_front_shows_three_and_leads_to_all(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(crowded(small, 100))
    links = [a for a in read(tmp_path, "en/belarus").all("a") if a.attributes["href"].startswith("people/")]
    assert len(links) == 4
    assert "38 are still inside." in read(tmp_path, "en/belarus").one("main").text
    assert links[-1].text == "All people: 100"


def test_the_front_prefers_those_inside_then_the_newest(small: Campaign) -> None:
    people = (
        person("Freed", ("2020-08-09", "detained"), ("2020-11-12", "released")),
        person("Old", ("2020-08-09", "detained")),
        person("Unknown"),
        person("New", ("2020-10-09", "detained")),
        person("Sacked", ("2020-09-09", "dismissed")),
    )
    foremost = register(with_people(small, *people)).foremost(4)
    assert [entry.person.name for entry in foremost] == ["New", "Old", "Freed", "Sacked"]


@pytest.mark.parametrize("profile", ["open", "guarded"])
def test_a_crowd_keeps_every_page_within_the_budget(example: Campaign, publish: Publish, profile: str) -> None:
    people = tuple(replace(one, history=_with(one, example)) for one in crowded(example, 90).people)
    assert publish(replace(example, people=people, profile=profile), numbers={example.id: LARGE}).heavy == ()


def _with(one: Person, campaign: Campaign) -> tuple[Status, ...]:
    return tuple(replace(change, source=campaign.sources[0].id) for change in one.history)


def test_long_names_and_roles_make_more_pages_and_no_heavy_ones(small: Campaign, publish: Publish) -> None:
    """Letters that do not repeat, as long as the format lets them be."""
    people = tuple(
        replace(one, name=_noise(number, 180), role=_noise(-number, 200), organisation=_noise(number * 7, 200))
        for number, one in enumerate(crowded(small, 60).people, 1)
    )
    assert publish(with_people(small, *people)).heavy == ()


def _noise(seed: int, length: int) -> str:
    state, letters = seed * 2654435761 % 2**32, []
    for _ in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        letters.append("abcdefghijklmnopqrstuvwxyz ABCDEF"[state >> 27])
    return "".join(letters)


def test_a_page_lays_out_only_whom_it_shows(small: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[str] = []
    lay_out = pages_of_people._lay_out
    monkeypatch.setattr(
        pages_of_people, "_lay_out", lambda where, entry: laid_out.append(entry.called) or lay_out(where, entry)
    )
    english = edition(crowded(small, 200))
    sheets = {sheet.place: sheet for sheet in pages_of_people.plan_people(english)}
    assert laid_out == []
    sheets["people/someone-7/"].tell()
    assert laid_out == ["someone-7"]
    pages_of_people.tell_front(english)
    assert len(laid_out) == 4
    assert [place for place, sheet in sheets.items() if sheet.listed] == ["people/"]


def test_an_id_that_is_a_number_is_no_page_of_the_list(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    campaign = crowded(small, 50)
    publish(replace(campaign, people=(replace(campaign.people[0], id="2"), *campaign.people[1:])))
    assert read(tmp_path, "en/belarus/people/2").one("h1").text == "People · Page 2 of 2"
    assert "Bela" in read(tmp_path, "en/belarus/people/nr-1").one("h1").text

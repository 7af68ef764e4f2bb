"""Pictures on the site: shown with their size and words, served as they are, and gone when the campaign drops them."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Media
from standwith.people import Person
from standwith.site.pictures import hang_pictures, portraits
from standwith.site.serving import make_shelf
from tests.campaigns.belarus import translate
from tests.campaigns.test_pictures import JPEG, LOSSY, PNG
from tests.look.pages import Page
from tests.site.asking import ask
from tests.site.conftest import SITE_URL, Publish

GATE = Media(file="gate.jpg", alt="Workers at the gate", credit="Bela Example", data=JPEG)
MARCH = Media(file="march.png", alt="A march", data=PNG)
EVIL = '"><script>alert(1)</script>'


@pytest.fixture
def pictured(small: Campaign) -> Campaign:
    """The small campaign with two pictures, in French with their words, in Arabic without."""
    return translate(replace(small, media=(GATE, MARCH), translations={"ar": small.translations["ar"]}), "fr")


def page_of(tmp_path: Path, code: str = "en") -> Page:
    return Page((tmp_path / f"site/{code}/belarus/index.html").read_text("utf-8"))


def paths_of(campaign: Campaign) -> list[str]:
    return [hung.path for hung in hang_pictures(campaign)]


def pictures_in(site: Path) -> list[str]:
    """Everything of a campaign's own directory but its numbers and its data."""
    names = (path.name for path in (site / "belarus").iterdir() if path.name != "data")
    return sorted(name for name in names if not name.startswith("count.json"))


def test_the_first_leads_and_the_others_come_when_they_are_reached(
    pictured: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(pictured)
    lead, later = page_of(tmp_path).all("img")
    first, second = paths_of(pictured)
    assert lead.attributes == {
        "src": f"/{first}",
        "width": "640",
        "height": "480",
        "alt": "Workers at the gate",
        "decoding": "async",
    }
    assert later.attributes == lead.attributes | {"src": f"/{second}", "alt": "A march", "loading": "lazy"}
    assert [caption.text for caption in page_of(tmp_path).all("figcaption")] == ["Bela Example"]
    assert (tmp_path / "site" / first).read_bytes() == JPEG


def test_its_words_are_the_readers_or_say_whose_they_are(pictured: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(pictured)
    french, arabic = (page_of(tmp_path, code).all("img")[0].attributes for code in ("fr", "ar"))
    assert french["alt"] == "fr: Workers at the gate"
    assert "lang" not in french
    assert (arabic["alt"], arabic["lang"], arabic["dir"]) == ("Workers at the gate", "en", "ltr")


def test_a_shared_link_shows_the_first_picture(pictured: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(pictured)
    shown = page_of(tmp_path).one("meta", property="og:image").attributes["content"]
    assert shown == f"{SITE_URL}/{paths_of(pictured)[0]}"


def test_a_campaign_without_pictures_has_nothing_of_them(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(small)
    page = page_of(tmp_path)
    assert not page.all("img") + page.all("figure") + page.all("meta", property="og:image")
    assert "figure" not in page.one("style").text
    assert pictures_in(tmp_path / "site") == []


def test_pictures_lie_there_once_unpacked_and_go_with_the_last_page_that_shows_them(
    pictured: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(pictured)
    site = tmp_path / "site"
    assert [f"belarus/{name}" for name in pictures_in(site)] == sorted(paths_of(pictured))
    assert publish(pictured).written == 0
    (site / paths_of(pictured)[0]).unlink()
    assert publish(pictured).written == 1
    changed = replace(pictured, media=(replace(GATE, data=LOSSY),))
    publish(changed)
    assert [f"belarus/{name}" for name in pictures_in(site)] == paths_of(changed)
    assert paths_of(changed)[0].endswith(".webp")


def test_the_server_hands_them_out_as_they_are_and_lets_browsers_keep_them(
    pictured: Campaign, publish: Publish, tmp_path: Path
) -> None:
    publish(pictured)
    answer = ask(make_shelf(tmp_path / "site"), f"/{paths_of(pictured)[0]}", accept_encoding="br, gzip")
    assert (answer.status, answer.body) == (200, JPEG)
    assert answer.headers["content-type"] == "image/jpeg"
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.jpg", "/etc/x.jpg", f"{EVIL}.jpg", "a b?c#d%2e.jpg", ".jpg", "x"]
)
def test_no_name_leads_out_of_the_site_or_into_the_page(
    small: Campaign, publish: Publish, tmp_path: Path, name: str
) -> None:
    hostile = replace(small, media=(Media(file=name, alt=EVIL, credit=EVIL, data=JPEG),))
    before = sorted(path.name for path in tmp_path.iterdir())
    publish(hostile)
    page = page_of(tmp_path)
    [picture] = page.all("img")
    assert picture.attributes["src"] == f"/{paths_of(hostile)[0]}"
    assert picture.attributes["alt"] == EVIL
    assert not [one for one in page.all("script") if one.text]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({*before, "site"})


def test_what_is_no_picture_is_not_published(small: Campaign, publish: Publish, tmp_path: Path) -> None:
    publish(
        replace(small, media=(Media(file="x.jpg", alt="x", data=b"<svg onload='alert(1)'/>"), replace(MARCH, data=b"")))
    )
    assert not page_of(tmp_path).all("img")
    assert pictures_in(tmp_path / "site") == []


def portrayed(small: Campaign, *people: tuple[str, str]) -> Campaign:
    """The campaign with two pictures, the first of them a photograph of people at these levels, consents to it."""
    shown = tuple(
        Person(
            id=f"p{number}",
            name="Bela Example",
            shown=level,
            consent="own",
            risk="low",
            photo=GATE.file,
            photo_consent=consent,
        )
        for number, (level, consent) in enumerate(people)
    )
    return replace(small, media=(GATE, MARCH), people=shown)


def test_a_portrait_hangs_with_its_person_and_not_on_the_front(
    small: Campaign, publish: Publish, tmp_path: Path
) -> None:
    campaign = portrayed(small, ("full name", "family"))
    publish(campaign)
    gate, march = paths_of(campaign)
    assert [one.attributes["src"] for one in page_of(tmp_path).all("img")] == [f"/{march}"]
    page = Page((tmp_path / "site/en/belarus/people/p0/index.html").read_text("utf-8"))
    assert page.one("img").attributes == {
        "src": f"/{gate}",
        "width": "640",
        "height": "480",
        "alt": "Workers at the gate",
        "decoding": "async",
    }
    assert page.one("figcaption").text == "Bela Example"


@pytest.mark.parametrize(
    "people",
    [
        [("initials", "own")],
        [("none", "own")],
        [("full name", "")],
        [("full name", "withheld")],
        [("full name", "withdrawn")],
        [("full name", "own"), ("full name", "withheld")],
        [("full name", "own"), ("initials", "own")],
    ],
)
def test_a_portrait_without_everybodys_consent_is_nowhere(
    small: Campaign, publish: Publish, tmp_path: Path, people: list[tuple[str, str]]
) -> None:
    campaign = portrayed(small, *people)
    campaign = replace(campaign, media=(*campaign.media, replace(GATE, file="another-name.jpg")))
    publish(campaign)
    assert [hung.media for hung in hang_pictures(campaign)] == [MARCH]
    assert portraits(campaign) == {}
    assert not any(file.read_bytes() == JPEG for file in (tmp_path / "site").rglob("*") if file.is_file())

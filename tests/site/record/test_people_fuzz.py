"""What is withheld of 5,000 people is in no file of the site, in no form, under no name; what may be seen is there."""

import gzip
from collections import defaultdict
from pathlib import Path

import pytest
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.campaigns.people_rows import PersonRow, gather
from standwith.people import Person
from standwith.site.build import build
from tests.campaigns.belarus import CAMPAIGN, translate
from tests.site.conftest import LEDGER, NOW, NUMBERS, SITE_URL
from tests.site.record.marks import FIGURES, WITH_PHOTO, Marked, everything_in, marks_in

EVERYBODY = [Marked(number) for number in range(5_000)]
WITHDRAWN = PersonRow(id="withdrawn-1", consent="withdrawn")


def publish(campaign: Campaign, out: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("standwith.site.edition.publishable", lambda campaign: campaign.languages)
        build([campaign], out, site_url=SITE_URL, numbers={campaign.id: NUMBERS}, now=NOW, ledger=LEDGER)


def campaign_of(everybody: list[Marked]) -> Campaign:
    """Their campaign, with what was translated while all of them were shown with their full names."""
    people = tuple(_with_photo(person) for person in gather([row for one in everybody for row in one.rows()]))
    people += gather([WITHDRAWN])
    photos = tuple(one.photo() for one in everybody if one.photographed)
    campaign = replace(CAMPAIGN, languages=("en", "fr"), people=people, media=photos)
    bold = tuple(replace(person, shown="full name") for person in people)
    return replace(campaign, translations=translate(replace(campaign, people=bold), "fr").translations)


def _with_photo(person: Person) -> Person:
    """The person with the photograph that reading a folder leaves out: the site has to see to it by itself, too."""
    one = Marked(int(person.id[3:7]))
    return replace(person, photo=one.photo().file if one.photographed else "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Everything that the site of all of them holds, unpacked."""
    out = tmp_path_factory.mktemp("fuzz") / "site"
    publish(campaign_of(EVERYBODY), out)
    return dict(everything_in(out))


def test_nothing_that_is_withheld_is_in_any_file(site: dict[str, bytes]) -> None:
    leaks = {path: sorted(found)[:5] for path, data in site.items() if (found := hidden(data))}
    assert dict(list(leaks.items())[:5]) == {}


def hidden(data: bytes) -> set[str]:
    """The marks and figures in it that nobody may see."""
    figures = {found.decode() for found in FIGURES.findall(data)}
    return {mark for mark in marks_in(data) if mark.endswith("h")} | figures


def test_everything_that_may_be_seen_is_seen_in_every_language(site: dict[str, bytes]) -> None:
    """So nobody is safe only because nobody is shown."""
    rows = [row for one in EVERYBODY for row in one.rows()]
    texts = " ".join(f"{row.id} {row.name} {row.role} {row.organisation} {row.detail}" for row in rows)
    photos = " ".join(f"{one.photo().alt} {one.photo().credit}" for one in EVERYBODY[:WITH_PHOTO])
    wanted = {mark for mark in marks_in(f"{texts} {photos}".encode()) if mark.endswith("s")}
    assert len(wanted) > 5_000
    for code in ("en", "fr"):
        pages = b"".join(data for path, data in site.items() if path.startswith(f"{code}/") and path.endswith(".html"))
        assert wanted - marks_in(pages) == set()
    pictures = {mark for path, data in site.items() if path.endswith(".png") for mark in marks_in(data)}
    assert pictures == {one.mark("b", "full name") for one in EVERYBODY if one.photo_shown}


def test_all_ways_to_be_shown_are_among_them(site: dict[str, bytes]) -> None:
    levels = defaultdict(set)
    for one in EVERYBODY:
        levels[one.level].add((one.shown, one.consent, one.risk))
    assert {level: len(ways) for level, ways in levels.items()} == {"full name": 8, "initials": 16, "none": 88}
    named = [path for path in site if path.startswith("en/belarus/people/") and path.endswith("/index.html")]
    initials = [path for path in named if "/nr-" in path]
    assert len(initials) == sum(one.level == "initials" for one in EVERYBODY)
    assert b"Z. Z." in site[initials[0]]
    assert b"Born in" not in b"".join(site[path] for path in initials)
    assert b"Birthday" not in b"".join(site[path] for path in initials)


def test_data_files_are_searched_too(site: dict[str, bytes]) -> None:
    endings = {path.removesuffix(".gz").removesuffix(".br").rpartition(".")[2] for path in site}
    assert {"html", "json", "xml", "csv", "ics", "png"} <= endings


def test_the_search_would_find_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "zqi0001h").mkdir()
    (tmp_path / "zqi0001h" / "index.html").write_bytes(b"nothing")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"Zqn0002H,1970"))
    (tmp_path / "b.ics").write_bytes(b"DTSTART;VALUE=DATE:19701123")
    (tmp_path / "c.html").write_bytes(b"Born in 7777. zqn0003s")
    assert [hidden(data) for _, data in everything_in(tmp_path)] == [
        {"zqn0002h"},
        {"19701123"},
        {"7777"},
        {"zqi0001h"},
    ]


def test_who_takes_themselves_out_leaves_no_trace_after_one_publish(tmp_path: Path) -> None:
    before = campaign_of(EVERYBODY[:WITH_PHOTO])
    gone = next(one for one in EVERYBODY if one.photo_shown)
    publish(before, tmp_path)
    mark = f"{gone.number:04}s".encode()
    assert any(mark in data for _, data in everything_in(tmp_path))
    [row] = gather([WITHDRAWN])
    people = tuple(row if person.id == gone.mark("i", "full name") else person for person in before.people)
    media = tuple(one for one in before.media if one.file != gone.photo().file)
    publish(replace(before, people=people, media=media), tmp_path)
    assert [path for path, data in everything_in(tmp_path) if mark in data] == []

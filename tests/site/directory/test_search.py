"""The files of the search: a reader who does the script's steps finds everybody, or is told why not."""

import json

from standwith.organisations import words_of
from standwith.site.directory import Roster, gather, plan_search
from standwith.site.directory.search import FEWEST, LETTERS, Index, bucket_of, buckets_for
from tests.site.directory.rosters import directory, listing, many


def read(roster: Roster) -> dict[str, object]:
    """The files by name."""
    return {page.path.split("/")[-1].removesuffix(".json"): json.loads(page.make()) for page in plan_search(roster)}


def test_a_word_leads_to_its_file() -> None:
    union = listing("Gıda İşçileri", acronym="GIDA-IŞ", former=("Old Food",), country="TR", id="gida-tr")
    local = listing("Food Ankara", country="TR", parent="gida-tr")
    files = read(gather((), directory(union, local)))
    assert files["words"] == {"buckets": 1, "common": []}
    assert files["0"] == [
        ["Gıda İşçileri", "GIDA-IŞ", "Old Food", "TR", "gida-tr"],
        ["Food Ankara", "", "", "TR", ""],
    ]


def test_everybody_is_found_by_every_word_that_is_not_common() -> None:
    roster = many(700)
    files = read(roster)
    told = files["words"]
    assert isinstance(told, dict) and set(files) == {"words", *Index(roster).names}
    common = set(told["common"])
    assert {"of", "lodz", "union"} <= common and "gida3" not in common
    for one in roster.listings[::7]:
        row = [one.name, one.acronym, "", one.country, ""]
        words = {*words_of(one.name), *words_of(one.acronym)}
        for word in words - common:
            assert row in files[bucket_of(word[:LETTERS], told["buckets"])]  # type: ignore[operator]
        for word in (words & common) - {"of"}:
            assert row in files[bucket_of(" ".join(sorted((word, "of"))), told["buckets"])]  # type: ignore[operator]


def test_files_stay_few_and_grow_by_doubling() -> None:
    assert [buckets_for(count) for count in (0, 1, 40, 41, 97, 700, 20_000, 10**6)] == [1, 1, 1, 2, 4, 32, 512, 512]
    assert len(Index(many(FEWEST)).names) == 4  # no word can be common: no pairs


def test_nobody_needs_no_files() -> None:
    assert list(plan_search(gather((), None))) == []


def test_every_file_has_a_digest_of_its_own() -> None:
    pages = list(plan_search(many(200)))
    assert len({page.digest for page in pages}) == len(pages) == 1 + 2 * 8

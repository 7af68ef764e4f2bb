"""The files to reuse: what they say, frozen, and held against a schema and an independent reader."""

import csv
import io
import json
import time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.site import feeds
from standwith.site.data import plan_data
from standwith.site.data.csv_files import COLUMNS
from tests.site.conftest import SITE_URL
from tests.site.data.record import RECORD, SCHEMA, SMALL, VECTORS, files_of, frozen, group_of, schema

TABLES = sorted(COLUMNS)


def read_csv(name: str, files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode(), newline=""), strict=True))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return files_of()


def test_the_files_are_the_frozen_ones() -> None:
    assert frozen() == {path.name: path.read_bytes() for path in VECTORS.iterdir()}


def test_the_schema_is_the_one_in_the_docs() -> None:
    assert json.loads(SCHEMA.read_text()) == schema()
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("table", TABLES)
def test_each_table_fits_the_schema(table: str, files: dict[str, bytes]) -> None:
    found = json.loads(files[f"{table}.json"])
    Draft202012Validator(json.loads(SCHEMA.read_text())).validate(found)
    assert found["schema"] == f"standwith/{table}/1"


def test_the_schema_refuses_what_is_wrong(files: dict[str, bytes]) -> None:
    check = Draft202012Validator(json.loads(SCHEMA.read_text()))
    facts = json.loads(files["facts.json"])
    assert not check.is_valid({**facts, "rows": [{**facts["rows"][0], "as_of": "last summer"}]})
    assert not check.is_valid({**facts, "rows": [{**facts["rows"][0], "low": "7000"}]})


@pytest.mark.parametrize("table", TABLES)
def test_csv_and_json_say_the_same(table: str, files: dict[str, bytes]) -> None:
    rows, objects = read_csv(f"{table}.csv", files), json.loads(files[f"{table}.json"])["rows"]
    assert list(rows[0]) == list(COLUMNS[table])
    told = list(dict.fromkeys(row["id"] for row in rows))
    assert told == [one["id"] for one in objects]
    for row in rows:
        [one] = [one for one in objects if one["id"] == row["id"]]
        for name in set(row) & set(one):
            if not isinstance(one[name], list | bool):
                assert row[name].removeprefix("'") == str(one[name] if one[name] is not None else "")


def test_lines_end_and_cells_are_quoted_as_rfc_4180_has_it(files: dict[str, bytes]) -> None:
    text = files["sources.csv"].decode()
    assert text.endswith("\r\n") and text.count("\n") == text.count("\r\n")
    assert ',"“A call”, to all",' in text
    assert not text.startswith("\ufeff")


def test_no_cell_is_a_formula_and_a_number_stays_one(files: dict[str, bytes]) -> None:
    titles = [row["title"] for row in read_csv("timeline.csv", files)]
    assert "'=SUM(1;2) is written on a wall" in titles
    assert [row["name"] for row in read_csv("organisations.csv", files)][-1] == "'-Union of dashes"
    below_zero = replace(SMALL, facts=(replace(SMALL.facts[0], low=-5),), timeline=())
    assert read_csv("facts.csv", files_of(below_zero))[0]["low"] == "-5"
    assert json.loads(files["timeline.json"])["rows"][1]["title"] == "=SUM(1;2) is written on a wall"


def test_a_translation_that_is_older_than_its_source_stands_apart(files: dict[str, bytes]) -> None:
    current, older = json.loads(files["facts.json"])["rows"]
    assert current["translations"] == {
        "fr": {"what": "fr: people detained", "disputed": "fr: the ministry names no figure"}
    }
    assert older["translations"] == {}
    assert older["older_translations"] == {"fr": {"what": "fr: people detained, with those of the weekend"}}


def test_what_is_not_translated_is_left_out(files: dict[str, bytes]) -> None:
    strike = json.loads(files["timeline.json"])["rows"][2]
    assert strike["place"] == "Minsk, gate 1"
    assert strike["translations"] == {"fr": {"title": "fr: Strike of plus de 7 000 people and more"}}


def test_a_fact_knows_what_took_its_place(files: dict[str, bytes]) -> None:
    old, new = json.loads(files["facts.json"])["rows"]
    assert (old["superseded_by"], new["supersedes"]) == ("detained-later", "detained")


def test_each_file_brings_the_sources_that_it_names(files: dict[str, bytes]) -> None:
    assert set(json.loads(files["facts.json"])["sources"]) == {"report", "call"}
    alone = json.loads(files_of(replace(SMALL, facts=SMALL.facts[:1], timeline=()))["facts.json"])
    assert set(alone["sources"]) == {"report"}
    assert alone["sources"]["report"]["sha256"] == "ab" * 32


def test_an_empty_record_has_all_files() -> None:
    empty = replace(SMALL, facts=(), people=(), timeline=(), organisations=(), sources=(), demands=())
    made = files_of(empty)
    assert made.keys() == files_of(SMALL).keys()
    assert read_csv("people.csv", made) == []
    assert json.loads(made["people.json"])["as_of"] is None


def test_only_what_changed_is_made_anew() -> None:
    def planned(campaign: object) -> dict[str, str]:
        return {page.path.split("/")[-1]: page.digest for page in plan_data(group_of(campaign), SITE_URL)}  # type: ignore[arg-type]

    before = planned(RECORD)
    assert planned(replace(RECORD, statement=("Other words.",))) == before | {
        name: planned(replace(RECORD, statement=("Other words.",)))[name] for name in ("demands.csv", "demands.json")
    }
    moved = planned(replace(RECORD, people=RECORD.people[1:]))
    changed = {name for name in before if before[name] != moved[name]}
    assert changed == {"people.csv", "people.json", "people-uwazi.csv", "popolo.json"}
    other = planned(replace(RECORD, organisations=RECORD.organisations[1:]))
    assert {name for name in before if before[name] != other[name]} == {
        "organisations.csv",
        "organisations.json",
        "popolo.json",
        "popolo-organisations.json",
    }


def large_record() -> Campaign:
    """5,000 people, 10,000 facts and 20,000 organisations."""
    person, fact, body = SMALL.people[0], SMALL.facts[0], SMALL.organisations[1]
    return replace(
        SMALL,
        languages=("en",),
        people=tuple(replace(person, id=f"amina-{n}") for n in range(5_000)),
        facts=tuple(replace(fact, id=f"fact-{n}", supersedes="", low=n) for n in range(10_000)),
        organisations=(
            SMALL.organisations[0],
            *(replace(body, name=f"Union {n}", acronym=f"U{n}") for n in range(20_000)),
        ),
    )


def test_a_large_record_is_written_in_seconds() -> None:
    """In two on a machine of its own; what takes the square of the rows would take minutes."""
    record = large_record()
    group_of(record)["en"].view.plain("title")
    began = time.process_time()
    made = files_of(record)
    assert time.process_time() - began < 8
    assert len(json.loads(made["organisations.json"])["rows"]) == 20_001


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_text_breaks_a_table_or_the_feed(text: str) -> None:
    """Control characters never get here: reading a folder refuses them."""
    text = "".join(char for char in text if char.isprintable())
    event = replace(SMALL.timeline[0], title=text, place=text)
    person = replace(SMALL.people[0], role=text, organisation=text)
    campaign = replace(SMALL, timeline=(event,), people=(person,), languages=("en",))
    made = files_of(campaign)
    [row] = read_csv("timeline.csv", made)
    assert row["title"].replace("'", "") == text.replace("'", "")
    assert json.loads(made["people.json"])["rows"][0]["role"] == (text or None)
    feed = ElementTree.fromstring(feeds.write(group_of(campaign)["en"], SITE_URL))
    assert text in [title.text or "" for title in feed.iter("{http://www.w3.org/2005/Atom}title")]

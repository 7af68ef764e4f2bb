"""docs/data.md says what is in the files: every name in its order, and lines that really are there."""

import re
from typing import get_args, get_type_hints

import pytest

from standwith.campaigns.model import DEMAND_STATES, EVENT_KINDS
from standwith.facts import CONFIDENCES
from standwith.organisations import SCOPES
from standwith.people import STATUSES
from standwith.site.data import plan_data, uwazi
from standwith.site.data.csv_files import COLUMNS, OF_PERSON, OF_STATUS
from standwith.site.data.json_files import SHAPES
from standwith.site.data.rows import Head, StatusRow
from tests.site.conftest import SITE_URL
from tests.site.data.record import ROOT, files_of, group_of

DOCS = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)[^\n]*\n(.*?)(?=^## |\Z)", DOCS, re.M | re.S))
JSON_ONLY = " †"


def names_in(section: str) -> list[list[str]]:
    """The first column of each table of a section."""
    tables = re.findall(r"^\| name \|.*?\n\|[-|]+\n((?:\|.*\n)+)", section, re.M)
    return [[row.split("|")[1].strip() for row in table.splitlines()] for table in tables]


def fields_of(table: str) -> tuple[str, ...]:
    [row] = [shape for shape in get_args(get_type_hints(SHAPES[table])["rows"]) if shape is not ...]
    return tuple(row.__struct_fields__)


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_every_name_is_explained_in_its_order(table: str) -> None:
    [names, *more] = names_in(SECTIONS[table])
    assert tuple(name.removesuffix(JSON_ONLY) for name in names) == fields_of(table)
    in_csv = tuple(name for name in names if not name.endswith(JSON_ONLY))
    assert in_csv == (OF_PERSON if table == "people" else COLUMNS[table])
    if table == "people":
        [[*changes]] = more
        assert tuple(name.removesuffix(JSON_ONLY) for name in changes) == StatusRow.__struct_fields__
        assert tuple(name for name in changes if not name.endswith(JSON_ONLY)) == OF_STATUS


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_the_example_lines_are_lines_of_the_file(table: str) -> None:
    [example] = re.findall(r"```\n(.*?)```", SECTIONS[table], re.S)
    lines = files_of()[f"{table}.csv"].decode().split("\r\n")
    header, line = example.splitlines()
    assert header == lines[0]
    assert line in lines


def test_the_head_of_a_file_is_explained() -> None:
    [names] = names_in(SECTIONS["What"])
    assert tuple(names) == Head.__struct_fields__


def test_the_columns_for_uwazi_are_explained() -> None:
    [names] = names_in(SECTIONS["Uwazi"])
    assert tuple(names) == uwazi.SPOKEN + uwazi.PLAIN


def test_every_file_is_named() -> None:
    for page in plan_data(group_of(), SITE_URL):
        assert page.path.split("/")[-1] in DOCS
    assert "calendar.ics" in DOCS and "feed.xml" in DOCS


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("people", STATUSES),
        ("timeline", EVENT_KINDS),
        ("organisations", SCOPES),
        ("demands", DEMAND_STATES),
        ("facts", CONFIDENCES),
    ],
)
def test_the_words_of_a_column_are_all_named(table: str, words: tuple[str, ...]) -> None:
    assert ", ".join(words) in SECTIONS[table]

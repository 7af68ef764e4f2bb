"""The format is written once: its shapes fit the structures, and docs/campaign-folder.md says the same."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import fields

from standwith.campaigns import shapes
from standwith.campaigns.draft import Draft, Head
from standwith.campaigns.folder import load_files
from standwith.campaigns.mistakes import MISTAKES
from standwith.campaigns.model import Campaign
from standwith.manuscript import Report
from tests.campaigns.good_folder import good_folder

DOCUMENT = (Path(__file__).parents[2] / "docs" / "campaign-folder.md").read_text()
SHAPES = shapes.SECTIONS | shapes.LISTS | shapes.TABLES


@pytest.mark.parametrize("name", SHAPES)
def test_the_fields_of_a_shape_are_those_of_its_structure(name):
    written = [field.name for field in fields(SHAPES[name].struct) if field.type is not bytes]  # bytes are a file
    assert SHAPES[name].names == tuple(written)


def test_every_field_of_a_campaign_is_read_from_somewhere():
    tables = {name.removesuffix(".csv") for name in shapes.TABLES}
    lists = {"custodians", "demands", "actions", "media"}
    head = {field.name for field in shapes.CAMPAIGN}
    assert head == {field.name for field in fields(Head)}
    assert {field.name for field in fields(Campaign)} == head | tables | lists | {
        *shapes.SECTIONS,
        "statement",
        "translations",
        "copies",
    }
    assert vars(Draft(Report(MISTAKES), {}, today=date(2020, 8, 17))).keys() >= tables | {
        *shapes.SECTIONS,
        *shapes.LISTS,
    }


@pytest.mark.parametrize("name", shapes.TABLES)
def test_the_document_marks_the_columns_that_may_not_be_empty(name):
    columns = ",".join(field.name + ("*" if field.required else "") for field in shapes.TABLES[name].fields)
    assert f"\n`{columns}`\n" in DOCUMENT


@pytest.mark.parametrize("field", shapes.CAMPAIGN, ids=lambda field: field.name)
def test_the_document_marks_the_keys_that_may_not_be_missing(field):
    assert re.search(rf"^\| {field.name}{' [*]' if field.required else ''} \|", DOCUMENT, re.MULTILINE)


def test_the_document_says_how_long_a_text_may_be():
    limits = {
        f"`{field.name}` {field.kind.limit}"
        for owner in (shapes.CAMPAIGN, *(shape.fields for shape in SHAPES.values()))
        for field in owner
        if field.kind.limit not in (0, 200)
    }
    assert {limit for limit in limits if limit not in DOCUMENT} == set()


def findings_table() -> str:
    """The table of all codes, as it stands in the document."""
    rows = (f"| {code} | {kind.severity} | {kind.why} | {kind.mend} |\n" for code, kind in sorted(MISTAKES.items()))
    return "| code | | why it matters | how it is mended |\n|---|---|---|---|\n" + "".join(rows)


def test_the_document_lists_every_code_with_what_the_program_says():
    assert findings_table() in DOCUMENT, f"put this into docs/campaign-folder.md:\n\n{findings_table()}"


EXAMPLES = re.findall(r"```csv\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text[:20])
def test_the_examples_of_the_document_are_right(example):
    name = next(name for name, shape in shapes.TABLES.items() if example.startswith(",".join(shape.names) + "\n"))
    sources = {*re.findall(r"[a-z]+-2020-08", example)}
    rows = "".join(f"{source},The Example,On the strike,2020-08,,,,\n" for source in sorted(sources))
    files = good_folder() | {name: example.encode()}
    files["sources.csv"] = files["sources.csv"].rstrip(b"\n") + b"\n" + rows.encode()
    assert [finding for finding in load_files(files).findings if finding.severity == "error"] == []

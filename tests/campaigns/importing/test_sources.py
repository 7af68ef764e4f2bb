"""The project's own source documents, where they lie beside it: real statements of real unions, word for word."""

import csv
import re
from pathlib import Path

import pytest

from standwith.campaigns.folder import load_files
from standwith.campaigns.importing import Brought, bring
from standwith.documents import read_document
from tests.campaigns.importing.network import WISHES

SHARED = Path(__file__).resolve().parents[4] / "shared"
SOURCES = sorted((SHARED / "sources").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SOURCES, reason="the source documents do not lie beside the project")


def imported(number: str) -> Brought:
    path = next(path for path in SOURCES if path.name.startswith(number))
    return bring([(read_document(path.name, path.read_bytes()), path.read_bytes())], WISHES)


def test_the_statement_of_the_network_has_four_versions_of_equal_length() -> None:
    brought = imported("003")
    assert (brought.told.language, brought.told.statement) == ("fr", 7)
    assert brought.told.versions == {"en": 7, "es": 7, "pt": 7}
    campaign = load_files(brought.files).campaign
    assert campaign is not None
    for catalogue in campaign.translations.values():
        targets = {entry.context: entry for entry in catalogue.live() if entry.context.startswith("statement:")}
        assert all(entry.target for entry in targets.values())
        assert [key for key, entry in targets.items() if entry.fuzzy] == ["statement:6"]  # without COVID-19


def test_all_97_organisations_are_found_with_country_acronym_and_scope() -> None:
    with (SHARED / "facts" / "organisations.csv").open(encoding="utf-8") as file:
        expected = [(row["scope"], row["name"], row["acronym"], row["country"]) for row in csv.DictReader(file)]
    campaign = load_files(imported("003").files).campaign
    assert campaign is not None
    assert [(row.scope, row.name, row.acronym, row.country) for row in campaign.organisations] == expected
    assert len(expected) == 97


@pytest.mark.parametrize(
    ("number", "date", "blocks"), [("000", "2020-08-17", 13), ("001", "", 11), ("002", "2020-08-28", 9), ("004", "", 5)]
)
def test_the_others_are_statements_of_one_language(number: str, date: str, blocks: int) -> None:
    told = imported(number).told
    assert (told.documents[0].date, told.statement, told.language, told.versions) == (date, blocks, "en", {})


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_word_is_lost_and_the_folder_has_no_error(number: str) -> None:
    brought = imported(number)
    path = next(path for path in SOURCES if path.name.startswith(number))
    files = {name: data.decode() for name, data in brought.files.items() if not name.startswith("sources/")}
    said = set(re.findall(r"\w+", "\n".join(files.values()).replace("\\n", "\n")))
    assert set(re.findall(r"\w+", path.read_text(encoding="utf-8"))) - said - {"2020Unions"} == set()
    assert [finding for finding in load_files(brought.files).findings if finding.severity == "error"] == []


def test_words_that_ran_together_are_told() -> None:
    doubts = [(doubt.why, doubt.text) for doubt in imported("002").told.doubts]
    assert doubts == [("words ran together: Georgia, Kyrgyzstan, Poland", "GeorgiaKyrgyzstanPoland")]


def test_paragraphs_that_a_page_tore_are_whole() -> None:
    brought = imported("003")
    assert "elecciones libres y la liberación" in brought.files["translations/es.po"].decode()
    assert "espancamentos e humilhação" in brought.files["translations/pt.po"].decode()
    assert "return the power in the country" in imported("000").files["statement.md"].decode()

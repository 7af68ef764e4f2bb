"""A network's statement becomes a campaign: four versions, one list, nothing lost; in every format the same."""

import re

import pytest
from msgspec.structs import replace

from standwith.campaigns.folder import Loaded, load_files
from standwith.campaigns.importing import Brought, ImportRefused, bring
from standwith.campaigns.model import Campaign
from standwith.documents import read_document
from tests.campaigns.importing.network import LETTERHEAD, ORGANISATIONS, VERSIONS, WISHES, imported, pieces
from tests.documents.writing import WRITERS, runs


def campaign(brought: Brought) -> Campaign:
    loaded: Loaded = load_files(brought.files)
    assert loaded.campaign is not None, loaded.findings
    return loaded.campaign


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("torn", [False, True])
def test_every_format_gives_the_four_versions_and_all_organisations(ending: str, torn: bool) -> None:
    brought = imported(ending, torn=torn)
    found = campaign(brought)
    assert found.languages == tuple(VERSIONS) and found.source_language == "fr"
    assert (found.headline, *found.statement) == VERSIONS["fr"]
    for code, texts in list(VERSIONS.items())[1:]:
        entries = {entry.context: entry for entry in found.translations[code].live()}
        assert tuple(entries[key].target for key in ("headline", "statement:1", "statement:2", "statement:3")) == texts
        assert entries["demand:first"].target == texts[0]
        assert [key for key, entry in entries.items() if not entry.target] == ["demand:first:addressee"]
    assert [(row.name, row.acronym, row.scope, row.country) for row in found.organisations] == ORGANISATIONS
    assert all(row.endorses for row in found.organisations)


def test_a_number_that_one_version_lacks_makes_its_translation_fuzzy() -> None:
    brought = imported()
    entries = {entry.context: entry for entry in campaign(brought).translations["en"].live()}
    assert [key for key, entry in entries.items() if entry.fuzzy] == ["statement:3"]
    assert entries["statement:3"].comments == ("Please compare: only the source has 12.",)
    spanish = campaign(brought).translations["es"]
    assert not any(entry.fuzzy for entry in spanish.live())
    assert any("translations/en.po, statement:3" in doubt.where for doubt in brought.told.doubts)


def test_the_letterhead_is_told_with_its_seven_languages() -> None:
    found = [(left.text.strip("*"), left.why) for left in imported().told.left if left.why.startswith("letterhead")]
    codes = ("en", "fr", "pt", "es", "it", "ar", "de")
    assert found == [(line, f"letterhead, {code}") for line, code in zip(LETTERHEAD, codes, strict=True)]


def test_the_document_itself_is_a_source_with_its_digest() -> None:
    data = WRITERS["docx"](pieces())
    brought = bring([(read_document("Appel à tous.docx", data), data)], WISHES)
    source = campaign(brought).sources[0]
    assert (source.id, source.file, source.language) == ("appel-a-tous", "appel-a-tous.docx", "fr")
    assert source.publisher == LETTERHEAD[1] and source.title == VERSIONS["fr"][0]
    assert brought.files["sources/appel-a-tous.docx"] == data
    assert campaign(brought).demands[0].sources == ("appel-a-tous",)


def test_another_version_can_be_the_source() -> None:
    found = campaign(imported(wishes=replace(WISHES, language="es", owner="Example Desk", addressee="The ministry")))
    assert (found.source_language, found.headline) == ("es", VERSIONS["es"][0])
    assert set(found.translations) == {"fr", "en", "pt"}
    assert (found.owner.name, found.demands[0].addressee) == ("Example Desk", "The ministry")
    with pytest.raises(ImportRefused, match="holds no text in “de”; it has fr, en, es, pt"):
        imported(wishes=replace(WISHES, language="de"))


def test_dates_of_the_text_are_told_with_their_sentence() -> None:
    dates = imported().told.dates
    assert [(date.date, date.certain) for date in dates] == [("2023-03-14", True)]
    assert dates[0].text.startswith("Le mardi 14 mars 2023") and dates[0].place == "line 11"


@pytest.mark.parametrize("ending", WRITERS)
def test_no_word_of_the_document_is_lost(ending: str) -> None:
    brought = imported(ending, torn=True)
    said = squeeze("\n".join(data.decode() for name, data in brought.files.items() if not name.startswith("sources/")))
    for _, text in pieces():
        for line in "".join(part for _, part in runs(text)).split("\n"):
            for part in re.split(r"\(|\)| [-–] ", line) if line.rstrip(".") in LINES else [line]:
                assert squeeze(part) in said, part


LINES = {"".join(part for _, part in runs(text)).rstrip(".") for mark, text in pieces() if mark == "-"}


def squeeze(text: str) -> str:
    """Letters and digits only, for a PO file breaks and quotes its lines."""
    return "".join(sign for sign in text if sign.isalnum())


def test_the_report_says_what_a_human_must_do() -> None:
    report = imported().files["README.import.md"].decode()
    for part in ("## To do", "## Please compare", "## Dates in the text", "## In no file of this folder", "Brésil: BR"):
        assert part in report
    assert "no country is printed for Workers of Everywhere - Example" in report


def test_a_further_document_adds_its_organisations_and_becomes_a_source() -> None:
    main, more = (
        WRITERS["md"](pieces()),
        "# Who joined\n\n- Example Dockers (**ED**) - Grèce\n- CEX - Brazil\n".encode(),
    )
    documents = [(read_document(name, data), data) for name, data in (("more.md", more), ("network.md", main))]
    brought = bring(documents, WISHES)
    found = campaign(brought)
    assert found.headline == VERSIONS["fr"][0] and [source.id for source in found.sources] == ["more", "network"]
    assert ("Example Dockers", "GR") in [(row.name, row.country) for row in found.organisations]
    assert brought.told.organisations == len(ORGANISATIONS) + 1
    assert [left.why for left in brought.told.left if "CEX" in left.text] == ["listed already"]


def test_documents_without_a_statement_are_refused() -> None:
    data = b"- Example Dockers (**ED**) - Greece\n- Example Miners (**EM**) - Italy\n"
    with pytest.raises(ImportRefused, match="none of these documents holds a statement"):
        bring([(read_document("list.md", data), data)], WISHES)


def test_versions_that_stand_side_by_side_in_a_table_are_told_apart() -> None:
    rows = "".join(
        f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in zip(VERSIONS["en"], VERSIONS["es"], strict=True)
    )
    data = f"<meta charset=utf-8><table>{rows}</table>".encode()
    found = campaign(bring([(read_document("table.html", data), data)], WISHES))
    assert (found.headline, *found.statement) == VERSIONS["en"] and found.languages == ("en", "es")
    targets = [entry.target for entry in found.translations["es"].live() if entry.context.startswith("statement:")]
    assert tuple(targets) == VERSIONS["es"][1:]


def test_versions_that_take_turns_are_told_apart() -> None:
    data = "\n\n".join(text for pair in zip(VERSIONS["pt"], VERSIONS["fr"], strict=True) for text in pair).encode()
    found = campaign(bring([(read_document("turns.txt", data), data)], WISHES))
    assert (found.headline, *found.statement) == VERSIONS["pt"] and found.languages == ("pt", "fr")


def test_titles_and_a_letterhead_without_styles_are_found() -> None:
    titled = (f"**{title}**\n\n" + "\n\n".join(texts) for title, *texts in VERSIONS.values())
    data = "\n\n".join((*LETTERHEAD, *titled)).encode()
    brought = bring([(read_document("plain.md", data), data)], WISHES)
    found = campaign(brought)
    assert (found.headline, *found.statement) == VERSIONS["fr"] and found.languages == tuple(VERSIONS)
    assert [left.text for left in brought.told.left] == list(LETTERHEAD)

"""The example campaign says what its sources say: every fact of the research is there, in words of its own.

The research lies beside the repository, in ../shared; where it is absent only the comparison with it is left out.
"""

import csv
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from standwith.campaigns.folder import dump, load
from standwith.campaigns.model import Campaign
from standwith.campaigns.strings import strings

REPOSITORY = Path(__file__).resolve().parents[2]
FOLDER = REPOSITORY / "examples" / "stand-with-belarus"
SHARED = REPOSITORY.parent / "shared"
RUN = 8  # so many words in a row, equal to a source's, count as copied

with_research = pytest.mark.skipif(not SHARED.is_dir(), reason="the research folder ../shared is not here")

# Number of a research document -> id in sources.csv
DOCUMENTS = {
    "000": "university-solidarity-2020-08",
    "001": "ituc-2020-08",
    "002": "industriall-2020-08",
    "003": "ilnss-2020-08",
    "004": "isl-2020-11",
}
INFERRED = {"001", "003", "004"}  # their dates do not stand in the document in full


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    loaded = load(FOLDER)
    assert loaded.campaign is not None, loaded.findings
    return loaded.campaign


def research(table: str) -> list[dict[str, str]]:
    with (SHARED / "facts" / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def kept_copy(document: str) -> bytes:
    (copy,) = (SHARED / "sources").glob(f"{document}_*")
    return copy.read_bytes()


def plain(text: str) -> str:
    """The text with typewriter apostrophes."""
    return text.replace("’", "'")


def written(number: int | None) -> str:
    return "" if number is None else str(number)


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:'\w+)*", plain(text).casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def test_folder_has_no_error():
    assert [finding for finding in load(FOLDER).findings if finding.severity == "error"] == []


def test_folder_has_no_warning():
    of_translators = {"language-without-catalogue"}
    names_as_they_are = {("too-long", "organisations.csv")}  # a union may have a long acronym
    warnings = [finding for finding in load(FOLDER).findings if finding.code not in of_translators]
    assert {(finding.code, finding.file) for finding in warnings} - names_as_they_are == set()


def test_folder_is_canonical(campaign):
    files = {str(path.relative_to(FOLDER)): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    assert dump(campaign) == files


def test_thirteen_languages(campaign):
    assert campaign.languages == ("en", "fr", "es", "pt", "it", "de", "ar", "ru", "be", "uk", "ka", "ky", "pl")


def test_no_figure_is_typed_in_running_text(campaign):
    assert [string.key for string in strings(campaign) if re.search(r"\d", string.text)] == []


def test_statement_shows_both_counts_of_arrests(campaign):
    (block,) = [block for block in campaign.statement if "{fact:detained-ilnss}" in block]
    assert "{fact:detained-ituc}" in block


def test_sources_that_disagree_stand_side_by_side(campaign):
    groups = Counter(fact.group for fact in campaign.facts if fact.group)
    assert groups == {"killed": 2, "detained": 2}


def test_announced_results_are_disputed(campaign):
    assert {fact.id for fact in campaign.facts if fact.disputed} == {"official-result", "official-result-opponent"}


def test_people_are_shown_because_a_named_body_published_their_names(campaign):
    assert {(one.shown, one.consent, one.sources) for one in campaign.people} == {
        ("full name", "already public", ("ituc-2020-08",))
    }


def test_only_signing_is_live(campaign):
    assert [action.kind for action in campaign.actions if action.state == "live"] == ["sign"]


@with_research
def test_every_organisation_is_there(campaign):
    theirs = [(row["scope"], row["name"], row["acronym"], row["country"]) for row in research("organisations")]
    assert len(theirs) == 97
    assert [(one.scope, one.name, one.acronym, one.country) for one in campaign.organisations] == theirs


@with_research
def test_every_claim_is_there_with_equal_figures(campaign):
    ours = {
        fact.id: (written(fact.low), written(fact.high), fact.unit, fact.wording, str(fact.as_of), fact.source)
        for fact in campaign.facts
    }
    theirs = {
        row["id"]: (
            row["value_low"],
            row["value_high"],
            row["unit"],
            row["wording"],
            row["as_of"],
            DOCUMENTS[row["source_document"]],
        )
        for row in research("claims")
    }
    assert ours == theirs


@with_research
def test_every_event_is_there(campaign):
    ours = [
        (str(one.date), str(one.end or ""), one.kind, one.place, one.country, one.source) for one in campaign.timeline
    ]
    theirs = [
        (row["date"], row["end_date"], row["kind"], row["place"], row["country"], DOCUMENTS[row["source_document"]])
        for row in research("events")
    ]
    assert ours == theirs


@with_research
def test_every_person_is_there(campaign):
    ours = [
        (one.name, one.role, plain(one.organisation), last.status, str(last.date), last.source)
        for one in campaign.people
        for last in one.history
    ]
    theirs = [
        (
            row["name"],
            row["role"],
            row["organisation"],
            row["status"],
            row["status_date"],
            DOCUMENTS[row["source_document"]],
        )
        for row in research("persons")
    ]
    assert ours == theirs


@with_research
def test_every_demand_is_there_with_its_addressee(campaign):
    ours = {one.id: (one.addressee.casefold(), one.sources) for one in campaign.demands}
    theirs = {
        row["id"]: (
            row["addressed_to"].casefold().replace("trade unions, academic", "trade unions and academic"),
            tuple(DOCUMENTS[number] for number in row["source_document"].split(", ")),
        )
        for row in research("demands")
    }
    assert ours == theirs


@with_research
def test_checksums_are_those_of_the_kept_copies(campaign):
    ours = {source.id: source.sha256 for source in campaign.sources}
    assert ours == {name: sha256(kept_copy(number)).hexdigest() for number, name in DOCUMENTS.items()}


@with_research
def test_titles_are_those_of_the_documents(campaign):
    for number, name in DOCUMENTS.items():
        (source,) = [source for source in campaign.sources if source.id == name]
        title, _, remark = source.title.partition(" (")
        assert title in kept_copy(number).decode().replace("\N{NO-BREAK SPACE}", " ")
        assert bool(remark) == (number in INFERRED), "a date that we inferred is marked as such"


def running_texts(campaign: Campaign) -> list[tuple[str, str]]:
    """(where, text) of everything that the folder says in sentences, translations included."""
    translated = [
        (f"{code} {entry.context}", entry.target)
        for code, catalogue in campaign.translations.items()
        for entry in catalogue.live()
    ]
    return [*((string.key, string.text) for string in strings(campaign)), *translated]


@with_research
def test_no_sentence_is_copied(campaign):
    sources = set().union(*(runs(kept_copy(number).decode()) for number in DOCUMENTS))
    names = [*(one.name for one in campaign.organisations), *(one.asked_by for one in campaign.actions if one.asked_by)]
    letterhead = kept_copy("003").decode()  # has the network's own name in seven languages
    names += re.findall(r"^\*\*(.+?)\*\*", letterhead, re.MULTILINE)
    names += [name.replace("Luttés", "Luttes") for name in names]  # the letterhead misspells it
    copied = []
    for where, text in running_texts(campaign):
        for name in names:
            text = re.sub(re.escape(name), "¶", text, flags=re.IGNORECASE)  # names are what they are
        copied += [(where, " ".join(run)) for part in text.split("¶") for run in runs(part) & sources]
    assert copied == []

"""`standwith import` at the keyboard: a folder that passes, a report, and refusals in one sentence."""

import json

import pytest

from standwith.campaigns.folder import load
from standwith.cli.importing import import_documents
from standwith.cli.refusal import Refusal
from tests.campaigns.importing.network import ORGANISATIONS, VERSIONS, pieces
from tests.documents.writing import WRITERS, word


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "network.docx"
    path.write_bytes(WRITERS["docx"](pieces()))
    return path


def bring(*files, to, **options):
    given = dict.fromkeys(("language", "title", "owner", "email", "addressee", "encoding"), "") | options
    import_documents(list(files), to=to, json=given.pop("json", False), **given)


def test_a_document_becomes_a_folder_that_passes(letter, tmp_path, capsys):
    folder = tmp_path / "free-the-miners"
    bring(letter, to=folder)
    loaded = load(folder)
    assert [finding.code for finding in loaded.findings if finding.severity == "error"] == []
    assert (loaded.campaign.id, loaded.campaign.languages) == ("free-the-miners", tuple(VERSIONS))
    assert len(loaded.campaign.organisations) == len(ORGANISATIONS)
    assert (folder / "sources" / "network.docx").read_bytes() == letter.read_bytes()
    out = capsys.readouterr().out
    for part in (
        "statement: 3 blocks in fr",
        "en 3 blocks, es 3 blocks, pt 3 blocks",
        "organisations: 5",
        "README.import.md",
    ):
        assert part in out


def test_the_folder_says_only_what_is_unknown_yet(letter, tmp_path):
    folder = tmp_path / "miners"
    bring(
        letter, to=folder, owner="Example Desk", email="desk@example.org", addressee="The ministry", title="Free them"
    )
    text = (folder / "campaign.toml").read_text()
    assert "To be filled in" not in text and 'title = "Free them"' in text
    report = (folder / "README.import.md").read_text()
    assert "To be filled in" not in report and "Say " not in report


def test_the_report_is_there_as_json(letter, tmp_path, capsys):
    bring(letter, to=tmp_path / "miners", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["versions"] == {"en": 3, "es": 3, "pt": 3} and told["organisations"] == len(ORGANISATIONS)
    assert {left["why"] for left in told["left"]} >= {"letterhead, ar", "heading of a list of organisations"}
    assert all(left["place"] for left in told["left"])


def test_what_a_copy_carries_unseen_is_said_but_not_written_down(tmp_path, capsys):
    path = tmp_path / "letter.docx"
    core = "<c:core xmlns:c='urn:c' xmlns:d='urn:d'><d:creator>Amina Example</d:creator></c:core>"
    text = "We ask the ministry for the release of everyone who was detained in front of the plant. " * 4
    path.write_bytes(word(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>", docProps__core=core))
    bring(path, to=tmp_path / "miners")
    assert "letter.docx carries the name of who wrote it" in capsys.readouterr().out
    assert "Amina" not in (tmp_path / "miners" / "README.import.md").read_text()


def test_nothing_is_ever_overwritten(letter, tmp_path):
    folder = tmp_path / "miners"
    folder.mkdir()
    (folder / "facts.csv").write_text("mine")
    with pytest.raises(Refusal, match="is not empty, and nothing is ever overwritten"):
        bring(letter, to=folder)
    assert [path.name for path in folder.iterdir()] == ["facts.csv"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("letter.doc", b"text", "cannot be imported: it is none of .txt"),
        ("letter.txt", b"\xff\xff", "cannot be imported: it is not UTF-8 text"),
        ("list.txt", b"Example Union - Italy", "none of these documents holds a statement"),
    ],
)
def test_what_cannot_be_imported_is_refused_and_nothing_is_written(tmp_path, name, data, why):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refusal, match=why):
        bring(tmp_path / name, to=tmp_path / "miners")
    assert not (tmp_path / "miners").exists()


def test_missing_files_and_bad_options_are_refused(letter, tmp_path):
    with pytest.raises(Refusal, match="cannot be read: No such file"):
        bring(tmp_path / "none.txt", to=tmp_path / "miners")
    with pytest.raises(Refusal, match="--email: “desk” is not an e-mail address"):
        bring(letter, to=tmp_path / "miners", email="desk")
    with pytest.raises(Refusal, match="cannot become the address of a page"):
        bring(letter, to=tmp_path / "Миньоры")
    with pytest.raises(Refusal, match="holds no text in “de”"):
        bring(letter, to=tmp_path / "miners", language="de")
    assert not (tmp_path / "miners").exists()


def test_text_in_an_old_encoding_is_read_when_it_is_named(tmp_path):
    text = "Свободу горнякам!\n\n" + "Мы требуем от министерства освободить всех, кто был задержан перед шахтой. " * 4
    (tmp_path / "letter.txt").write_bytes(text.encode("windows-1251"))
    bring(tmp_path / "letter.txt", to=tmp_path / "miners", encoding="windows-1251")
    campaign = load(tmp_path / "miners").campaign
    assert (campaign.headline, campaign.source_language) == ("Свободу горнякам!", "ru")

import io

import pytest

from standwith.campaigns.folder import load
from standwith.cli.new import QUESTIONS, new
from standwith.cli.refusal import Refusal

ANSWERS = ("Free Amina", "Release Amina O'Neill, now", "The ministry", "Example Union", "desk@example.org")


def answer(monkeypatch, *lines):
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_five_questions_make_a_folder_that_passes(tmp_path, monkeypatch, capsys):
    answer(monkeypatch, *ANSWERS)
    new(tmp_path / "free-amina", language="en")
    loaded = load(tmp_path / "free-amina")
    assert loaded.findings == ()
    campaign = loaded.campaign
    assert (campaign.id, campaign.title, campaign.owner.email) == ("free-amina", "Free Amina", "desk@example.org")
    assert (campaign.demands[0].text, campaign.demands[0].addressee) == (ANSWERS[1], "The ministry")
    assert campaign.actions[0].kind == "sign"
    out = capsys.readouterr().out
    assert len(QUESTIONS) == 5 and all(question in out for _, question, *_ in QUESTIONS)
    assert f"standwith check {tmp_path}/free-amina" in out


def test_a_campaign_may_be_written_in_another_language(tmp_path, monkeypatch):
    answer(monkeypatch, "حرية لأمينة", "أطلقوا سراح أمينة", "الوزارة", "نقابة المثال", "desk@example.org")
    new(tmp_path / "amina", language="ar")
    loaded = load(tmp_path / "amina")
    assert loaded.findings == () and loaded.campaign.source_language == "ar"


def test_an_answer_that_cannot_be_used_is_asked_again(tmp_path, monkeypatch, capsys):
    answer(monkeypatch, "", "x" * 81, "Free\u202e Amina", *ANSWERS[:4], "desk at example.org", ANSWERS[4])
    new(tmp_path / "free-amina", language="en")
    out = capsys.readouterr().out
    for sentence in (
        "Please write something; you can change it later.",
        "That has 81 characters; 80 are the most. Say it shorter.",
        "Invisible sign: right-to-left override (U+202E).",
        "“desk at example.org” is not an e-mail address.",
    ):
        assert sentence in out
    assert load(tmp_path / "free-amina").findings == ()


def test_nothing_is_ever_overwritten(tmp_path, monkeypatch):
    (tmp_path / "facts.csv").write_text("mine")
    answer(monkeypatch, *ANSWERS)
    with pytest.raises(Refusal, match="is not empty, and nothing is ever overwritten"):
        new(tmp_path, language="en")
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]


def test_a_file_is_not_a_folder(tmp_path):
    (tmp_path / "free-amina").write_text("mine")
    with pytest.raises(Refusal, match="is not a folder"):
        new(tmp_path / "free-amina", language="en")


def test_answers_that_end_too_early_write_nothing(tmp_path, monkeypatch):
    answer(monkeypatch, *ANSWERS[:3])
    with pytest.raises(Refusal, match="ended too early"):
        new(tmp_path / "free-amina", language="en")
    assert not (tmp_path / "free-amina").exists()


def test_answers_that_are_not_text_write_nothing(tmp_path, monkeypatch):
    answer(monkeypatch, "\udcff", *ANSWERS)
    with pytest.raises(Refusal, match="not UTF-8"):
        new(tmp_path / "free-amina", language="en")


def test_a_folder_whose_name_cannot_be_an_address_is_refused_before_asking(tmp_path):
    with pytest.raises(Refusal, match="call the folder free-amina, for example"):
        new(tmp_path / "Free Amina", language="en")


def test_an_unknown_language_is_refused(tmp_path):
    with pytest.raises(Refusal, match="“xx” is not a language code"):
        new(tmp_path / "free-amina", language="xx")


def test_answers_that_make_no_campaign_say_why(tmp_path, monkeypatch):
    answer(monkeypatch, ANSWERS[0], "Release {everyone}", *ANSWERS[2:])
    with pytest.raises(Refusal, match=r"“\{everyone\}” is not a placeholder"):
        new(tmp_path / "free-amina", language="en")


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("für", "fuer"),
        ("Été à Łódź", "ete-a-lodz"),
        ("Straße", "strasse"),
        ("Amina's day", "aminas-day"),
        ("x" * 70, "x" * 64),
    ],
)
def test_a_suggested_name_reads_like_the_one_that_was_meant(tmp_path, name, better):
    with pytest.raises(Refusal, match=f"call the folder {better}, for example"):
        new(tmp_path / name, language="en")


@pytest.mark.parametrize("name", ["Свобода", "حرية", "თავისუფლება", "Свобода 2020", "!!!"])
def test_a_name_in_another_alphabet_is_asked_for_and_not_guessed(tmp_path, name):
    with pytest.raises(Refusal, match="give the folder a name of letters a-z, digits and hyphens"):
        new(tmp_path / name, language="en")

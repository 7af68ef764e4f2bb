"""`standwith dossier`: two people decide that people are shown; nothing of somebody's is written over."""

import shutil
from pathlib import Path

import pytest

from tests.cli.registered import CAMPAIGN, ZIMIN, Office
from tests.dossier.reading import info_of, text_of
from tests.faults.installation import EXAMPLE
from tests.typed import type_command

NAMES = ("Nikolai Zimin", "Maxim Sereda")
TWO = ("--by", "Alex Example", "--with", "Sam Example")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / CAMPAIGN))


def refuse(*words: object) -> str:
    done = type_command("dossier", *words)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def succeed(*words: object) -> str:
    done = type_command("dossier", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_people_are_left_out_until_two_people_give_their_names(folder: Path, tmp_path: Path) -> None:
    to = tmp_path / "record.pdf"
    assert "3 people are left out" in succeed(folder, "--to", to)
    assert not any(name in text_of(to.read_bytes()) for name in NAMES)
    assert "left out" not in succeed(folder, "--to", to, *TWO)
    assert all(name in text_of(to.read_bytes()) for name in NAMES)


def test_one_person_is_not_two(folder: Path, tmp_path: Path) -> None:
    said = refuse(folder, "--to", tmp_path / "a.pdf", "--by", "Alex Example", "--with", " alex  EXAMPLE")
    assert "two" in said.lower()
    assert not (tmp_path / "a.pdf").exists()


def test_a_dossier_of_a_day_is_the_same_whenever_it_is_made(folder: Path, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert "as of 2026-11-22" in succeed(folder, "--to", tmp_path / name, "--date", "2026-11-22", *TWO)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_language_is_one_of_the_campaign(folder: Path, tmp_path: Path) -> None:
    assert "not written in “sv”" in refuse(folder, "--to", tmp_path / "a.pdf", "--language", "sv")
    succeed(folder, "--to", tmp_path / "a.pdf", "--language", "fr", "--paper", "letter")
    info = info_of((tmp_path / "a.pdf").read_bytes())
    assert info["Page size"].endswith("(letter)")


def test_what_is_no_pdf_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    mine = folder / "campaign.toml"
    before = mine.read_bytes()
    assert "is no PDF" in refuse(folder, "--to", mine)
    assert mine.read_bytes() == before
    assert "cannot be written" in refuse(folder, "--to", tmp_path)
    assert "cannot be written" in refuse(folder, "--to", tmp_path / "nowhere" / "a.pdf")


def test_a_wrong_day_or_paper_is_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    assert "is not a day" in refuse(folder, "--to", tmp_path / "a.pdf", "--date", "tomorrow")
    assert "a4, letter" in refuse(folder, "--to", tmp_path / "a.pdf", "--paper", "a5")


def test_a_folder_with_errors_is_shown_them_and_ends_with_1(folder: Path, tmp_path: Path) -> None:
    facts = folder / "facts.csv"
    facts.write_text(facts.read_text(encoding="utf-8").replace("ituc-2020-08", "nobody"), encoding="utf-8")
    done = type_command("dossier", folder, "--to", tmp_path / "a.pdf")
    assert done.returncode == 1
    assert "facts.csv" in done.stdout + done.stderr
    assert not (tmp_path / "a.pdf").exists()


def test_an_installation_shows_the_people_that_it_has_published(tmp_path: Path) -> None:
    office, to = Office.found(tmp_path), tmp_path / "a.pdf"
    assert "not published" in office.refuse("dossier", office.folder, "--to", to)
    office.accept(ZIMIN)
    office.approve(ZIMIN)
    office.publish()
    office.succeed("dossier", office.folder, "--to", to)
    assert [name in text_of(to.read_bytes()) for name in NAMES] == [True, False]
    assert "decide beforehand" in office.refuse("dossier", office.folder, "--to", to, *TWO)
    office.change("Nikolai Zimin,leader", "Nikolai Zimin,pensioner")
    office.succeed("dossier", office.folder, "--to", to)
    assert "pensioner" not in text_of(to.read_bytes())

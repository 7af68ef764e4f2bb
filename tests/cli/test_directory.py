"""A directory of organisations at the keyboard: check, format, publish."""

import json
from pathlib import Path

import pytest

from tests.campaigns.directory.test_folder import GOOD
from tests.faults.installation import EXAMPLE, Installation
from tests.typed import type_command

LISTED = EXAMPLE.parent / "directory"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "directory"
    place.mkdir()
    for name, data in GOOD.items():
        (place / name).write_bytes(data)
    return place


def spoil(folder: Path, old: str, new: str) -> None:
    table = folder / "organisations.csv"
    table.write_text(table.read_text("utf-8").replace(old, new), "utf-8")


def test_check_knows_the_folder_by_its_file(folder: Path) -> None:
    good = type_command("check", folder)
    assert (good.returncode, good.stdout) == (0, "No errors, no warnings.\n")
    spoil(folder, "rail,FR,workers-fr", "rail,FR,lost")
    bad = type_command("check", folder)
    assert bad.returncode == 1
    assert (
        "organisations.csv:3:50: error: No organisation of this table has the id “lost”. [unknown-parent]" in bad.stdout
    )
    assert json.loads(type_command("check", folder, "--json").stdout)["errors"] == 2


def test_format_writes_the_canonical_form_and_nothing_where_there_are_errors(folder: Path) -> None:
    spoil(folder, "Old League | Older League", "Old League|Older League")
    spoil(folder, "fr br", "fr  br")
    assert "wrote" in type_command("format", folder).stdout
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == GOOD
    spoil(folder, "national-sectoral", "sectoral")
    before = (folder / "organisations.csv").read_bytes()
    refused = type_command("format", folder)
    assert refused.returncode == 1 and "unknown-scope" in refused.stdout
    assert (folder / "organisations.csv").read_bytes() == before


def test_format_asks_before_a_comment_is_lost(folder: Path) -> None:
    top = folder / "directory.toml"
    top.write_text("# ours\n" + top.read_text("utf-8"), "utf-8")
    assert type_command("format", folder).returncode == 2
    assert type_command("format", folder, "--anyway").returncode == 0


def test_publish_refuses_what_is_no_directory_or_a_broken_one(folder: Path, tmp_path: Path) -> None:
    to = ("--to", tmp_path / "site")
    taken_for_a_campaign = type_command("publish", folder, *to)
    assert taken_for_a_campaign.returncode == 2 and "--directory" in taken_for_a_campaign.stderr
    none = type_command("publish", EXAMPLE, *to, "--directory", EXAMPLE)
    assert none.returncode == 2 and "directory.toml" in none.stderr
    spoil(folder, "national-sectoral", "sectoral")
    broken = type_command("publish", EXAMPLE, *to, "--directory", folder)
    assert broken.returncode == 1 and "unknown-scope" in broken.stdout
    assert not (tmp_path / "site").exists()


def test_an_installation_keeps_the_directory_until_another_takes_its_place(folder: Path, tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    home = installation.home
    first = type_command("publish", EXAMPLE, "--home", home, "--directory", LISTED)
    assert first.returncode == 0, first.stderr
    assert (home / "site/en/organisations/cub-it/index.html").exists()
    again = type_command("publish", EXAMPLE, "--home", home)
    assert again.returncode == 0 and (home / "site/en/organisations/cub-it/index.html").exists()
    assert type_command("publish", EXAMPLE, "--home", home, "--directory", folder).returncode == 0
    assert (home / "site/en/organisations/workers-fr/index.html").exists()
    assert not (home / "site/en/organisations/cub-it").exists()
    kept = home / "published/.directory/now"
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == GOOD
    assert len([each for each in kept.parent.iterdir() if each.is_dir() and not each.is_symlink()]) == 1

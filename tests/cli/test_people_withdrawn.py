"""`standwith people withdraw`: after it and one publication, no byte of an installation names who withdrew."""

import gzip
import sqlite3
from pathlib import Path

import brotli
import pytest

from tests.cli.registered import ALEX, CAMPAIGN, SAM, SEREDA, Office

KIM = "Kim Example"
DETAIL = ',"reported on this day, together with Nikolai Zimin"'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The example, published with its people; nobody is mentioned in the lines of others."""
    office = Office.found(tmp_path_factory.mktemp("office"))
    office.change(DETAIL, ",")
    office.accept()
    office.approve()
    office.publish()
    return office


@pytest.fixture
def office(published: Office, tmp_path: Path) -> Office:
    return published.copy(tmp_path)


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    return brotli.decompress(data) if path.suffix == ".br" else data


def files_that_name(place: Path, *words: str) -> set[str]:
    """The files whose bytes, unpacked, or whose own names hold one of these words in any encoding that we write."""
    needles = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
    found = set()
    for path in place.rglob("*"):
        name = str(path.relative_to(place))
        if any(word in name for word in words) or (
            path.is_file() and any(needle in unpacked(path) for needle in needles)
        ):
            found.add(name)
    return found


def empty_log(home: Path) -> None:
    with sqlite3.connect(home / "tables" / "standwith.sqlite", timeout=20) as tables:
        tables.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_no_file_of_the_installation_names_who_withdrew(office: Office) -> None:
    words = ("Maxim Sereda", SEREDA, "Sereda")
    before = files_that_name(office.home, *words)
    assert "tables/standwith.sqlite" in before | {name.removesuffix("-wal") for name in before}
    assert any(name.startswith("site/en/") and name.endswith(".html.gz") for name in before)
    assert any(name.startswith("published/") for name in before)
    told = office.succeed("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes")
    assert "withdrawn-1" in told
    at_once = files_that_name(office.home, *words)
    assert {name for name in at_once if name.startswith(("site/", "published/"))} == set()
    office.publish()
    empty_log(office.home)
    assert files_that_name(office.home, *words) == set()
    assert files_that_name(office.folder, *words) == set()
    assert files_that_name(office.home, "Nikolai Zimin")  # the others are still there


def test_the_log_keeps_that_somebody_was_shown_and_withdrew(office: Office) -> None:
    office.succeed("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes")
    log = office.succeed("people", "log", CAMPAIGN)
    assert "Sereda" not in log
    assert SEREDA not in log
    assert [(verb in log) for verb in ("accept", "approve", "withdraw")] == [True] * 3
    assert log.count("somebody") == 3
    last = log.splitlines()[-1]
    assert (KIM in last, "withdraw" in last) == (True, True)


def test_where_the_name_still_stands_is_said(office: Office) -> None:
    office.change("released,,ituc-2020-08\nvasili", "released,with Maxim Sereda,ituc-2020-08\nvasili")
    statement = office.folder / "statement.md"
    statement.write_text(statement.read_text(encoding="utf-8") + "\nWe think of Maxim Sereda.\n", encoding="utf-8")
    told = office.succeed("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes")
    assert f"{statement}:" in told
    assert "git" in told


def test_a_withdrawal_that_was_cut_short_is_finished_by_typing_it_again(office: Office) -> None:
    """The folder was done and the tables were not; then the tables were done and the folder was not."""
    from standwith.campaigns.withdrawal import withdraw_person

    table = office.folder / "people.csv"
    before = table.read_bytes()
    withdraw_person(office.folder, SEREDA)
    assert "do not name them" in office.succeed("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes")
    assert SEREDA not in office.succeed("people", "log")
    refused = office.refuse("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes")
    assert "nothing was done" in refused
    table.write_bytes(before)
    office.succeed("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes")
    assert SEREDA not in table.read_text(encoding="utf-8")


def test_nothing_happens_without_a_yes_or_to_somebody_unknown(office: Office) -> None:
    asked = office.type("people", "withdraw", office.folder, SEREDA, "--by", KIM)
    assert (asked.returncode, "cannot be undone" in asked.stdout) == (2, True)
    assert "nobody-example" in office.refuse(
        "people", "withdraw", office.folder, "nobody-example", "--by", KIM, "--yes"
    )
    assert "Sereda" in (office.folder / "people.csv").read_text(encoding="utf-8")
    assert f"by {ALEX}" in office.succeed("people", "log")
    assert f"by {SAM}" in office.succeed("people", "log")


def test_a_folder_without_an_installation_forgets_too(office: Office, tmp_path: Path) -> None:
    words = ("people", "withdraw", office.folder, SEREDA, "--by", KIM, "--yes", "--home", tmp_path / "none")
    assert "no installation" in office.refuse(*words)
    office.succeed(*words, "--folder-only")
    assert "Sereda" not in (office.folder / "people.csv").read_text(encoding="utf-8")

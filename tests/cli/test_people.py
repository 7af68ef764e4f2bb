"""`standwith people`, as two officers type it: who is shown, who waits, who is hidden at once."""

from pathlib import Path

import pytest

from tests.cli.registered import ALEX, CAMPAIGN, PETRIKIN, SAM, SEREDA, ZIMIN, Office
from tests.typed import type_command

NAMES = ("Nikolai Zimin", "Maxim Sereda", "Vasili Petrikin")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.found(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(founded: Office, tmp_path: Path) -> Office:
    return founded.copy(tmp_path)


def shown(office: Office) -> list[bool]:
    return [name in office.page for name in NAMES]


def test_nobody_is_published_before_two_people_decide(office: Office) -> None:
    told = office.publish()
    assert "3 people are not shown" in told
    assert "standwith people list" in told
    assert shown(office) == [False] * 3
    office.accept()
    assert "3 people are not shown" in office.publish()
    assert shown(office) == [False] * 3
    office.approve()
    assert "not shown" not in office.publish()
    assert shown(office) == [True] * 3


def test_one_name_is_one_person_however_it_is_typed(office: Office) -> None:
    office.accept(ZIMIN)
    assert ALEX in office.refuse("people", "approve", office.folder, ZIMIN, "--by", " alex  EXAMPLE", "--yes")
    assert "Nobody waits" in office.refuse("people", "approve", office.folder, "--all", "--by", ALEX, "--yes")
    assert "name" in office.refuse("people", "accept", office.folder, "--all", "--by", " ", "--yes")


def test_what_would_be_decided_is_said_first_and_needs_a_yes(office: Office) -> None:
    asked = office.type("people", "accept", office.folder, ZIMIN, "--by", ALEX)
    assert asked.returncode == 2
    assert "Nikolai Zimin (nikolai-zimin) would be shown: full name" in asked.stdout
    assert "role: — → leader" in asked.stdout
    assert "history: — → 2020-08-17 released" in asked.stdout
    assert "Nobody has decided anything yet." in office.succeed("people", "log")


def test_a_changed_row_is_shown_as_it_was_and_what_is_new_is_said(office: Office) -> None:
    office.accept()
    office.approve()
    office.publish()
    office.change("Nikolai Zimin,leader", "Nikolai Zimin,pensioner")
    told = office.publish()
    assert "1 person is not shown as in the folder" in told
    assert "pensioner" not in office.page
    assert shown(office) == [True] * 3
    assert "role: leader → pensioner" in office.accept(by=SAM)
    office.approve(by=ALEX)
    office.publish()
    assert "pensioner" in office.page


def test_the_list_says_where_everybody_stands(office: Office) -> None:
    office.accept(ZIMIN, SEREDA)
    office.approve(SEREDA)
    listed = office.succeed("people", "list", office.folder)
    first, second, show = (listed.index(word) for word in ("first person", "second person", "Shown with"))
    assert first < listed.index(PETRIKIN) < second < listed.index(ZIMIN) < show < listed.index(SEREDA)
    assert f"accepted by {ALEX}" in listed


def test_reviews_that_are_due_and_hearings_that_are_near_are_listed() -> None:
    from datetime import date

    from msgspec.structs import replace

    from standwith.cli.people import due_reviews, near_hearings
    from standwith.languages import PartialDate
    from tests.decisions.people import AMINA, BO

    today = date(2026, 3, 1)
    found = [replace(AMINA, review=PartialDate.parse(day)) for day in ("2026-02", "2026-03-01", "2026-03-02", "2026")]
    assert [day for day, _ in due_reviews([*found, BO], today)] == ["2026-02", "2026-03-01", "2026"]
    days = ("2026-04-30", "2026-05", "2026-02-28", "2026-03", "2026-03-01")
    heard = [replace(AMINA, hearing=PartialDate.parse(day)) for day in days]
    assert [day for day, _ in near_hearings([*heard, BO], today)] == ["2026-03", "2026-03-01", "2026-04-30"]


def test_whoever_is_held_back_is_off_the_pages_at_once_and_comes_back_by_two(office: Office) -> None:
    office.accept()
    office.approve()
    office.publish()
    told = office.succeed("people", "hold", CAMPAIGN, ZIMIN, "--by", SAM, "--reason", "danger", "--yes")
    assert "Held back" in told
    assert "people.csv:" in told  # two others were released together with him, and their lines say so
    assert shown(office) == [False, True, True]
    assert not any(ZIMIN in text for text in texts_of(office.home / "published"))
    assert f"held back by {SAM}" in office.succeed("people", "list", office.folder)
    assert "held back" in office.refuse("people", "accept", office.folder, ZIMIN, "--by", ALEX, "--yes")
    office.publish()
    assert shown(office) == [False, True, True]
    office.succeed("people", "release", CAMPAIGN, ZIMIN, "--by", ALEX)
    office.publish()
    assert shown(office) == [False, True, True]
    office.accept()
    office.approve()
    office.publish()
    assert shown(office) == [True] * 3


def texts_of(place: Path) -> list[str]:
    return [path.read_text(encoding="utf-8", errors="replace") for path in place.rglob("*") if path.is_file()]


def test_who_cannot_be_held_or_decided_about_is_said(office: Office) -> None:
    hold = ("people", "hold", CAMPAIGN, "nobody-example", "--by", SAM, "--reason", "doubt", "--yes")
    assert "nobody-example" in office.refuse(*hold)
    assert "nobody-example" in office.refuse("people", "accept", office.folder, "nobody-example", "--by", ALEX, "--yes")
    assert "--all" in office.refuse("people", "accept", office.folder, "--by", ALEX, "--yes")
    assert "Nobody has accepted" in office.refuse("people", "approve", office.folder, ZIMIN, "--by", SAM, "--yes")


def test_the_log_says_who_decided_what_and_who_published(office: Office) -> None:
    office.accept(ZIMIN)
    office.approve(ZIMIN)
    office.succeed("publish", office.folder, "--by", "Kim Example")
    lines = office.succeed("people", "log", CAMPAIGN).splitlines()
    assert [line.split("  ")[2] for line in lines] == ["accept", "approve", "publish"]
    assert [name in line for name, line in zip((ALEX, SAM, "Kim Example"), lines, strict=True)] == [True] * 3
    assert ZIMIN in lines[0]
    assert office.succeed("people", "log", "another-cause").strip() == "Nobody has decided anything yet."


def test_files_alone_show_people_when_two_are_named(tmp_path: Path, founded: Office) -> None:
    out = tmp_path / "www"
    alone = type_command("publish", founded.folder, "--to", out)
    assert alone.returncode == 0
    assert "3 people are left out" in alone.stderr
    page = out / "en" / CAMPAIGN / "index.html"
    assert "Zimin" not in page.read_text(encoding="utf-8")
    named = type_command("publish", founded.folder, "--to", out, "--by", ALEX, "--with", SAM)
    assert named.returncode == 0
    assert "Zimin" in page.read_text(encoding="utf-8")
    for words in (("--by", ALEX), ("--by", ALEX, "--with", "alex example"), ("--with", SAM)):
        refused = type_command("publish", founded.folder, "--to", out, *words)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr


def test_in_an_installation_nobody_decides_beside_publishing(office: Office) -> None:
    assert "standwith people accept" in office.refuse("publish", office.folder, "--by", ALEX, "--with", SAM)

"""Publishing in an installation, by the commands that users type: versions, copies, custodians, the site's place."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.campaigns.good_folder import PICTURE
from tests.faults.installation import EXAMPLE, Installation, Supporter
from tests.typed import type_command


@pytest.fixture
def installation(tmp_path: Path):
    made = Installation(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "stand-with-belarus"))


def change_statement(draft: Path, old: str = "We are workers", new: str = "We are working people") -> None:
    statement = draft / "statement.md"
    text = statement.read_text(encoding="utf-8")
    assert old in text
    statement.write_text(text.replace(old, new), encoding="utf-8")


def sign_and_confirm(installation: Installation, address: str) -> None:
    installation.start_server()
    installation.start_clerk()
    supporter = Supporter(installation)
    assert supporter.sign(address)
    installation.wait_until_read()
    ((_, path),) = [mail for mail in installation.mails() if mail[0] == address]
    assert supporter.confirm(path)
    installation.wait_until_read()
    installation.wait_until_shown(1)


def english_page(installation: Installation) -> str:
    return (installation.home / "site/en/stand-with-belarus/index.html").read_text(encoding="utf-8")


def test_a_signed_statement_changes_only_with_a_note_and_the_page_counts_both(
    installation: Installation, draft: Path
) -> None:
    sign_and_confirm(installation, "amina@example.org")
    before = english_page(installation)
    change_statement(draft)

    refused = type_command("publish", draft, "--home", installation.home)
    assert refused.returncode == 2
    assert "--new-version" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert english_page(installation) == before

    taken = type_command("publish", draft, "--home", installation.home, "--new-version", "Plainer words at the start")
    assert taken.returncode == 0, taken.stderr
    after = english_page(installation)
    assert "We are working people" in after
    assert "Plainer words at the start" in after
    assert known_texts(installation) == {1, 2}
    # a form that was open before the change is still taken, as a signature of the text that it showed
    assert Supporter(installation).sign("noor@example.org")


def known_texts(installation: Installation) -> set[int]:
    manifest = json.loads((installation.home / "manifest.json").read_bytes())
    return {text["version"] for text in manifest["campaigns"]["stand-with-belarus"]["texts"].values()}


def test_an_unsigned_statement_changes_without_a_word(installation: Installation, draft: Path) -> None:
    change_statement(draft)
    assert type_command("publish", draft, "--home", installation.home).returncode == 0
    assert "We are working people" in english_page(installation)


def test_a_draft_does_not_go_live_because_the_number_changed(installation: Installation, draft: Path) -> None:
    assert type_command("publish", draft, "--home", installation.home).returncode == 0
    change_statement(draft)
    sign_and_confirm(installation, "amina@example.org")
    assert "We are working people" not in english_page(installation)


def test_without_custodian_nothing_is_published(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert type_command("init", home).returncode == 0
    refused = type_command("publish", EXAMPLE, "--home", home)
    assert refused.returncode == 2
    assert "no custodian" in refused.stderr
    assert not (home / "manifest.json").exists()


def test_the_site_goes_where_it_was_asked_to_and_publishing_again_changes_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    shutil.rmtree(installation.home / "site")
    out = tmp_path / "www"
    first = type_command("publish", EXAMPLE, "--home", installation.home, "--to", out)
    assert first.returncode == 0, first.stderr
    assert (out / "en/stand-with-belarus/index.html").is_file()
    again = type_command("publish", EXAMPLE, "--home", installation.home)
    assert again.stdout.startswith("0 files written")


def test_publishing_killed_between_copy_and_pages_is_finished_by_the_next_one(
    installation: Installation, draft: Path
) -> None:
    """The copy of a campaign is turned by renaming a link: whatever a kill leaves beside it is swept away."""
    kept = installation.home / "published"
    (kept / ".stand-with-belarus.0badc0de").mkdir()
    (kept / ".stand-with-belarus.link").symlink_to("nowhere")
    change_statement(draft)
    assert type_command("publish", draft, "--home", installation.home).returncode == 0
    names = {path.name for path in kept.iterdir()}
    assert len(names) == 2
    assert "stand-with-belarus" in names


def test_a_picture_is_published_kept_with_the_copy_and_shown_again_after_the_draft_is_gone(
    installation: Installation, draft: Path
) -> None:
    (draft / "media").mkdir()
    (draft / "media" / "gate.png").write_bytes(PICTURE)
    with (draft / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[media]]\nfile = "gate.png"\nalt = "Workers at the gate of a factory"\n')
    first = type_command("publish", draft, "--home", installation.home)
    assert first.returncode == 0, first.stderr
    kept = installation.home / "published/stand-with-belarus/media/gate.png"
    assert kept.read_bytes() == PICTURE
    shown = english_page(installation)
    assert "Workers at the gate of a factory" in shown
    published = kept.parents[1]
    again = type_command("publish", published, "--home", installation.home)
    assert again.stdout.startswith("0 files written"), again.stderr
    [picture] = (installation.home / "site/stand-with-belarus").glob("*.png")
    assert picture.read_bytes() == PICTURE
    assert f"/stand-with-belarus/{picture.name}" in shown


def test_files_alone_need_no_installation(tmp_path: Path) -> None:
    done = type_command("publish", EXAMPLE, "--to", tmp_path / "www", "--site-url", "https://act.example.org")
    assert done.returncode == 0, done.stderr
    assert (
        "https://act.example.org/en/stand-with-belarus/"
        in (tmp_path / "www/en/stand-with-belarus/index.html").read_text()
    )


def test_clerk_away_for_an_hour_acts_are_taken_and_mailed_when_it_is_back(installation: Installation) -> None:
    installation.start_server()
    supporter = Supporter(installation)
    people = {f"amina-{number}@example.org" for number in range(30)}
    thanked = [supporter.sign(address) for address in sorted(people)]
    assert all(thanked)
    assert installation.mails() == []
    with sqlite3.connect(installation.home / "journal" / "journal.sqlite") as journal:  # the hour passes
        assert journal.execute("SELECT count(*) FROM acts").fetchone() == (30,)
    installation.start_clerk()
    installation.wait_until_read()
    assert {address for address, _ in installation.mails()} == people


def test_a_second_clerk_is_not_let_in(installation: Installation) -> None:
    installation.start_clerk()
    installation.wait_until_shown(0)
    second = type_command("clerk", "--home", installation.home)
    assert second.returncode == 2
    assert "Another clerk" in second.stderr

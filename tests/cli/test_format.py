import pytest

from standwith.cli.check import check
from standwith.cli.format import format_folder
from standwith.cli.refusal import Refusal
from tests.campaigns.good_folder import good_folder, spoil
from tests.campaigns.test_folder import write


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_untidy_folder_becomes_canonical(tmp_path, capsys):
    files = good_folder()
    for name in ("timeline.csv", "statement.md", "translations/fr.po"):
        files[name] = b"\xef\xbb\xbf" + files[name].replace(b"\n", b"\r\n")
    files["campaign.toml"] = files["campaign.toml"].replace(b'id = "free-amina"', b"id='free-amina'\n\n\n")
    format_folder(write(tmp_path, files))
    assert contents(tmp_path) == good_folder()
    assert "7 of 11 files were canonical already." in capsys.readouterr().out


def test_a_canonical_folder_is_not_touched(tmp_path):
    folder = write(tmp_path, good_folder())
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    format_folder(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_comment_is_not_lost_unless_told(tmp_path):
    files, _ = spoil("campaign.toml", 'title = "Free Amina"', 'title = "Free Amina"  »# ask Kofi')
    folder = write(tmp_path, files)
    with pytest.raises(Refusal, match=r"campaign\.toml:2:23: a comment would be lost\. .* --anyway\.$"):
        format_folder(folder)
    assert contents(folder) == files
    format_folder(folder, anyway=True)
    assert contents(folder) == good_folder()


def test_how_much_of_a_person_may_be_shown_is_not_lowered_silently(tmp_path):
    files, _ = spoil("people.csv", "already public", "»")
    folder = write(tmp_path, files)
    with pytest.raises(Refusal, match="how much of a person may be shown would be lost"):
        format_folder(folder)
    assert contents(folder) == files
    format_folder(folder, anyway=True)
    assert b"amina-example,Amina Example,welder,Metalworkers,none,withheld,low" in contents(folder)["people.csv"]
    check(folder)


def test_a_folder_with_errors_is_not_touched(tmp_path, capsys):
    files = good_folder() | {"statement.md": b"", "timeline.csv": good_folder()["timeline.csv"].replace(b"\n", b"\r\n")}
    folder = write(tmp_path, files)
    with pytest.raises(SystemExit) as left:
        format_folder(folder)
    assert left.value.code == 1
    assert "empty-statement" in capsys.readouterr().out
    assert contents(folder) == files


def test_other_files_stay(tmp_path):
    folder = write(tmp_path, good_folder() | {"README.md": b"about\r\n", ".gitignore": b"x"})
    format_folder(folder)
    assert contents(folder) == good_folder() | {"README.md": b"about\r\n", ".gitignore": b"x"}

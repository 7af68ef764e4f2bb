import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from standwith.cli.check import check
from standwith.cli.findings import excerpt, summary, visible
from standwith.cli.format import format_folder
from standwith.cli.refusal import Refusal
from tests.campaigns.good_folder import good_folder, spoil
from tests.campaigns.test_folder import write

NO_COLOUR = {"NO_COLOR": "1", "COLUMNS": "100"}


def test_a_good_folder_passes(tmp_path, capsys):
    check(write(tmp_path, good_folder()))
    assert capsys.readouterr().out == "No errors, no warnings.\n"


def test_an_error_is_shown_like_a_compiler_does(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    files, _ = spoil("facts.csv", "percent,exactly,2020,paper-2020", "percent,exactly,2020,»")
    with pytest.raises(SystemExit) as left:
        check(write(tmp_path, files))
    assert left.value.code == 1
    assert capsys.readouterr().out == (
        "Errors\n\n"
        f"{tmp_path}/facts.csv:4:54: error: “source” is empty. [fact-without-source]\n"
        "    4 | turnout,share of the vote,80,80,percent,exactly,2020,,The unions dispute it,,disputed,,\n"
        "      |                                                      ^\n"
        "  why:  A figure without a source cannot be checked.\n"
        "  mend: Put the id of a row of sources.csv here.\n\n"
        "1 error.\n"
    )


def test_warnings_stand_apart_and_do_not_fail(tmp_path, capsys):
    files = good_folder() | {"notes.txt": b"x"}
    files["statement.md"] += b"\nSee <b>this</b> and 42.\n"
    check(write(tmp_path, files))
    out = capsys.readouterr().out
    assert out.startswith("Warnings\n") and "Errors" not in out
    assert out.endswith("4 warnings.\n")


def test_errors_come_before_warnings(tmp_path, capsys):
    files = good_folder() | {"a.txt": b"x", "statement.md": b""}
    with pytest.raises(SystemExit):
        check(write(tmp_path, files))
    out = capsys.readouterr().out
    assert out.index("Errors\n") < out.index("empty-statement") < out.index("Warnings\n") < out.index("unknown-file")
    assert out.endswith("1 error and 1 warning.\n")


def test_json_for_editors(tmp_path, capsys):
    files, place = spoil("timeline.csv", "BY,paper", "»XX,paper")
    with pytest.raises(SystemExit) as left:
        check(write(tmp_path, files), json=True)
    assert left.value.code == 1
    assert json.loads(capsys.readouterr().out) == {
        "folder": str(tmp_path),
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "code": "unknown-country",
                "severity": "error",
                "file": "timeline.csv",
                "line": 2,
                "column": place.column,
                "what": "No country has the code “XX”.",
                "why": "The code becomes the country's name in every language.",
                "mend": "Write its ISO 3166 code, such as BY or FR.",
            }
        ],
    }


def test_json_of_a_good_folder(tmp_path, capsys):
    check(write(tmp_path, good_folder()), json=True)
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_no_folder_is_one_sentence(tmp_path):
    with pytest.raises(Refusal, match=r"^There is no folder \S+/nowhere\.$"):
        check(tmp_path / "nowhere")


@contextmanager
def as_nobody():
    """Root may read everything: inside the block it is nobody."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_folder_that_may_not_be_read_is_one_sentence():
    with tempfile.TemporaryDirectory() as place:  # tmp_path lies where only its owner may look
        Path(place).chmod(0o755)
        folder = write(Path(place) / "folder", good_folder())
        (folder / "facts.csv").chmod(0)
        with as_nobody(), pytest.raises(Refusal, match="cannot be read: Permission denied"):
            check(folder)


def test_what_a_file_hides_is_shown_and_cannot_deceive_the_terminal(tmp_path, capsys):
    files, _ = spoil("statement.md", "stand", "»\u202estand\x1b[31m")
    with pytest.raises(SystemExit):
        check(write(tmp_path, files))
    out = capsys.readouterr().out
    assert "We ‹U+202E›stand‹U+001B›[31m" in out
    assert "\u202e" not in out and "\x1b[31mwith" not in out


def test_the_caret_stands_under_wide_letters_too():
    assert excerpt("李李x", 3, 80) == ("李李x", 4)
    assert excerpt("a\tb\u200bc", 5, 80) == ("a b‹U+200B›c", 11)


@pytest.mark.parametrize("column", [1, 40, 150, 299, 300])
def test_a_long_line_is_cut_around_the_place(column):
    line = "".join(chr(0x61 + index % 26) for index in range(300))
    shown, caret = excerpt(line, column, 60)
    assert len(shown) <= 60
    assert shown[caret] == line[column - 1]


def test_numbers_are_said_in_words():
    assert summary([]) == "No errors, no warnings."
    assert visible("plain — ünï") == "plain — ünï"


@pytest.mark.parametrize("file", ["campaign.toml", "translations/fr.po"])
@pytest.mark.parametrize("command", [check, format_folder])
def test_a_file_in_place_of_a_folder_is_told_its_folder(tmp_path, command, file):
    folder = write(tmp_path / "amina", good_folder())
    with pytest.raises(Refusal, match=r"is a file, not a campaign folder; name the campaign folder .*: \S+/amina$"):
        command(folder / file)


def test_a_secret_key_is_not_repeated(tmp_path, capsys):
    files, _ = spoil("statement.md", "stand", "»standwith-clerk-secret-1 5b3f0c6a2d9e4f71 AAAA")
    with pytest.raises(SystemExit):
        check(write(tmp_path, files))
    out = capsys.readouterr().out
    assert "secret-in-folder" in out and "5b3f0c6a2d9e4f71" not in out

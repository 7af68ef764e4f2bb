import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from standwith.campaigns import translations
from standwith.campaigns.folder import dump, load_campaign
from standwith.cli.languages import languages
from tests.campaigns.belarus import CAMPAIGN, translate

app = typer.Typer()
app.command()(languages)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small campaign on disk: French whole but for the headline, Arabic not begun; the interface complete."""
    monkeypatch.setattr(translations, "untranslated", lambda code: ())
    campaign = translate(CAMPAIGN, but=lambda key: key == "headline")
    for name, data in dump(campaign).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(*arguments: str, columns: int = 120) -> str:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": str(columns)}, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_table_says_where_each_language_stands(folder: Path) -> None:
    rows = {line.split()[1]: line for line in run(str(folder)).splitlines() if line.startswith("│")}
    assert "live (source)" in rows["en"]
    assert "nearly: 1 string" in rows["fr"]
    assert "not begun" in rows["ar"]
    assert "1 of 3 will be published" in run(str(folder))


def test_programs_get_the_same_as_json(folder: Path) -> None:
    found = json.loads(run(str(folder), "--json"))
    assert [(row["code"], row["words"], row["live"]) for row in found] == [
        ("en", "live", True),
        ("fr", "nearly: 1 string", False),
        ("ar", "not begun", False),
    ]


def test_update_writes_every_string_into_every_catalogue_and_marks_what_is_stale(folder: Path) -> None:
    statement = folder / "statement.md"
    statement.write_text(statement.read_text().replace("many countries", "forty countries"))
    run(str(folder), "--update")
    campaign = load_campaign(folder)
    assert set(campaign.translations) == {"fr", "ar"}
    (stale,) = [entry for entry in campaign.translations["fr"].entries if entry.fuzzy]
    assert (stale.context, "many countries" in stale.previous) == ("statement:1", True)
    assert len(campaign.translations["ar"].entries) == len(translations.strings(campaign))
    before = (folder / "translations" / "fr.po").read_bytes()
    run(str(folder), "--update")
    assert (folder / "translations" / "fr.po").read_bytes() == before


def test_a_narrow_terminal_gets_short_lines(folder: Path) -> None:
    out = run(str(folder), columns=40)
    assert "│" not in out and "…" not in out
    assert "fr  Français\n  nearly: 1 string\n  22 of 23 translated\n" in out
    assert max(map(len, out.splitlines())) <= 40


def break_french(folder: Path, old: str, new: str) -> Path:
    french = folder / "translations" / "fr.po"
    text = french.read_text()
    assert old in text
    french.write_text(text.replace(old, new, 1))
    return french


@pytest.mark.parametrize("columns", [40, 120])
def test_a_broken_catalogue_is_called_so_and_never_overwritten(folder: Path, columns: int) -> None:
    french = break_french(folder, 'msgstr "fr: Release', 'msgstr "fr: "Release')
    before = french.read_bytes()
    assert "broken: see standwith check" in run(str(folder), "--update", columns=columns)
    assert french.read_bytes() == before
    assert (folder / "translations" / "ar.po").exists()
    assert json.loads(run(str(folder), "--json"))[1]["words"] == "broken"


def test_a_mistake_in_one_string_is_said_and_the_rest_kept(folder: Path) -> None:
    french = break_french(folder, 'msgstr "fr: The security forces killed {fact:killed}', 'msgstr "fr: Killed')
    assert "mistakes: see standwith check" in run(str(folder), "--update")
    assert "fr: Killed" in french.read_text()

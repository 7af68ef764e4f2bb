import pytest

from standwith.campaigns.folder import load
from standwith.cli.refusal import Refusal
from standwith.cli.tables import import_table
from tests.campaigns.good_folder import good_folder
from tests.campaigns.tables.workbooks import ods
from tests.campaigns.test_folder import write

TABLE = "Name;Pays;Scope\nSyndicat Exemple;Maroc;local\nExample Town Branch;FR;\nAilleurs;Atlantis;local\n"


def brought(tmp_path, text: str = TABLE, kind: str = "organisations", **options) -> int:
    folder = tmp_path / "folder"
    if not folder.exists():
        write(folder, good_folder())
    table = tmp_path / "table.csv"
    table.write_text(text)
    try:
        import_table(table, kind, folder, **options)
    except SystemExit as left:
        return left.code
    return 0


def test_a_preview_says_everything_and_writes_nothing(tmp_path, capsys):
    assert brought(tmp_path) == 1
    assert capsys.readouterr().out == (
        "  column “Name” is name\n"
        "  column “Pays” is country\n"
        "  column “Scope” is scope\n"
        "Added (1)\n"
        "  Syndicat Exemple  (row 2)\n"
        "    name: Syndicat Exemple\n"
        "    scope: local\n"
        "    country: MA\n"
        "    endorses: no\n"
        "Not understood (2)\n"
        "  row 4, column B: “Atlantis” is not a country that is known here."
        " Write its ISO 3166 code, such as BY or FR.\n"
        "  row 4: “Ailleurs” is new and has no country."
        ' Add a column for it, or say it for all rows: --set "country=…".\n'
        "organisations.csv: 1 added, 0 changed, 1 unchanged, 2 not understood.\n"
        "Nothing is written yet; run it again with --apply.\n"
    )
    assert (tmp_path / "folder/organisations.csv").read_bytes() == good_folder()["organisations.csv"]


def test_apply_writes_what_was_understood_and_doing_it_again_changes_nothing(tmp_path, capsys):
    assert brought(tmp_path, apply=True) == 1
    written = (tmp_path / "folder/organisations.csv").read_text()
    assert written == good_folder()["organisations.csv"].decode() + "Syndicat Exemple,,local,,MA,,,no\n"
    assert load(tmp_path / "folder").findings == ()
    assert "Wrote" in capsys.readouterr().out
    assert brought(tmp_path, apply=True) == 1
    assert (tmp_path / "folder/organisations.csv").read_text() == written


def test_a_change_is_shown_as_old_and_new(tmp_path, capsys):
    assert brought(tmp_path, "Name,Sector\nExample Metalworkers,steel\n") == 0
    assert "    sector: 'metal' → 'steel'\n" in capsys.readouterr().out


def test_a_table_that_would_break_the_folder_is_not_written(tmp_path, capsys):
    text = "Name,country,email,source\nThe minister,FR,m@example.org,nowhere\n"
    assert brought(tmp_path, text, "targets", apply=True) == 1
    assert "There is no source “nowhere” in sources.csv." in capsys.readouterr().out
    assert (tmp_path / "folder/targets.csv").read_bytes() == good_folder()["targets.csv"]


def test_columns_and_values_may_be_said(tmp_path):
    text = "Wer,Anschrift\nThe minister,1 Street\n"
    options = {"mapped": ["Wer = name"], "constants": ["source=paper-2020", "country=Frankreich"], "apply": True}
    assert brought(tmp_path, text, "targets", **options) == 0
    assert (tmp_path / "folder/targets.csv").read_text().endswith("\nThe minister,,,FR,,,1 Street,paper-2020,\n")


def test_a_workbook_says_which_sheet(tmp_path, capsys):
    write(tmp_path / "folder", good_folder())
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Wer", "Wo"))
    (tmp_path / "t.ods").write_bytes(ods(f"<table:table-row>{cells}</table:table-row>"))
    with pytest.raises(SystemExit):
        import_table(tmp_path / "t.ods", "people", tmp_path / "folder")
    assert "sheet “Blatt”, everywhere: No row of the sheet “Blatt” names a column of ours." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"kind": "facts"}, "one of people, organisations, targets"),
        ({"mapped": ["Wer"]}, "with an equals sign"),
        ({"mapped": ["Wer=nobody"]}, "no column “nobody”"),
        ({"constants": ["scope=everything"]}, "--set scope: “everything”"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(tmp_path, options, words):
    with pytest.raises(Refusal, match=words):
        brought(tmp_path, **options)


def test_a_folder_with_errors_and_files_that_cannot_be_read_are_refused(tmp_path):
    folder = write(tmp_path / "folder", good_folder() | {"statement.md": b""})
    with pytest.raises(Refusal, match="has errors; standwith check"):
        brought(tmp_path)
    (folder / "statement.md").write_bytes(good_folder()["statement.md"])
    with pytest.raises(Refusal, match="cannot be read"):
        import_table(tmp_path / "none.csv", "people", folder)
    (tmp_path / "a.xlsx").write_bytes(b"x")
    with pytest.raises(Refusal, match="cannot be imported: it is damaged"):
        import_table(tmp_path / "a.xlsx", "people", folder)
    with pytest.raises(Refusal, match="There is no folder"):
        import_table(tmp_path / "a.xlsx", "people", tmp_path / "nowhere")


def test_signs_that_deceive_are_shown_by_their_number(tmp_path, capsys):
    brought(tmp_path, "Name,country,scope\nA\u202eB,FR,local\n")
    assert "A‹U+202E›B" in capsys.readouterr().out

"""Somebody takes themselves out: nothing of them is left in the folder but what people wrote, and that is listed."""

import os

import pytest

from standwith.campaigns.errors import CampaignRefused
from standwith.campaigns.folder import load
from standwith.campaigns.traces import find_traces, unsearched
from standwith.campaigns.withdrawal import NobodyToWithdraw, withdraw_person
from tests.campaigns.good_folder import PICTURE, good_folder
from tests.campaigns.test_folder import write

FRENCH = """
msgctxt "person:amina-example:name"
msgid "Amina Example"
msgstr "Amina Exemple"

msgctxt "person:amina-example:detail-2"
msgid "after a week"
msgstr "après une semaine"

msgctxt "person:second:role"
msgid "teacher"
msgstr "enseignante"

msgctxt "media:gate.png:alt"
msgid "Workers at the gate of a factory"
msgstr "Amina à la porte"

#, fuzzy
#| msgid "Amina Example"
msgctxt "person:second:name"
msgid "N. N."
msgstr "N. N."

#~ msgctxt "person:amina-example:role"
#~ msgid "welder"
#~ msgstr "soudeuse"
"""


def folder_files() -> dict[str, bytes]:
    files = good_folder()
    files["translations/fr.po"] += FRENCH.encode()
    files["statement.md"] += b"\n- AMINA\n  Example is one of us\n"
    files["sources/letter.pdf"] = b"%PDF-1.7\x00\xff"
    return files


def read(folder) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_nameless_row_is_left(tmp_path):
    folder = write(tmp_path, folder_files())
    done = withdraw_person(folder, "amina-example")
    people = (folder / "people.csv").read_text()
    assert done.tombstone == "withdrawn-2"
    assert people.splitlines()[1:] == [
        "withdrawn-2,,,,,withdrawn,,,,,,,,,,,,",
        "second,N. N.,,,initials,family,high,,,,,03-14,2998-02,2999,2020-08-12,detained,,paper-2020",
        "withdrawn-1,,,,,withdrawn,,,,,,,,,,,,",
    ]
    loaded = load(folder)
    assert {finding.code for finding in loaded.findings} == {"copy-unlisted"}
    assert [person.id for person in loaded.campaign.people] == ["withdrawn-2", "second", "withdrawn-1"]


def test_the_catalogues_forget_too_and_keep_the_others(tmp_path):
    folder = write(tmp_path, folder_files())
    withdraw_person(folder, "amina-example")
    french = (folder / "translations/fr.po").read_text()
    for gone in ("amina-example", "Exemple", "semaine", "soudeuse", "à la porte", "Amina Example"):
        assert gone not in french
    for kept in ("enseignante", "Laissez Amina rentrer", "N. N."):
        assert kept in french


def test_the_photograph_goes_with_its_table_and_from_others_who_are_on_it(tmp_path):
    files = folder_files()
    other = b"third,Noor Example,,,full name,own,low,,gate.png,own,,,,2999,,,,\n"
    files["people.csv"] += other
    files["campaign.toml"] += b'\n# The square\n[[media]]\nfile = "square.png"\nalt = "A square"\n'
    files["media/square.png"] = PICTURE
    folder = write(tmp_path, files)
    done = withdraw_person(folder, "amina-example")
    assert done.gone == ("media/gate.png",)
    assert not (folder / "media/gate.png").exists()
    frame = (folder / "campaign.toml").read_text()
    assert "gate.png" not in frame
    assert frame.endswith('\n# The square\n[[media]]\nfile = "square.png"\nalt = "A square"\n')
    assert "third,Noor Example,,,full name,own,low,,,,,,,2999,,,,\n" in (folder / "people.csv").read_text()
    assert load(folder).campaign is not None


def test_what_is_not_about_the_person_keeps_its_bytes(tmp_path):
    folder = write(tmp_path, folder_files())
    before = read(folder)
    done = withdraw_person(folder, "second")
    after = read(folder)
    assert done.rewritten == ("people.csv", "translations/fr.po")
    assert {name for name in before if before[name] != after.get(name)} == set(done.rewritten)


def test_the_places_where_the_name_still_stands_are_listed(tmp_path):
    folder = write(tmp_path, folder_files())
    done = withdraw_person(folder, "amina-example")
    sure = [(trace.file, trace.line) for trace in done.traces if trace.sure]
    assert sure == [("statement.md", 10)]
    possible = {(trace.file, trace.line) for trace in done.traces if not trace.sure}
    assert {("campaign.toml", 2), ("campaign.toml", 3), ("campaign.toml", 4), ("translations/fr.po", 11)} <= possible
    assert done.unsearched == ("sources/letter.pdf",)


def test_names_are_found_in_other_scripts_with_their_endings():
    files = {"a.md": "Свободу Нине Примеровой!\n\nНина\u00a0Примерова".encode(), "b.bin": b"\xff\x00"}
    traces = find_traces(files, {"Нина Примерова"}, "nina")
    assert [(trace.line, trace.column, trace.sure) for trace in traces] == [
        (1, 9, False),
        (1, 14, False),
        (3, 1, True),
    ]
    assert unsearched(files | {"c.png": b"\xff"}) == ("b.bin",)


@pytest.mark.parametrize("kill", range(4))
def test_a_kill_leaves_the_person_listed_and_doing_it_again_finishes(tmp_path, monkeypatch, kill):
    whole = write(tmp_path / "whole", folder_files())
    withdraw_person(whole, "amina-example")
    folder = write(tmp_path / "killed", folder_files())
    steps = [0]

    def counted(really):
        def step(*given, **named):
            steps[0] += 1
            if steps[0] == kill + 1:
                raise OSError("killed")
            return really(*given, **named)

        return step

    monkeypatch.setattr(os, "replace", counted(os.replace))
    monkeypatch.setattr(os, "unlink", counted(os.unlink))
    with pytest.raises(OSError, match="killed"):
        withdraw_person(folder, "amina-example")
    monkeypatch.undo()
    assert b"amina-example" in (folder / "people.csv").read_bytes()
    withdraw_person(folder, "amina-example")
    assert read(folder) == read(whole)


def test_nobody_is_withdrawn_twice_or_by_a_wrong_id(tmp_path):
    folder = write(tmp_path, folder_files())
    for identifier in ("nobody", "withdrawn-1"):
        with pytest.raises(NobodyToWithdraw, match=f"no person “{identifier}”"):
            withdraw_person(folder, identifier)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("people.csv", b"released,after", b'released,"after'),
        ("translations/fr.po", b'msgctxt "headline"', b"msgctxt headline"),
        ("campaign.toml", b'"Free Amina"', b"Free Amina"),
    ],
)
def test_what_cannot_be_read_is_not_rewritten(tmp_path, file, old, new):
    files = folder_files()
    files[file] = files[file].replace(old, new)
    folder = write(tmp_path, files)
    before = read(folder)
    with pytest.raises(CampaignRefused):
        withdraw_person(folder, "amina-example")
    assert read(folder) == before


def test_a_table_of_before_without_the_later_columns_is_rewritten_as_it_is(tmp_path):
    files = good_folder()
    files["people.csv"] = (
        b"id,name,role,organisation,shown,consent,risk,sources,date,status,detail,source\n"
        b"a,Amina Example,,,none,family,high,,2020-08-12,detained,,paper-2020\n"
    )
    folder = write(tmp_path, files)
    withdraw_person(folder, "a")
    assert (folder / "people.csv").read_text().endswith("\nwithdrawn-1,,,,,withdrawn,,,,,,\n")

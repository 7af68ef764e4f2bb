"""Rows that came against rows that are there: what is added, what changes, what is asked about."""

import pytest

from standwith.campaigns.folder import load_files
from standwith.campaigns.tables import plan_import, read_sheets
from tests.campaigns.good_folder import good_folder


def preview(kind: str, text: str, told=None, constants=None):
    campaign = load_files(good_folder()).campaign
    return plan_import(campaign, kind, read_sheets("a.csv", text.encode()), told, constants)


def changes(found) -> list[tuple[str, str, int, dict[str, tuple[str, str]]]]:
    return [
        (one.how, one.label, one.row, {name: (old, new) for name, old, new in one.cells if new})
        for one in found.changes
    ]


def rows(found) -> list[str]:
    return found.text.splitlines()


def test_the_same_table_changes_nothing():
    for kind in ("people", "organisations", "targets"):
        text = good_folder()[f"{kind}.csv"].decode()
        found = preview(kind, text.replace("withdrawn-1,,,,,withdrawn,,,,,,,,,,,,\n", ""))
        assert (found.changes, found.puzzles) == ((), ())
        assert found.unchanged > 0
        assert found.text == text


def test_organisations_are_added_changed_and_left():
    found = preview(
        "organisations",
        "Our friends\n\nNom;Sigle;Pays;Signataire;Site\n"
        "Example metalworkers;;Biélorussie;non;\n"
        "Example Federation;EF;;;\n"
        "Syndicat Exemple;SE;Maroc;oui;exemple.example.org\n",
        constants={"scope": "national-sectoral"},
    )
    assert changes(found) == [
        ("changed", "Example Metalworkers", 4, {"endorses": ("yes", "no")}),
        (
            "added",
            "Syndicat Exemple",
            6,
            {
                "name": ("", "Syndicat Exemple"),
                "acronym": ("", "SE"),
                "scope": ("", "national-sectoral"),
                "country": ("", "MA"),
                "url": ("", "https://exemple.example.org"),
                "endorses": ("", "yes"),
            },
        ),
    ]
    assert (found.unchanged, found.puzzles) == (1, ())
    assert "Example Metalworkers,EM,national-sectoral,metal,BY,Example Federation,https://example.org,no" in rows(found)
    assert rows(found)[-1] == "Syndicat Exemple,SE,national-sectoral,,MA,,https://exemple.example.org,yes"


def test_the_same_name_in_another_country_is_another_organisation():
    found = preview("organisations", "name,country,scope\nExample Metalworkers,FR,local\n")
    assert [one.how for one in found.changes] == ["added"]


def test_one_name_in_two_countries_is_asked_about():
    text = "name,country,scope\nExample Metalworkers,FR,local\nExample Metalworkers,,\n"
    found = preview("organisations", text)
    assert [(one.row, one.what, one.mend) for one in found.puzzles] == [
        (3, "“Example Metalworkers” stands in our table 2 times: BY, FR.", "Add its country.")
    ]


def test_what_is_not_understood_has_its_place_and_does_not_keep_the_others_back():
    found = preview(
        "organisations",
        "name,country,scope,phone\nA,Atlantis,local,\nB,FR,local,12\n,FR,local,\nC,FR,,\nD,,international,,over\n",
    )
    assert [(one.row, one.column) for one in found.puzzles] == [(1, 4), (2, 2), (2, 0), (4, 0), (5, 0), (6, 5)]
    assert [one.label for one in found.changes] == ["B", "D"]
    assert all(one.what and one.mend for one in found.puzzles)


def test_columns_can_be_told():
    found = preview("organisations", "Wer,Wo,scope\nA,FR,local\n", told={"wer": "name", "Wo": "country"})
    assert found.columns == (("", "Wer", "name"), ("", "Wo", "country"), ("", "scope", "scope"))
    assert [one.label for one in found.changes] == ["A"]


def test_a_sheet_without_headings_is_listed():
    found = preview("targets", "a,b\nc,d\n")
    assert [(one.row, one.what) for one in found.puzzles] == [(0, "No row of this file names a column of ours.")]
    assert found.text == good_folder()["targets.csv"].decode()


def test_a_target_needs_a_source_that_may_be_told_for_all():
    text = "Name,Land,E-Mail\nThe minister,FR,m@example.org\n"
    assert preview("targets", text).puzzles[0].what == "“The minister” is new and has no source."
    found = preview("targets", text, constants={"source": "paper-2020"})
    assert rows(found)[-1] == "The minister,,,FR,,m@example.org,,paper-2020,"


PEOPLE = "id,name,role,shown,consent,risk,date,status,source\n"


def person_rows(found, identifier: str) -> list[str]:
    return [row for row in rows(found) if row.startswith(f"{identifier},")]


def test_a_new_status_goes_to_the_person_in_order_of_time():
    found = preview("people", "Name,Datum,Status,Quelle\nAmina Example,14.08.2020,charged,paper-2020\n")
    assert [row.split(",")[14:16] for row in person_rows(found, "amina-example")] == [
        ["2020-08-11", "detained"],
        ["2020-08-14", "charged"],
        ["2020-08-17", "released"],
    ]


def test_a_status_before_the_first_moves_only_what_happened():
    found = preview("people", "name,date,status,source\nAmina Example,2020-08-09,missing,paper-2020\n")
    first, second, _ = person_rows(found, "amina-example")
    assert first.startswith("amina-example,Amina Example,welder,")
    assert (first.split(",")[14:16], second.split(",")[14:16]) == (
        ["2020-08-09", "missing"],
        ["2020-08-11", "detained"],
    )


def test_a_known_status_may_get_a_detail():
    text = "id,date,status,source,detail\namina-example,2020-08-11,detained,union-2020,at the gate\n"
    (change,) = preview("people", text).changes
    assert change.cells == (("detail", "", "at the gate"),)


def test_ids_are_made_of_names_only_where_the_name_is_shown():
    text = PEOPLE + ",Zoé Example,,full name,own,low,,,\n,Zoe Example,,full name,own,low,,,\n,Noor Example,,,,,,,\n"
    text += ",Нина Пример,,full name,own,low,,,\n"
    found = preview("people", text)
    assert [
        (one.label, {name: new for name, _, new in one.cells}["id"]) for one in found.changes if one.how == "added"
    ] == [
        ("Zoé Example", "zoe-example"),
        ("Noor Example", "person-1"),
        ("Нина Пример", "person-2"),
    ]


def test_first_and_family_names_in_two_columns_become_one():
    found = preview("people", "Nachname,Vorname,Beruf\nExample,Kofi,Maler\n")
    assert [one.label for one in found.changes] == ["Kofi Example"]


def test_two_people_of_one_name_are_asked_about():
    text = PEOPLE + "a,Kofi Example,,,,,,,\nb,Kofi Example,,,,,,,\n,Kofi Example,driver,,,,,,\n"
    found = preview("people", text)
    assert [one.what for one in found.puzzles] == ["“Kofi Example” is the name of 2 people: a, b."]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("withdrawn-1,Amina Example,,,,,,,", "took themselves out"),
        (",Kofi Example,,,,,2020-08,,", "no status and no source"),
        (",Kofi Example,,,,,,detained,union-2020", "no date"),
    ],
)
def test_rows_of_people_that_cannot_be_taken(row, words):
    found = preview("people", PEOPLE + row + "\n")
    assert words in found.puzzles[-1].what
    assert found.changes == ()


def test_an_empty_cell_empties_nothing():
    found = preview("people", PEOPLE + "amina-example,,,,,,,,\n")
    assert (found.changes, found.unchanged) == ((), 1)

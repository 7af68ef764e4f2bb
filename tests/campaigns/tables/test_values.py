import pytest

from standwith.campaigns.shapes import TABLES
from standwith.campaigns.tables.headings import _HEADINGS, KINDS, column_of, fold_heading
from standwith.campaigns.tables.values import field_of, read_cell
from standwith.manuscript import Slip


@pytest.mark.parametrize(
    ("kind", "column", "text", "value"),
    [
        *(
            ("organisations", "country", text, "BY")
            for text in ("BY", "by", "Belarus", "Беларусь", "Biélorussie", "بيلاروسيا")
        ),
        *(("organisations", "country", text, "CI") for text in ("Côte d’Ivoire", "COTE D'IVOIRE", "Ivory Coast")),
        *(
            ("organisations", "endorses", text, "yes")
            for text in ("Yes", "ja", "Да", "TRUE", "x", "✓", "1", "نعم", "Так")
        ),
        *(("organisations", "endorses", text, "no") for text in ("No", "nein", "нет", "0", "لا")),
        ("organisations", "scope", "National sectoral", "national-sectoral"),
        ("organisations", "scope", "Syndicats locaux", "local"),
        ("organisations", "url", "example.org/a", "https://example.org/a"),
        ("organisations", "url", "http://example.org", "http://example.org"),
        *(
            ("people", "date", text, "2020-08-17")
            for text in (
                "2020-08-17",
                "17.08.2020",
                "17. 8. 2020",
                "17/08/2020",
                "08/17/2020",
                "44060",
                "2020-08-17 00:00:00",
                "17 August 2020",
                "17 août 2020",
                "17 августа 2020",
                "August 17, 2020",
            )
        ),
        ("people", "date", "03.04.2020", "2020-04-03"),
        ("people", "date", "04/04/2020", "2020-04-04"),
        ("people", "date", "08.2020", "2020-08"),
        ("people", "date", "2020", "2020"),
        ("people", "born", "14.03.1980", "1980"),
        ("people", "born", "1980", "1980"),
        ("people", "birthday", "14.03.1980", "03-14"),
        ("people", "birthday", "14.3.", "03-14"),
        ("people", "birthday", "03-14", "03-14"),
        ("people", "shown", "Full name", "full name"),
        ("people", "status", "Under house arrest", "under house arrest"),
        ("people", "sources", "a-1, b-2;c", "a-1 b-2 c"),
        ("people", "role", "one\ntwo", "one two"),
        ("people", "detail", "one\ntwo", "one\ntwo"),
        ("targets", "email", "Desk <desk@example.org>", "desk@example.org"),
        ("targets", "language", "Français", "fr"),
        ("targets", "language", "pt_BR", "pt-BR"),
        ("targets", "language", "русский", "ru"),
        ("targets", "postal", "1 Example Street\nTown", "1 Example Street\nTown"),
    ],
)
def test_values_are_read_as_people_write_them(kind, column, text, value):
    assert read_cell(field_of(kind, column), text) == value


@pytest.mark.parametrize(
    ("kind", "column", "text", "code"),
    [
        ("organisations", "country", "Atlantis", "unknown-country"),
        ("organisations", "endorses", "perhaps", "not-yes-or-no"),
        ("organisations", "scope", "all of them", "unknown-scope"),
        ("people", "date", "03/04/2020", "not-a-date"),
        ("people", "date", "31.02.2020", "not-a-date"),
        ("people", "date", "in summer", "not-a-date"),
        ("people", "status", "freed", "unknown-status"),
        ("people", "birthday", "1980", "bad-day"),
        ("targets", "email", "desk at example", "bad-email"),
        ("targets", "language", "Elvish", "unknown-language"),
    ],
)
def test_what_is_not_such_a_value_is_refused_and_never_guessed(kind, column, text, code):
    with pytest.raises(Slip) as refused:
        read_cell(field_of(kind, column), text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "heading", "column"),
    [
        ("organisations", "Name", "name"),
        ("organisations", "NOM DU SYNDICAT", "name"),
        ("organisations", "Название", "name"),
        ("organisations", "Kürzel", "acronym"),
        ("organisations", "البلد", "country"),
        ("organisations", "Sitio web", "url"),
        ("people", "Имя", "name"),
        ("people", "Surname:", "family"),
        ("people", "Rok urodzenia", "born"),
        ("people", "თარიღი", "date"),
        ("targets", "E-Mail (work)", "email"),
        ("targets", "Пасада", "office"),
        ("targets", "Телефон", ""),
    ],
)
def test_headings_are_known_in_many_languages(kind, heading, column):
    assert column_of(kind, heading, {}) == column


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_headings_are_known_and_none_of_theirs_means_two_columns(kind):
    for name in TABLES[f"{kind}.csv"].names:
        assert column_of(kind, name, {}) == name
    seen: dict[str, str] = {}
    for column, written in _HEADINGS[kind].items():
        assert column in (*TABLES[f"{kind}.csv"].names, "given", "family")
        for heading in filter(None, map(fold_heading, written.split(";"))):
            ours = TABLES[f"{kind}.csv"].names
            assert seen.setdefault(heading, column) == column, heading
            assert heading.replace(" ", "_") not in ours or heading.replace(" ", "_") == column, heading


def test_what_the_user_says_of_a_heading_comes_first():
    assert column_of("people", "Country", {"country": "organisation"}) == "organisation"

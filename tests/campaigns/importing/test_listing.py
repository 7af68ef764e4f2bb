"""Lines of lists: names keep their dashes, countries are known in every language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.campaigns.importing.countries import country_code
from standwith.campaigns.importing.listing import Listed, read_listed, read_row
from standwith.languages import COUNTRIES, INTERFACE, voice


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Example Union (EU-1) - Brésil.",
            Listed(name="Example Union", acronym="EU-1", country="BR", printed="Brésil"),
        ),
        (
            "Example - United (EX U) – Etat espagnol",
            Listed(name="Example - United", acronym="EX U", country="ES", printed="Etat espagnol"),
        ),
        (
            "Union of Rail, Sea and Air (URSA/X) - Grande-Bretagne.",
            Listed(name="Union of Rail, Sea and Air", acronym="URSA/X", country="GB", printed="Grande-Bretagne"),
        ),
        (
            "(مثال) - Syndicat du bus (Misal) – Iran.",
            Listed(name="Syndicat du bus", acronym="Misal", country="IR", printed="Iran", native="مثال"),
        ),
        ("Workers - International Example (WIE).", Listed(name="Workers - International Example", acronym="WIE")),
        ("Rail-Example Union - Maroc", Listed(name="Rail-Example Union", country="MA", printed="Maroc")),
        ("Example Union, Italy", Listed(name="Example Union", country="IT", printed="Italy")),
        ("Example Union (Italy)", Listed(name="Example Union", country="IT", printed="Italy")),
        ("Example Union (EU) (Italia)", Listed(name="Example Union", acronym="EU", country="IT", printed="Italia")),
        ("Example Union (EU) - Utopia", Listed(name="Example Union", acronym="EU", printed="Utopia")),
        ("Example Union — Соединенные Штаты", Listed(name="Example Union", country="US", printed="Соединенные Штаты")),
        ("Just a name", Listed(name="Just a name")),
    ],
)
def test_a_line_is_taken_apart(line: str, expected: Listed) -> None:
    assert read_listed(line) == expected


@pytest.mark.parametrize("code", INTERFACE)
def test_every_country_is_known_in_every_language(code: str) -> None:
    unknown = {name: found for found, name in voice(code).countries() if country_code(name) != found}
    assert unknown == {}
    assert len(COUNTRIES) > 240


@pytest.mark.parametrize(
    ("name", "code"),
    [("Catalogne", "ES"), ("Pays basque", "ES"), ("Angleterre", "GB"), ("Sahara occidental", "EH"), ("Burkina", "BF"),
     ("ETATS-UNIS", "US"), ("Côte d’Ivoire", "CI"), ("Hong Kong", "HK"), ("Palestine", "PS"), ("Écosse", "GB"),
     ("Белоруссия", "BY"), ("بيلاروس", "BY"), ("Улуу Британия", "GB"), ("Wielka Brytania", "GB"),
     ("Atlantis", ""), ("", "")],
)  # fmt: skip
def test_names_that_unions_use(name: str, code: str) -> None:
    assert country_code(name) == code


@given(st.text(max_size=80))
def test_no_sign_of_a_line_is_lost(line: str) -> None:
    found = read_listed(line)
    kept = "".join((found.name, found.acronym, found.printed, found.native))
    assert sorted(sign for sign in kept if sign.isalnum()) == sorted(sign for sign in line if sign.isalnum())


def test_a_row_of_a_table_is_an_organisation_too() -> None:
    expected = Listed(name="Example Union", acronym="EU", country="IT", printed="Italia")
    assert read_row(("Example Union", "EU", "Italia")) == expected
    assert read_row(("Italia", "Example Union (EU)", "")) == expected
    assert read_row(("1", "Example Union", "EU", "Italia")).name == "1 | Example Union | EU | Italia"

from babel import Locale

from standwith.languages import COUNTRIES, voice
from standwith.languages.countries import PREFERRED_NAMES

# Regions that CLDR names with two letters and that are no countries: groups, islands of others, private use.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def test_the_list_is_what_the_world_counts() -> None:
    named = {code for code in Locale("en").territories if len(code) == 2}
    assert named - NO_COUNTRIES == COUNTRIES
    assert len(COUNTRIES - {"XK"}) == 249


def test_belarus_is_called_by_its_own_name() -> None:
    said = {code: voice(code).country("BY") for code in ("ar", "de", "es", "fr", "it", "pt", "ru")}
    assert said == {
        "ar": "بيلاروسيا",
        "de": "Belarus",
        "es": "Belarús",
        "fr": "Bélarus",
        "it": "Belarus",
        "pt": "Belarus",
        "ru": "Беларусь",
    }


def test_a_preferred_name_is_for_a_country_that_there_is() -> None:
    assert {country for _, country in PREFERRED_NAMES} <= COUNTRIES

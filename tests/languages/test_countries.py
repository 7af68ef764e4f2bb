from babel import Locale

from standwith.languages import COUNTRIES

# Regions that CLDR names with two letters and that are no countries: groups, islands of others, private use.
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}


def test_the_list_is_what_the_world_counts() -> None:
    named = {code for code in Locale("en").territories if len(code) == 2}
    assert named - NO_COUNTRIES == COUNTRIES
    assert len(COUNTRIES - {"XK"}) == 249

"""Names are found whatever marks and capitals they are typed with."""

import pytest

from standwith.organisations import fold, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("GIDA-İŞ", "gida-is"),
        ("Gıda Sanayii", "gida sanayii"),
        ("Łódź", "lodz"),
        ("Confédération", "confederation"),
        ("Straße", "strasse"),
        ("Профсоюзов Йошкар", "профсоюзов иошкар"),
        ("Беларускі", "белаruski".replace("ruski", "руски")),
        ("الاتحاد العامّ", "الاتحاد العام"),
        ("კავშირი", "კავშირი"),
        ("FNV", "fnv"),
    ],
)
def test_fold(written: str, typed: str) -> None:
    assert fold(written) == typed
    assert fold(fold(written)) == fold(written)


def test_words_end_at_dots_dashes_and_apostrophes() -> None:
    assert words_of("L'autre syndicat, CO.BAS (n° 1)") == ["l", "autre", "syndicat", "co", "bas", "n", "1"]
    assert words_of(" – ") == []

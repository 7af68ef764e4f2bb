import pytest

from standwith.languages.sorting import sort_key


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            "en",
            [
                "Åland Islands",
                "Albania",
                "Côte d’Ivoire",
                "Croatia",
                "Guinea",
                "Guinea-Bissau",
                "New Zealand",
                "Zambia",
            ],
        ),
        ("de", ["Ägypten", "Albanien", "Österreich", "Osttimor", "Zypern"]),
        ("fr", ["Égypte", "Émirats arabes unis", "Espagne", "États-Unis", "Éthiopie"]),
        ("es", ["Nicaragua", "Ñame", "Omán"]),
        ("pl", ["Libia", "Litwa", "Łotwa", "Macedonia", "Świat", "Tajlandia", "Zambia", "Żelazo"]),
        ("be", ["Гана", "Емен", "Ёрданія", "Зімбабвэ", "Індыя", "Кітай", "Швецыя", "Ямайка"]),
        ("uk", ["Гана", "Ґренада", "Естонія", "Ємен", "Зімбабве", "Індія", "Їжак", "Йорданія"]),
        ("ru", ["Ёлка", "Емельян", "Китай"]),
        ("ky", ["Норвегия", "Ңаңа", "Оман", "Өзбекстан", "Улуу Британия", "Үндөстан", "Фиджи"]),
        ("ka", ["ავსტრია", "ბელარუსი", "ჰაიტი"]),
        ("ar", ["إثيوبيا", "أذربيجان", "آروبا", "بيلاروس", "تونس"]),
    ],
)
def test_names_stand_where_a_reader_looks_for_them(code: str, names: list[str]) -> None:
    assert sorted(set(names), key=sort_key(code)) == names


def test_names_that_differ_by_a_mark_only_keep_one_order() -> None:
    assert sorted(["Perú", "Peru"], key=sort_key("en")) == sorted(["Peru", "Perú"], key=sort_key("en"))

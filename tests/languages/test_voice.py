from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel.localedata import locale_identifiers

from standwith.languages import COUNTRIES, INTERFACE, PartialDate, Voice, voice
from standwith.languages import messages as interface

AUGUST_9 = PartialDate(2020, 8, 9)


@pytest.fixture
def french() -> Voice:
    """A French voice that knows three messages."""
    known = {
        "Hello {name}": ("Bonjour {name}",),
        "{n} person": ("{n} personne", "{n} personnes"),
        "since {when}": ("depuis {when}",),
    }
    return Voice("fr", {"fr": known}.__getitem__)


def test_a_message_is_translated_and_filled(french: Voice) -> None:
    assert french.gettext("Hello {name}", name="Ana {name}") == "Bonjour Ana {name}"
    assert french.gettext("since {when}", when=AUGUST_9) == "depuis 9 août 2020"


def test_a_message_that_counts_takes_the_language_s_form_and_number(french: Voice) -> None:
    said = [french.ngettext("{n} person", "{n} people", n) for n in (0, 1, 2, 7000)]
    assert said == ["0 personne", "1 personne", "2 personnes", "7\u202f000 personnes"]


def test_what_is_not_translated_comes_in_english(french: Voice) -> None:
    assert french.gettext("Sign") == "Sign"
    assert [french.ngettext("{n} union", "{n} unions", n) for n in (0, 1)] == ["0 unions", "1 union"]
    assert [french.translates(message) for message in ("Sign", "{n} person")] == [False, True]


def test_a_value_for_nobody_and_a_place_without_value_do_no_harm(french: Voice) -> None:
    assert french.gettext("Hello {name}", other=1) == "Bonjour {name}"


NUMBERS = {
    "en": ("1,234,567", "80%"),
    "fr": ("1\u202f234\u202f567", "80\xa0%"),
    "de": ("1.234.567", "80\xa0%"),
    "ar": ("١٬٢٣٤٬٥٦٧", "٨٠٪"),
    "be": ("1\xa0234\xa0567", "80\xa0%"),
    "ka": ("1\xa0234\xa0567", "80%"),
}


@pytest.mark.parametrize("code", NUMBERS)
def test_numbers_take_the_language_s_form(code: str) -> None:
    number, percent = NUMBERS[code]
    assert voice(code).number(1234567) == number
    assert voice(code).percent(80).replace("\u061c", "") == percent


DATES = {
    "en": ("2020", "August 2020", "9 August 2020"),
    "fr": ("2020", "août 2020", "9 août 2020"),
    "es": ("2020", "agosto de 2020", "9 de agosto de 2020"),
    "pt": ("2020", "agosto de 2020", "9 de agosto de 2020"),
    "it": ("2020", "agosto 2020", "9 agosto 2020"),
    "de": ("2020", "August 2020", "9. August 2020"),
    "ar": ("٢٠٢٠", "أغسطس ٢٠٢٠", "٩ أغسطس ٢٠٢٠"),
    "ru": ("2020", "август 2020\xa0г.", "9 августа 2020\xa0г."),
    "be": ("2020", "жнівень 2020", "9 жніўня 2020\xa0г."),
    "uk": ("2020", "серпень 2020\xa0р.", "9 серпня 2020\xa0р."),
    "ka": ("2020", "აგვისტო, 2020", "9 აგვისტო, 2020"),
    "ky": ("2020", "2020-ж., август", "2020-ж., 9-август"),
    "pl": ("2020", "sierpień 2020", "9 sierpnia 2020"),
}


@pytest.mark.parametrize("code", INTERFACE)
def test_dates_are_said_as_exactly_as_they_are_known(code: str) -> None:
    said = tuple(voice(code).date(PartialDate.parse(text)) for text in ("2020", "2020-08", "2020-08-09"))
    assert tuple(text.replace("\u202f", "\xa0") for text in said) == DATES[code]
    assert voice(code).date(date(2020, 8, 9)) == said[2]
    assert voice(code).month_of(AUGUST_9) == said[1]


def test_a_moment_is_said_in_utc() -> None:
    when = datetime(2020, 8, 9, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    assert voice("en").moment(when) == "10 August 2020, 02:30 UTC"
    assert voice("de").moment(datetime(2020, 8, 9, 13, 5, tzinfo=UTC)) == "9. August 2020, 13:05 UTC"
    assert voice("ar").moment(when).startswith("١٠ أغسطس ٢٠٢٠")
    with pytest.raises(ValueError, match="time zone"):
        voice("en").moment(datetime(2020, 8, 9))  # noqa: DTZ001


@pytest.mark.parametrize("code", INTERFACE)
def test_every_country_has_a_name_and_its_place(code: str) -> None:
    listed = voice(code).countries()
    assert {country for country, _ in listed} == COUNTRIES
    assert all(name != country for country, name in listed)
    assert [name for _, name in listed] == sorted((name for _, name in listed), key=voice(code).order)


def test_country_names_and_lists() -> None:
    assert [voice(code).country("BY") for code in ("en", "pl", "ka")] == ["Belarus", "Białoruś", "ბელარუსი"]
    assert voice("en").country("ZZZ") == "ZZZ"
    assert [voice(code).join(["a", "b", "c"]) for code in ("en", "fr", "ar")] == ["a, b and c", "a, b et c", "a وb وc"]
    assert [voice("en").join(items) for items in ([], ["a"])] == ["", "a"]


def test_there_is_one_voice_per_language_and_it_reads_nothing_until_it_speaks() -> None:
    assert voice("fr") is voice("fr")
    assert Voice("fr", lambda code: pytest.fail("read too early")).number(1) == "1"


def test_a_language_that_we_do_not_speak_says_so() -> None:
    assert interface.spoken_as("ckb") is None
    assert voice("ckb").speaks == "en"
    assert voice("pt-BR").speaks == "pt"
    assert voice("en").fallback is False
    assert voice("ckb").gettext("Sign the statement") == "Sign the statement"
    assert voice("ckb").dir == "rtl"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "29 February"),
        ("fr", "29 février"),
        ("de", "29. Februar"),
        ("pt", "29 de fevereiro"),
        ("ar", "٢٩ فبراير"),
    ],
)
def test_a_day_that_comes_every_year_is_said_without_the_year(code: str, said: str) -> None:
    assert voice(code).day_of_year(2, 29) == said


def test_every_language_that_cldr_knows_can_say_numbers_and_dates() -> None:
    when = datetime(2020, 8, 9, tzinfo=UTC)
    codes = [name.replace("_", "-") for name in locale_identifiers() if name != "root"]
    for code in codes[::7]:
        said = Voice(code)
        texts = [
            said.number(7000),
            said.percent(80),
            said.moment(when),
            said.month_of(AUGUST_9),
            said.day_of_year(8, 9),
            said.date(PartialDate(2020)),
        ]
        assert all(texts), code

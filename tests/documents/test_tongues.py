"""The languages of short lines, which is where guessing is hard."""

import pytest

from standwith.documents.tongues import guess_language

LINES = {
    "en": "We stand with the workers who were detained",
    "fr": "Nous sommes avec les travailleurs détenus",
    "es": "Estamos con los trabajadores detenidos",
    "pt": "Estamos com os trabalhadores detidos",
    "it": "Siamo con i lavoratori arrestati",
    "de": "Wir stehen zu den verhafteten Arbeitern",
    "ar": "نحن مع العمال المعتقلين",
    "ru": "Мы с задержанными рабочими",
    "be": "Мы з затрыманымі рабочымі",
    "uk": "Ми із затриманими робітниками",
    "ka": "ჩვენ ვართ დაკავებულ მუშებთან",
    "ky": "Биз кармалган жумушчулар менен биргебиз",
    "pl": "Jesteśmy z zatrzymanymi pracownikami",
}


@pytest.mark.parametrize("code", LINES)
def test_a_line_is_enough(code: str) -> None:
    assert guess_language(LINES[code]).code == code
    assert guess_language(LINES[code].upper()).code == code


@pytest.mark.parametrize("text", ["", "2020", "15.08.2020", "***", "abc"])
def test_what_says_nothing_is_in_no_language(text: str) -> None:
    assert guess_language(text) == ("", 0.0)

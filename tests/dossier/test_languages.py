"""The example campaign in all thirteen languages: what is read back from the PDF is what was put in."""

from functools import cache
from pathlib import Path

import pytest

from standwith.campaigns.folder import load_campaign
from standwith.campaigns.model import Campaign
from standwith.campaigns.translations import localise
from standwith.dossier import compose
from standwith.languages import INTERFACE, voice
from tests.dossier.reading import DAY, fonts_of, printed, squeezed, text_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "stand-with-belarus"
FONTS = {"ar": "NotoNaskhArabic", "ka": "NotoSerifGeorgian"}


@cache
def example() -> Campaign:
    return load_campaign(EXAMPLE)


@pytest.mark.parametrize("code", INTERFACE)
def test_every_language_is_set_whole(code: str) -> None:
    pdf = printed(example(), code)
    found, texts = squeezed(text_of(pdf)), localise(example(), code)
    for key in ("title", "demand:strike-right", "demand:expel", "demand:boycott", "demand:free-elections"):
        if key in texts.texts and texts.text(key).text:
            for word in texts.text(key).text.split():
                assert squeezed(word) in found, (key, word)
    assert any(FONTS.get(code, "NotoSerif") in line for line in fonts_of(pdf))
    assert "\ufffd" not in found


@pytest.mark.parametrize("code", INTERFACE)
def test_pages_count_in_the_digits_of_the_language(code: str) -> None:
    told = compose(example(), voice(code), DAY)
    assert told.frame.digits == tuple(voice(code).number(digit) for digit in range(10))
    assert "n" in told.frame.page[1::2] and "total" in told.frame.page[1::2]

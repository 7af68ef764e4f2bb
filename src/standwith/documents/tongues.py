"""Which language a block is in.

Only languages in which unions write to each other are thought of. Invariant: nothing is fetched; the model travels with
its package. Single letters or dates are in no language. Does not smooth over a document; who knows what its parts are
does. Codes are BCP 47.
"""

from functools import cache
from typing import Any, NamedTuple

CODES = (  # those of the interface, then others
    "en fr es pt it de ar ru be uk ka ky pl "
    "nl tr el sr hr sl sk cs bg mk ro hu sv da no fi et lv lt sq hy az kk ca eu fa ur he hi bn ta id ms vi th ko ja zh "
    "sw af"
)
_FEWEST = 4
"""Letters that it takes to have an opinion."""


class Guess(NamedTuple):
    """A language and how sure it is, from 0 to 1; "" and 0 for what is in none."""

    code: str
    sure: float


@cache
def _identifier() -> Any:
    """The model, read at the first question: it takes half a second and 30 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in CODES.split() if code in identifier.labels])
    return identifier


def guess_language(text: str) -> Guess:
    """The language of a text."""
    letters = "".join(sign if sign.isalpha() or sign in "'’-¡¿" else " " for sign in text)
    if sum(sign.isalpha() for sign in letters) < _FEWEST:
        return Guess("", 0.0)
    code, sure = _identifier().classify(" ".join(letters.split()))
    return Guess(str(code), float(sure))

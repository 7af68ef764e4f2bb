"""Names as they are searched for: small letters without marks, so that "Gıda" is found by "gida" and "Łódź" by "lodz".

Invariant: the script of the search page (site/directory/search.js) folds the same way; a test holds the two together.
Folding is for finding and comparing, never for showing. Standard: UAX 15 (NFKD).
"""

import re
import unicodedata

# Letters that Unicode does not take apart; search.js holds the same list.
ALONE = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t",
    "ґ": "г", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ү": "у", "ұ": "у", "һ": "х", "ə": "e", "є": "е", "і": "и",
}  # fmt: skip

_ALONE = str.maketrans(ALONE)
_WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the text without capitals and marks."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in parts if unicodedata.category(sign)[0] != "M")
    return bare.lower().translate(_ALONE)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text in their order; a dot or an apostrophe ends a word."""
    return _WORDS.findall(fold(text))

"""The order of names in a list, per language, without ICU.

Invariant: letters that a language counts as its own (Polish ł, Spanish ñ, Belarusian і) stand at their place in its
alphabet; other marks only decide between names that are otherwise the same; spaces sort before letters. A Latin name
in a Cyrillic list goes to its end, and the other way round. Does not try to be Unicode's collation (UTS 10).
"""

import unicodedata
from collections.abc import Callable
from functools import cache

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
}
_SPACE, _OTHER = 0, 1000

SortKey = tuple[tuple[int, ...], str]


@cache
def sort_key(code: str) -> Callable[[str], SortKey]:
    """A key function for `sorted` that puts names into this language's order."""
    alphabet = _ALPHABETS.get(code.partition("-")[0], _LATIN)
    places = {letter: place for place, letter in enumerate(alphabet, start=1)}
    stands = cache(lambda letter: _places(letter, places))  # there are few letters, and many names

    def key(name: str) -> SortKey:
        folded = unicodedata.normalize("NFC", name).casefold()
        return tuple(place for letter in folded for place in stands(letter)), name

    return key


def _places(letter: str, places: dict[str, int]) -> list[int]:
    """Where one character stands: by itself if it is a letter of the alphabet, else by what is under its marks."""
    if letter in places:
        return [places[letter]]
    if letter.isspace():
        return [_SPACE]
    bare = [part for part in unicodedata.normalize("NFKD", letter) if part.isalnum()]
    return [places.get(part, _OTHER + ord(part)) for part in bare]

"""Codes that people read and type: numbers in Crockford's base 32, without I, L, O and U.

    recognition code   7R4QZ-0XK2M-9T3BC-W8E1N-5DGJKA    16 random bytes: 26 letters and digits, five groups
    on a line          7R4QZ0XK2M9T3BCW8E1N5DGJKA        the same, for addresses and lists

A recognition code stands in the ledger beside its signature; with it a supporter finds it there. 26 letters hold 130
bits, so the first is at most 7. The browser draws such codes too (site/number.js) and must write the same letters.
Invariant: `read_code(write_code(code)) == code`, and `read_code` forgives what does not matter when a person types:
case, spaces, hyphens, o for 0, i and l for 1. It does not know which codes exist.
Standard: Crockford, "Base 32 encoding".
"""

from standwith.sealing.errors import TokenDamaged

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES, CODE_LETTERS = 16, 26
_GROUPS = ((0, 5), (5, 10), (10, 15), (15, 20), (20, 26))
_MOST_TYPED = 100  # characters: a code with every hyphen and space that anybody would type
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"  # office programmes and phones write many kinds
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(_HYPHENS + " \t\r\n\u00a0\u202f"))
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def write_code(code: bytes) -> str:
    """The recognition code as people are shown it: 26 letters and digits in groups."""
    spelt = spell_code(code)
    return "-".join(spelt[start:end] for start, end in _GROUPS)


def spell_code(code: bytes) -> str:
    """The recognition code without hyphens: for the part of an address behind the #, and for lists."""
    if len(code) != CODE_BYTES:
        raise ValueError(f"A recognition code has {CODE_BYTES} bytes, not {len(code)}.")
    return spell(int.from_bytes(code, "big"), CODE_LETTERS)


def read_code(text: str) -> bytes:
    """The 16 bytes of a typed recognition code; raises TokenDamaged."""
    value = read_letters(text, CODE_LETTERS)
    if value is None or value >> 8 * CODE_BYTES:
        raise TokenDamaged("The code has 26 letters and digits, and the first is a digit up to 7.")
    return value.to_bytes(CODE_BYTES, "big")


def spell(value: int, letters: int) -> str:
    """The number in this many letters, leading zeros too."""
    return "".join([ALPHABET[value >> 5 * place & 31] for place in range(letters - 1, -1, -1)])


def read_letters(text: str, letters: int) -> int | None:
    """The number that these typed letters spell, or None if they are not so many, or others."""
    if len(text) > _MOST_TYPED:
        return None
    typed = text.upper().translate(_FORGIVEN)
    if len(typed) != letters or not all(letter in _VALUES for letter in typed):
        return None
    value = 0
    for letter in typed:
        value = value << 5 | _VALUES[letter]
    return value

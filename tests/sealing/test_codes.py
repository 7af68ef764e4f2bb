"""Recognition codes: written and read back, however a person types them."""

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.sealing.codes import ALPHABET, CODE_LETTERS, read_code, read_letters, spell, spell_code, write_code
from standwith.sealing.errors import TokenDamaged

CODES = st.binary(min_size=16, max_size=16)
Slip = Callable[[str], str]
SLIPS: list[Slip] = [
    str.lower,
    str.swapcase,
    lambda text: f"\u00a0 {text}\r\n",
    lambda text: text.replace("-", ""),
    lambda text: text.replace("-", " "),
    lambda text: text.replace("-", "\u2013"),
    lambda text: "-".join(text.replace("-", "")),
    lambda text: text.replace("0", "O").replace("1", "I"),
    lambda text: text.replace("0", "o").replace("1", "l"),
]


def test_the_letters_are_frozen() -> None:
    assert write_code(bytes(16)) == "00000-00000-00000-00000-000000"
    assert write_code(b"\xff" * 16) == "7ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZZ"
    assert write_code(bytes(range(16))) == "00041-06105-0R3GG-28A1C-60T3GF"
    assert spell_code(bytes(range(16))) == "00041061050R3GG28A1C60T3GF"


@given(CODES)
def test_a_code_comes_back_as_it_was(code: bytes) -> None:
    written = write_code(code)
    assert [len(group) for group in written.split("-")] == [5, 5, 5, 5, 6]
    assert set(written) <= set(ALPHABET) | {"-"} and not set(written) & set("ILOU")
    assert written.replace("-", "") == spell_code(code)
    assert read_code(written) == read_code(spell_code(code)) == code


@given(CODES, st.sampled_from(SLIPS), st.sampled_from(SLIPS))
def test_how_it_was_typed_does_not_matter(code: bytes, slip: Slip, other: Slip) -> None:
    assert read_code(slip(other(write_code(code)))) == code


@given(CODES, CODES)
def test_two_codes_are_written_in_two_ways(code: bytes, other: bytes) -> None:
    assert (write_code(code) == write_code(other)) == (code == other)


@given(st.text(max_size=40) | st.text(string.ascii_letters + string.digits, min_size=26, max_size=26))
def test_whatever_is_typed_is_a_code_or_damaged(typed: str) -> None:
    try:
        code = read_code(typed)
    except TokenDamaged:
        return
    assert read_code(write_code(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7R4QZ-0XK2M",
        "7" * 25,
        "7" * 27,
        "8" + "0" * 25,
        "Z" * 26,
        "7" * 25 + "U",
        "7" * 25 + "é",
        "7" * 25 + "\u0667",
        "7" * 25 + "\0",
        "#" + "7" * 26,
        "7" * 100_000,
        "7" * 26 + " " * 100_000,
    ],
)
def test_what_is_no_code_is_damaged(typed: str) -> None:
    with pytest.raises(TokenDamaged):
        read_code(typed)


@pytest.mark.parametrize("length", [0, 10, 15, 17, 32])
def test_a_code_has_sixteen_bytes(length: int) -> None:
    with pytest.raises(ValueError, match=f"16 bytes, not {length}"):
        spell_code(bytes(length))
    with pytest.raises(ValueError, match=f"16 bytes, not {length}"):
        write_code(bytes(length))


@given(st.integers(min_value=0, max_value=2**50 - 1))
def test_a_number_in_ten_letters_comes_back(value: int) -> None:
    assert len(spell(value, 10)) == 10
    assert read_letters(spell(value, 10), 10) == value
    assert read_letters(spell(value, 10), 11) is None


def test_the_alphabet_has_a_letter_for_every_five_bits() -> None:
    assert len(set(ALPHABET)) == 32
    assert CODE_LETTERS * 5 - 128 == 2

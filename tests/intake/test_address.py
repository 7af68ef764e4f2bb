"""E-mail addresses: the odd ones that are real are taken, the odd ones that can't be reached are not."""

import pytest

from standwith.intake.address import read_address

TAKEN = {
    "amina@example.org": "amina@example.org",
    "Amina.Example@EXAMPLE.org": "Amina.Example@example.org",
    "a@b.example": "a@b.example",
    "amina+belarus@example.org": "amina+belarus@example.org",
    "o'neill@example.org": "o'neill@example.org",
    "amina_example-99@mail.sub.example.org": "amina_example-99@mail.sub.example.org",
    "!#$%&*/=?^`{|}~@example.org": "!#$%&*/=?^`{|}~@example.org",
    "amina@bücher.example": "amina@xn--bcher-kva.example",
    "amina@BÜCHER.example": "amina@xn--bcher-kva.example",
    "amina@bu\u0308cher.example": "amina@xn--bcher-kva.example",
    "amina@straße.example": "amina@xn--strae-oqa.example",
    "amina@пример.испытание": "amina@xn--e1afmkfd.xn--80akhbyknj4f",
    "amina@例え.テスト": "amina@xn--r8jz45g.xn--zckzah",
    "amina@例え。テスト": "amina@xn--r8jz45g.xn--zckzah",
    "amina@xn--bcher-kva.example": "amina@xn--bcher-kva.example",
    "l" * 64 + "@example.org": "l" * 64 + "@example.org",
    "a@" + "d" * 63 + ".example": "a@" + "d" * 63 + ".example",
    "=cmd@example.org": "=cmd@example.org",
}
REFUSED = [
    "",
    "amina",
    "@example.org",
    "amina@",
    "amina@localhost",
    "amina@@example.org",
    "amina@example@example.org",
    '"amina example"@example.org',
    '"a@b"@example.org',
    "Amina <amina@example.org>",
    "amina@[192.0.2.1]",
    "amina@192.0.2.1",
    "amina@example.org.",
    "amina@.example.org",
    "amina@example..org",
    "amina@-example.org",
    "amina@example-.org",
    ".amina@example.org",
    "amina.@example.org",
    "am..ina@example.org",
    "amina example@example.org",
    "amina@example.org, bcc@example.net",
    "amina@example.org\nBcc: all@example.net",
    "amina@example.org\r\n",
    "amína@example.org",
    "amina@😀.example",
    "amina@exa\u202emple.org",
    "l" * 65 + "@example.org",
    "a@" + "d" * 64 + ".example",
    "a@" + ".".join(["d" * 50] * 5) + ".example.org",
    "a" * 320,
    "a" * 60 + "@" + ".".join(["例" * 60] * 2) + ".example",
]


@pytest.mark.parametrize("typed", TAKEN)
def test_an_address_that_can_be_written_to_is_taken(typed: str) -> None:
    assert read_address(typed) == TAKEN[typed]


@pytest.mark.parametrize("typed", REFUSED)
def test_an_address_that_cannot_is_not(typed: str) -> None:
    assert read_address(typed) is None


def test_what_was_taken_is_taken_again_unchanged() -> None:
    assert [read_address(address) for address in TAKEN.values()] == list(TAKEN.values())

"""Custodians with an age key: a plain age file holds their share, and says whom it was made for."""

import hashlib

import pyrage
import pytest

from standwith.sealing.age import AgeIdentity, AgeRecipient, make_age_key
from standwith.sealing.errors import DamagedRecord, KeyRefused
from standwith.sealing.recipients import parse_custodian_secret, parse_recipient
from tests.sealing.examples import age_key, key

SHARE, HEAD = b"\x03" + bytes(32), b"the head of an envelope"


def test_a_recipient_survives_its_text_form() -> None:
    line = str(age_key().public)
    again = AgeRecipient.parse(f"{line}\n")
    assert (again, str(again), line[:4]) == (age_key().public, line, "age1")
    assert again.id == hashlib.sha256(b"standwith/age/1\n" + line.encode()).digest()[:8]


def test_an_identity_is_read_from_the_file_that_age_keygen_writes() -> None:
    written = f"# created: 2026-03-01T12:00:00Z\n# public key: {age_key().public}\n{age_key()}\n"
    for text in (written, str(age_key()), written.replace("\n", "\r\n")):
        assert str(AgeIdentity.parse(text)) == str(age_key())
        assert AgeIdentity.parse(text).id == age_key().id


def test_the_stock_format_opens_it() -> None:
    sealed = age_key().public.seal(SHARE, HEAD)
    assert sealed.startswith(b"age-encryption.org/v1\n-> X25519 ")
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(str(age_key()))])[:33] == SHARE


def test_a_share_opens_for_what_it_was_made_for_only() -> None:
    sealed = age_key().public.seal(SHARE, HEAD)
    assert age_key().open(sealed, HEAD) == SHARE
    with pytest.raises(DamagedRecord, match="another campaign or other custodians"):
        age_key().open(sealed, HEAD + b"!")
    with pytest.raises(DamagedRecord, match="changed"):
        make_age_key().open(sealed, HEAD)


@pytest.mark.parametrize("content", [b"", SHARE, SHARE[:-1] + bytes(16)])
def test_an_age_file_that_holds_something_else_is_damaged(content: bytes) -> None:
    with pytest.raises(DamagedRecord):
        age_key().open(pyrage.encrypt(content, [age_key().public.half]), HEAD)


@pytest.mark.parametrize("text", ["", "# only a comment\n", f"{age_key()}\n{age_key()}\n", str(age_key())[:-1] + "!"])
def test_what_is_no_identity_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(KeyRefused) as refusal:
        AgeIdentity.parse(text)
    assert "AGE-SECRET" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_secrets_show_in_no_repr() -> None:
    assert "AGE-SECRET" not in repr(age_key())


@pytest.mark.parametrize(
    "line",
    ["", "age1", str(age_key().public)[:-1], str(age_key().public).upper(), f"{age_key().public} ", str(age_key())],
    ids=["nothing", "a start", "cut", "upper case", "a blank", "secret"],
)
def test_what_is_no_recipient_is_refused(line: str) -> None:
    with pytest.raises(KeyRefused):
        parse_recipient(line)


def test_both_kinds_of_keys_are_known_by_their_lines() -> None:
    for secret in (key("custodian"), age_key()):
        assert parse_recipient(f"{secret.public}\n") == secret.public
        assert str(parse_custodian_secret(f"{secret}\n")) == str(secret)


def test_a_clerks_key_is_no_custodians() -> None:
    with pytest.raises(KeyRefused, match="this one is a clerk key"):
        parse_recipient(str(key("clerk").public))
    with pytest.raises(KeyRefused, match="this one is a clerk key"):
        parse_custodian_secret(str(key("clerk")))

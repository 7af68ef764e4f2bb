"""Addenda: one way to write an object, and a name that follows from it."""

import hashlib

import msgspec
import pytest

from standwith.ledger.addendum import addendum_path, check_addendum, write_addendum
from standwith.ledger.errors import TileDamaged


class Closing(msgspec.Struct):
    """An object with fields out of order."""

    closed: str
    campaign: str


def test_keys_are_sorted_at_every_depth_and_a_newline_ends_it() -> None:
    body = {"needed": 2, "campaign": "stand-with-belarus", "custodians": [{"name": "Zofia", "key": "age1é"}]}
    expected = '{"campaign":"stand-with-belarus","custodians":[{"key":"age1é","name":"Zofia"}],"needed":2}\n'
    assert write_addendum(body) == expected.encode()
    assert write_addendum(Closing("2026-03-01", "a")) == b'{"campaign":"a","closed":"2026-03-01"}\n'


def test_the_path_follows_from_the_digest() -> None:
    digest = hashlib.sha256(b"").digest()
    path = "addenda/e3/b0/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert addendum_path(digest) == addendum_path(digest.hex()) == path


@pytest.mark.parametrize("digest", ["", "e3", "E3" * 32, "g" * 64, "../" * 21 + "a", b"", b"x" * 31, "e3" * 32 + "\n"])
def test_other_names_are_refused(digest: bytes | str) -> None:
    with pytest.raises(TileDamaged):
        addendum_path(digest)


def test_a_body_is_checked_against_its_name() -> None:
    assert check_addendum(hashlib.sha256(b"words").digest(), b"words") == b"words"
    with pytest.raises(TileDamaged):
        check_addendum(hashlib.sha256(b"words").digest(), b"other words")

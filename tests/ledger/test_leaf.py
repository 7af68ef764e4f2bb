"""Leaves: layouts byte by byte, and what is refused."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.errors import LeafDamaged
from standwith.ledger.leaf import (
    LEAF_BYTES,
    NOWHERE,
    Kind,
    Leaf,
    Reason,
    campaign_tag,
    make_signature,
    make_statement,
    make_void,
    make_withdrawal,
    read_leaf,
    withdraw_hash,
)

TAG, CODE, COMMITMENT, HASH, W = b"t" * 8, b"c" * 16, b"m" * 32, b"h" * 16, b"w" * 16
STATEMENTS = sorted(set(Kind) - {Kind.SIGNATURE, Kind.WITHDRAWAL, Kind.VOID})


def test_a_signature_byte_by_byte() -> None:
    data = make_signature(TAG, CODE, COMMITMENT, HASH, "FR")
    assert data == b"\x01\x01" + TAG + CODE + COMMITMENT + HASH + b"FR"
    assert len(data) == LEAF_BYTES
    assert read_leaf(data) == Leaf(Kind.SIGNATURE, TAG, CODE, COMMITMENT, HASH, "FR")
    assert read_leaf(make_signature(TAG, CODE, COMMITMENT, HASH)).country == NOWHERE


def test_a_withdrawal_byte_by_byte() -> None:
    data = make_withdrawal(TAG, 258, W)
    assert data == b"\x01\x02" + TAG + bytes(6) + b"\x01\x02" + bytes(8) + W + bytes(32) + b"ZZ"
    leaf = read_leaf(data)
    assert (leaf.kind, leaf.campaign, leaf.target, leaf.w) == (Kind.WITHDRAWAL, TAG, 258, W)


def test_a_void_byte_by_byte() -> None:
    data = make_void(TAG, 258, Reason.ERASED, 7)
    assert data == b"\x01\x03" + TAG + bytes(6) + b"\x01\x02" + b"\x04\x00" + b"\0\0\0\x07" + bytes(50) + b"ZZ"
    leaf = read_leaf(data)
    assert (leaf.target, leaf.reason, leaf.batch) == (258, Reason.ERASED, 7)


@pytest.mark.parametrize("kind", STATEMENTS)
def test_a_statement_byte_by_byte(kind: Kind) -> None:
    data = make_statement(kind, TAG, b"words", b"\x00\x01ru")
    assert (
        data
        == bytes((1, kind)) + TAG + b"\x00\x01ru" + bytes(12) + hashlib.sha256(b"words").digest() + bytes(16) + b"ZZ"
    )
    leaf = read_leaf(data)
    assert (leaf.kind, leaf.detail[:4], leaf.digest) == (kind, b"\x00\x01ru", hashlib.sha256(b"words").digest())


def test_a_statement_without_words_has_a_digest_of_zeros() -> None:
    assert read_leaf(make_statement(Kind.CLOSE, TAG, None)).digest == bytes(32)
    assert read_leaf(make_statement(Kind.CLOSE, TAG, b"")).digest == hashlib.sha256(b"").digest()


def test_hashes_say_what_they_are_for() -> None:
    url = b"https://act.example.org/stand-with-belarus"
    tag = hashlib.sha256(b"standwith/campaign\n" + url).digest()[:8]
    assert campaign_tag("act.example.org/log", "stand-with-belarus") == tag
    assert campaign_tag("act.example.org", "stand-with-belarus") == tag
    assert (
        campaign_tag("act.example.org/a/log", "x")
        == hashlib.sha256(b"standwith/campaign\nhttps://act.example.org/a/x").digest()[:8]
    )
    assert withdraw_hash(W) == hashlib.sha256(b"standwith/withdraw\0" + W).digest()[:16]


@given(st.integers(0, 2**63 - 1), st.sampled_from(Reason), st.integers(0, 2**32 - 1))
def test_what_is_written_is_read(target: int, reason: Reason, batch: int) -> None:
    void, withdrawal = read_leaf(make_void(TAG, target, reason, batch)), read_leaf(make_withdrawal(TAG, target, W))
    assert (void.target, void.reason, void.batch, withdrawal.target) == (target, reason, batch, target)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: make_signature(b"t" * 7, CODE, COMMITMENT, HASH), "a short tag"),
        (lambda: make_signature(TAG, CODE + b"c", COMMITMENT, HASH), "a long code"),
        (lambda: make_signature(TAG, CODE, b"", HASH), "no commitment"),
        (lambda: make_signature(TAG, CODE, COMMITMENT, W + b"w"), "a long hash"),
        (lambda: make_signature(TAG, CODE, COMMITMENT, HASH, ""), "no country"),
        (lambda: make_signature(TAG, CODE, COMMITMENT, HASH, "fr"), "a country in small letters"),
        (lambda: make_signature(TAG, CODE, COMMITMENT, HASH, "FRA"), "a country of three letters"),
        (lambda: make_signature(TAG, CODE, COMMITMENT, HASH, "ÉÉ"), "a country beyond ASCII"),
        (lambda: make_withdrawal(TAG, 1, b"w" * 15), "a short w"),
        (lambda: make_withdrawal(TAG, -1, W), "a target before the log"),
        (lambda: make_void(TAG, 1 << 63, Reason.CANARY), "a target beyond all logs"),
        (lambda: make_void(TAG, 1, Reason.CANARY, 1 << 32), "a batch that doesn't fit"),
        (lambda: make_statement(Kind.TEXT, TAG, None, b"d" * 17), "a long detail"),
        (lambda: make_statement(Kind.SIGNATURE, TAG, None), "a signature as a statement"),
        (lambda: make_statement(Kind.VOID, TAG, None), "a void as a statement"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_parts_of_the_wrong_form_make_no_leaf(make, why: str) -> None:
    with pytest.raises(LeafDamaged):
        make()


SIGNATURE = make_signature(TAG, CODE, COMMITMENT, HASH, "FR")
WITHDRAWAL = make_withdrawal(TAG, 5, W)
VOID = make_void(TAG, 5, Reason.DUPLICATE, 1)
TEXT = make_statement(Kind.TEXT, TAG, b"words")


def changed(data: bytes, place: int, value: int) -> bytes:
    return data[:place] + bytes((value,)) + data[place + 1 :]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SIGNATURE[:-1],
        SIGNATURE + b"\0",
        changed(SIGNATURE, 0, 2),
        changed(SIGNATURE, 0, 0),
        changed(SIGNATURE, 74, ord("f")),
        changed(SIGNATURE, 75, 0xC9),
        *(changed(WITHDRAWAL, place, 1) for place in (18, 25, 42, 57, 58, 73, 74)),
        *(changed(VOID, place, 1) for place in (19, 24, 25, 26, 57, 58, 73, 75)),
        changed(VOID, 18, 0),
        *(changed(TEXT, place, 1) for place in (58, 73, 74)),
    ],
)
def test_what_no_writer_writes_is_refused(data: bytes) -> None:
    with pytest.raises(LeafDamaged):
        read_leaf(data)


@pytest.mark.parametrize("kind", [0, 11, 13, 255])
def test_kinds_of_a_later_standwith_are_handed_on(kind: int) -> None:
    leaf = read_leaf(bytes((1, kind)) + bytes(range(74)))
    assert (leaf.kind, leaf.campaign, leaf.withdraw) == (kind, bytes(range(8)), bytes(range(56, 72)))


def test_reasons_of_a_later_standwith_are_handed_on() -> None:
    assert read_leaf(changed(VOID, 18, 200)).reason == 200

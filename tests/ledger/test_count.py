"""The count: who is in it, who is out, and that it depends on the log alone."""

import collections
import itertools
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.count import Count, Counter
from standwith.ledger.leaf import Kind, Reason, make_statement, make_void, make_withdrawal, read_leaf, withdraw_hash
from tests.ledger.examples import TAGS, digest, leaves, signature, w_of

TAG, OTHER = TAGS


def counted(log: Sequence[bytes], tag: bytes = TAG) -> Count:
    counter = Counter()
    counter.fold(log)
    assert counter.size == len(log)
    return counter.count(tag)


def counted_slowly(log: Sequence[bytes], tag: bytes) -> Count:
    """The definition, one leaf at a time."""
    signatures = {
        i: leaf for i, leaf in enumerate(map(read_leaf, log)) if leaf.kind == Kind.SIGNATURE and leaf.campaign == tag
    }
    gone: dict[int, int] = {}  # index -> reason, 0 for withdrawn
    for index, leaf in enumerate(map(read_leaf, log)):
        if leaf.campaign != tag or leaf.target >= index or leaf.target not in signatures or leaf.target in gone:
            continue
        if leaf.kind == Kind.VOID:
            gone[leaf.target] = leaf.reason
        elif leaf.kind == Kind.WITHDRAWAL and withdraw_hash(leaf.w) == signatures[leaf.target].withdraw:
            gone[leaf.target] = 0
    reasons = [reason for reason in gone.values() if reason]
    return Count(len(signatures), len(gone) - len(reasons), dict(collections.Counter(reasons)))


def signed(number: int = 3, tag: bytes = TAG) -> list[bytes]:
    return [signature(index, tag) for index in range(number)]


def test_nothing_counts_nothing() -> None:
    assert counted([]) == Count(0, 0, {})
    assert counted([]).number == 0
    assert Counter().campaigns() == []


def test_signatures_count_for_their_campaign() -> None:
    log = [*signed(3), signature(3, OTHER)]
    assert counted(log) == Count(3, 0, {})
    assert counted(log, OTHER) == Count(1, 0, {})
    assert counted(log, b"unknown!") == Count(0, 0, {})


def test_a_withdrawal_takes_its_signature_out() -> None:
    count = counted([*signed(), make_withdrawal(TAG, 1, w_of(1))])
    assert count == Count(3, 1, {})
    assert count.number == 2


def test_a_void_takes_a_signature_out_for_a_reason() -> None:
    log = [*signed(), make_void(TAG, 2, Reason.DUPLICATE, 9), make_void(TAG, 0, Reason.CANARY)]
    assert counted(log) == Count(3, 0, {Reason.DUPLICATE: 1, Reason.CANARY: 1})
    assert counted(log).number == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (make_withdrawal(TAG, 1, w_of(1)), make_withdrawal(TAG, 1, w_of(1)), Count(3, 1, {})),
        (make_withdrawal(TAG, 1, w_of(1)), make_void(TAG, 1, Reason.REQUEST), Count(3, 1, {})),
        (make_void(TAG, 1, Reason.REQUEST), make_withdrawal(TAG, 1, w_of(1)), Count(3, 0, {1: 1})),
        (make_void(TAG, 1, Reason.REQUEST), make_void(TAG, 1, Reason.ERASED), Count(3, 0, {1: 1})),
        (make_withdrawal(TAG, 1, b"x" * 16), make_withdrawal(TAG, 1, w_of(1)), Count(3, 1, {})),
        (make_withdrawal(TAG, 1, b"x" * 16), make_void(TAG, 1, Reason.ERASED), Count(3, 0, {4: 1})),
    ],
    ids=["twice", "void after withdrawal", "withdrawal after void", "two voids", "wrong w first", "wrong w, then void"],
)
def test_the_first_valid_one_wins(first: bytes, second: bytes, expected: Count) -> None:
    assert counted([*signed(), first, second]) == expected


@pytest.mark.parametrize(
    "leaf",
    [
        make_withdrawal(TAG, 1, w_of(2)),
        make_withdrawal(OTHER, 1, w_of(1)),
        make_withdrawal(TAG, 3, w_of(3)),
        make_withdrawal(TAG, 4, w_of(4)),
        make_withdrawal(TAG, 2**63 - 1, w_of(1)),
        make_void(OTHER, 1, Reason.ERASED),
        make_void(TAG, 3, Reason.ERASED),
        make_void(TAG, 4, Reason.ERASED),
        b"\x01\x03" + TAG + b"\xff" * 8 + b"\x04" + bytes(57),
        b"\x02" + make_void(TAG, 1, Reason.ERASED)[1:],
        b"\x01\x0d" + make_void(TAG, 1, Reason.ERASED)[2:],
        make_void(TAG, 1, Reason.ERASED)[:-1],
        make_void(TAG, 1, Reason.ERASED) + b"\0",
        b"",
    ],
    ids=[
        "w of another signature",
        "withdrawal under another campaign",
        "itself",
        "a signature that comes later",
        "far beyond the log",
        "void under another campaign",
        "a void of itself",
        "a void of a signature that comes later",
        "a target of eight bytes of ones",
        "another version",
        "an unknown kind",
        "a leaf cut short",
        "a leaf too long",
        "an empty leaf",
    ],
)
def test_what_is_not_valid_takes_nothing_out(leaf: bytes) -> None:
    assert counted([*signed(), leaf, signature(4, TAG)]) == Count(4, 0, {})


def test_only_signatures_are_targets() -> None:
    log = [*signed(), make_void(TAG, 1, Reason.ERASED), make_statement(Kind.TEXT, TAG, b"words")]
    assert counted([*log, make_void(TAG, 3, Reason.ERASED), make_void(TAG, 4, Reason.ERASED)]) == Count(3, 0, {4: 1})


@pytest.mark.parametrize("kind", [0, *sorted(set(range(4, 256)))])
def test_other_kinds_count_nothing(kind: int) -> None:
    assert counted([*signed(), bytes((1, kind)) + signature(3, TAG)[2:]]) == Count(3, 0, {})


def test_leaves_of_other_lengths_keep_their_place() -> None:
    log = [b"", signature(1, TAG), b"x" * 77, make_withdrawal(TAG, 1, w_of(1))]
    assert counted(log) == Count(1, 1, {})


def test_unused_bytes_are_not_looked_at() -> None:
    void = bytearray(make_void(TAG, 1, Reason.ERASED))
    void[19], void[40], void[74] = 1, 1, 0
    assert counted([*signed(), bytes(void)]) == Count(3, 0, {4: 1})


def test_campaigns_are_those_with_signatures_in_order() -> None:
    counter = Counter()
    counter.fold([make_statement(Kind.KEYS, b"silent!!", b"{}"), signature(1, OTHER), signature(2, TAG)])
    assert counter.campaigns() == [OTHER, TAG]


@pytest.mark.parametrize("size", [0, 1, 9, 10, 18, 100, 1000])
def test_the_invented_log(size: int) -> None:
    for tag in TAGS:
        assert counted(leaves(size), tag) == counted_slowly(leaves(size), tag)


@given(st.integers(0, 2**32))
def test_any_log_counts_as_defined_however_it_is_cut(seed: int) -> None:
    chance = random.Random(seed)
    log: list[bytes] = []
    for index in range(chance.randrange(60)):
        tag, target = chance.choice(TAGS), chance.randrange(index + 3)
        log.append(
            chance.choice(
                [
                    signature(index, tag),
                    signature(index, tag),
                    make_withdrawal(tag, target, w_of(target)),
                    make_withdrawal(tag, target, digest("wrong", index)[:16]),
                    make_void(tag, target, chance.choice(list(Reason))),
                    make_statement(Kind.TALLY, bytes(8), None, target.to_bytes(8, "big")),
                ]
            )
        )
    pieces = Counter()
    waiting = iter(log)
    while piece := list(itertools.islice(waiting, chance.randrange(1, 9))):
        pieces.fold(iter(piece))
    for tag in TAGS:
        assert counted(log, tag) == counted_slowly(log, tag) == pieces.count(tag)


def test_a_log_longer_than_what_is_folded_at_once() -> None:
    log = leaves(20_000)
    assert [counted(log, tag) for tag in TAGS] == [counted_slowly(log, tag) for tag in TAGS]


def test_a_count_once_given_does_not_change() -> None:
    counter = Counter()
    counter.fold([*signed(), make_void(TAG, 1, Reason.ERASED)])
    before = counter.count(TAG)
    counter.fold([make_void(TAG, 2, Reason.ERASED)])
    assert (before.voided, counter.count(TAG).voided) == ({4: 1}, {4: 2})


@pytest.mark.parametrize("size", [0, 1, 9, 10, 700])
def test_those_that_count_are_as_many_as_the_number_says(size: int) -> None:
    counter, log = Counter(), leaves(size)
    counter.fold(log)
    for tag in (*TAGS, bytes(8)):
        standing = list(counter.standing(tag))
        assert len(standing) == counter.count(tag).number
        assert standing == sorted(set(standing))
        assert all(log[index][:10] == bytes((1, Kind.SIGNATURE)) + tag for index in standing)
        gone = {leaf.target for leaf in map(read_leaf, log) if leaf.kind != Kind.SIGNATURE}
        assert gone.isdisjoint(standing)

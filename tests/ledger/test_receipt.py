"""Receipts: read as written, checked against policy and root, refused for every change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.errors import LedgerError, NoteRefused, ProofRefused
from standwith.ledger.note import make_signer
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import Receipt, check_receipt, read_receipt, write_receipt
from standwith.ledger.tiles import Tree
from tests.ledger.examples import LOG_KEY, ORIGIN, WITNESS_KEY, checkpoint, grow_to, leaves, reader

SIZE = 300
FILES, ROOTS = grow_to([SIZE])
TREE = Tree(reader(FILES), SIZE)
CHECKPOINT = checkpoint(SIZE, ROOTS[SIZE])
POLICY = read_policy(
    f"log {LOG_KEY.verifier}\nwitness a {WITNESS_KEY.verifier}\ngroup all-of-them all a\nquorum all-of-them\n".encode()
)
LEAF, PROOF = leaves(SIZE)[5], TREE.inclusion(5)
GOOD = write_receipt(5, PROOF, CHECKPOINT, LEAF)


def test_how_it_is_written() -> None:
    head, _, tail = GOOD.partition(b"\n\n")
    lines = head.split(b"\n")
    assert lines[0] == b"c2sp.org/tlog-proof@v1"
    assert lines[1].startswith(b"extra AQHJXWIL")
    assert lines[2] == b"index 5"
    assert len(lines) == 3 + len(PROOF)
    assert tail == CHECKPOINT


@pytest.mark.parametrize("index", [0, 5, 255, 256, 299])
def test_the_receipt_of_a_leaf(index: int) -> None:
    receipt = read_receipt(write_receipt(index, TREE.inclusion(index), CHECKPOINT, leaves(SIZE)[index]))
    assert receipt == Receipt(index, leaves(SIZE)[index], tuple(TREE.inclusion(index)), CHECKPOINT)
    assert check_receipt(receipt, POLICY) == Checkpoint(ORIGIN, SIZE, ROOTS[SIZE])


def test_a_log_of_one_leaf_needs_no_hashes() -> None:
    _, roots = grow_to([1])
    data = write_receipt(0, [], checkpoint(1, roots[1]), leaves(1)[0])
    assert check_receipt(read_receipt(data), POLICY).size == 1


def test_another_leaf_index_or_root_is_refused() -> None:
    for index, leaf, proof in (
        (6, LEAF, PROOF),
        (SIZE, LEAF, PROOF),
        (5, leaves(SIZE)[6], PROOF),
        (5, LEAF, PROOF[:-1]),
        (5, LEAF, [*PROOF, PROOF[0]]),
    ):
        with pytest.raises(ProofRefused):
            check_receipt(Receipt(index, leaf, tuple(proof), CHECKPOINT), POLICY)
    with pytest.raises(ProofRefused):
        check_receipt(Receipt(5, LEAF, tuple(PROOF), checkpoint(SIZE, bytes(32))), POLICY)


def test_a_checkpoint_that_the_policy_does_not_accept_is_refused() -> None:
    plain = sign_checkpoint(Checkpoint(ORIGIN, SIZE, ROOTS[SIZE]), LOG_KEY)
    stranger = sign_checkpoint(Checkpoint(ORIGIN, SIZE, ROOTS[SIZE]), make_signer(ORIGIN))
    for data in (plain, stranger):
        with pytest.raises(NoteRefused):
            check_receipt(Receipt(5, LEAF, tuple(PROOF), data), POLICY)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD[1:],
        GOOD[:-1],
        GOOD + b"\n",
        b"\n" + GOOD,
        GOOD.replace(b"@v1", b"@v2"),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"extra ", b"extra  "),
        GOOD.replace(b"extra ", b"extra\t"),
        GOOD.replace(b"extra", b"Extra"),
        GOOD.replace(b"\nextra " + GOOD.split(b"\n")[1][6:], b""),
        GOOD.replace(b"\nextra ", b"\nextra AQ==\nextra "),
        GOOD.replace(b"index 5", b"index 05"),
        GOOD.replace(b"index 5", b"index +5"),
        GOOD.replace(b"index 5", b"index -5"),
        GOOD.replace(b"index 5", b"index 5 "),
        GOOD.replace(b"index 5", b"index 9223372036854775808"),
        GOOD.replace(b"index 5\n", b""),
        GOOD.replace(b"index 5\n", b"index 5\n\n"),
        GOOD.replace(b"index 5\n", b"index 5\nAAAA\n"),
        GOOD.replace(b"index 5\n", b"index 5\n" + b"A" * 43 + b"=\n" * 1 + b"B" * 43 + b"=\n"),
        GOOD.replace(b"index 5\n", b"index 5\n" + (b"A" * 43 + b"=\n") * 64),
        GOOD.replace(b"\n\n" + ORIGIN.encode(), b"\n" + ORIGIN.encode()),
        GOOD.replace(b"\n300\n", b"\n0300\n"),
        GOOD[: GOOD.index(b"\n\n")],
        GOOD[: GOOD.index(b"\n\n")] + b"\n\n",
    ],
)
def test_what_no_writer_writes_is_refused(data: bytes) -> None:
    with pytest.raises(ProofRefused):
        read_receipt(data)


def test_what_could_not_be_read_is_not_written() -> None:
    for index, proof, note, leaf in (
        (-1, PROOF, CHECKPOINT, LEAF),
        (5, [b"short"], CHECKPOINT, LEAF),
        (5, PROOF * 10, CHECKPOINT, LEAF),
        (5, PROOF, b"no note", LEAF),
        (5, PROOF, CHECKPOINT, LEAF[:-1]),
    ):
        with pytest.raises(ProofRefused):
            write_receipt(index, proof, note, leaf)


@given(st.data())
def test_any_change_is_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(GOOD) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda each: each != GOOD[place]))
    with pytest.raises(LedgerError):
        check_receipt(read_receipt(GOOD[:place] + bytes((value,)) + GOOD[place + 1 :]), POLICY)

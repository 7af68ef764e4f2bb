"""Roots known from the standard's own test data, and proofs that hold for every size and break for every change."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.ledger.errors import ProofRefused
from standwith.ledger.merkle import (
    EMPTY_ROOT,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from standwith.ledger.tiles import Growth, Tree
from tests.ledger.examples import digest, root_drawn

# The eight leaves that implementations of Certificate Transparency have always tested with, and the roots over them.
KNOWN_LEAVES = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
KNOWN_LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
SIZES = 300
HASHES = [leaf_hash(digest("leaf", index)) for index in range(SIZES)]
ROOTS = [root_of(HASHES[:size]) for size in range(SIZES + 1)]


def tree(size: int) -> Tree:
    """A tree of the first leaves; tiles are made when asked for."""

    def read(path: str) -> bytes:
        level, index, width = parse(path)
        if level == 0:
            return b"".join(HASHES[index * 256 :][:width])
        return root_of(HASHES[:256])

    return Tree(read, size)


def parse(path: str) -> tuple[int, int, int]:
    _, level, index, *width = path.replace(".p", "").split("/")
    return int(level), int(index), int(width[0]) if width else 256


@pytest.mark.parametrize("size", range(9))
def test_known_answers(size: int) -> None:
    leaves = KNOWN_LEAVES[:size]
    assert root_of([leaf_hash(leaf) for leaf in leaves]).hex() == KNOWN_ROOTS[size]
    assert Growth.of(leaves).root().hex() == KNOWN_ROOTS[size]


def test_the_empty_root_and_the_smallest_hashes() -> None:
    assert EMPTY_ROOT.hex() == KNOWN_ROOTS[0]
    assert leaf_hash(b"").hex() == KNOWN_ROOTS[1]
    assert node_hash(leaf_hash(b""), leaf_hash(b"\0")).hex() == KNOWN_ROOTS[2]


def test_a_known_proof_of_inclusion_and_of_consistency() -> None:
    hashes = [leaf_hash(leaf) for leaf in KNOWN_LEAVES]
    pairs = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, 8, 2)]
    root = bytes.fromhex(KNOWN_ROOTS[7])
    verify_inclusion(hashes[3], 3, 7, [hashes[2], pairs[0], node_hash(pairs[2], hashes[6])], root)
    proof = [pairs[2], hashes[6], node_hash(pairs[0], pairs[1])]
    verify_consistency(6, bytes.fromhex(KNOWN_ROOTS[6]), 7, root, proof)


def test_the_root_from_below_is_the_root_from_above() -> None:
    assert [root_drawn(HASHES[:size]) for size in range(SIZES + 1)] == ROOTS


def test_inclusion_of_every_leaf_in_every_size() -> None:
    for size in range(1, SIZES + 1, 1):
        shown = tree(size)
        for index in range(size) if size <= 70 or size in (255, 256, 257, 300) else (0, size // 2, size - 1):
            verify_inclusion(HASHES[index], index, size, shown.inclusion(index), ROOTS[size])


def test_consistency_of_all_pairs() -> None:
    for size in range(SIZES + 1):
        shown = tree(size)
        for old in range(size + 1) if size <= 70 or size in (255, 256, 257, 300) else (0, 1, size // 2, size - 1):
            verify_consistency(old, ROOTS[old], size, ROOTS[size], shown.consistency(old))


@given(st.integers(1, SIZES), st.data())
def test_a_proof_of_inclusion_holds_for_nothing_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root, leaf = tree(size).inclusion(index), ROOTS[size], HASHES[index]
    other = data.draw(st.integers(0, SIZES - 1).filter(lambda each: each != index))
    refused = [
        (HASHES[other], index, size, proof, root),
        (leaf, other, size, proof, root),
        (leaf, index, size, [*proof, leaf], root),
        (leaf, index, size, [leaf, *proof], root),
        (leaf, index, size, proof, ROOTS[size - 1]),
        (leaf, -1, size, proof, root),
        (leaf, size, size, proof, root),
        (leaf[:31], index, size, proof, root),
        (leaf, index, size, [*proof, b"short"], root),
    ]
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        refused.append((leaf, index, size, proof[:place] + proof[place + 1 :], root))
        refused.append((leaf, index, size, [*proof[:place], digest("wrong", 0), *proof[place + 1 :]], root))
    for each in refused:
        with pytest.raises(ProofRefused):
            verify_inclusion(*each)


@given(st.integers(2, SIZES), st.data())
def test_a_proof_of_consistency_holds_for_nothing_else(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    proof, wrong = tree(size).consistency(old), digest("wrong", 0)
    place = data.draw(st.integers(0, len(proof) - 1))
    for each in (
        (old, wrong, size, ROOTS[size], proof),
        (old, ROOTS[old], size, wrong, proof),
        (old - 1, ROOTS[old], size, ROOTS[size], proof),
        (size, ROOTS[old], old, ROOTS[size], proof),
        (-1, ROOTS[old], size, ROOTS[size], proof),
        (old, ROOTS[old], size, ROOTS[size], []),
        (old, ROOTS[old], size, ROOTS[size], [*proof, wrong]),
        (old, ROOTS[old], size, ROOTS[size], proof[:place] + proof[place + 1 :]),
        (old, ROOTS[old], size, ROOTS[size], [*proof[:place], wrong, *proof[place + 1 :]]),
        (old, ROOTS[old], size, ROOTS[size], [*proof[:place], proof[place][1:], *proof[place + 1 :]]),
    ):
        with pytest.raises(ProofRefused):
            verify_consistency(*each)


def test_the_same_size_needs_the_same_root_and_no_proof() -> None:
    verify_consistency(5, ROOTS[5], 5, ROOTS[5], [])
    verify_consistency(0, EMPTY_ROOT, 5, ROOTS[5], [])
    wrong = ((5, ROOTS[4], []), (5, ROOTS[5], [ROOTS[5]]), (0, ROOTS[5], []), (0, EMPTY_ROOT, [ROOTS[1]]))
    for old, old_root, proof in wrong:
        with pytest.raises(ProofRefused):
            verify_consistency(old, old_root, 5, ROOTS[5], proof)


def test_a_proof_longer_than_any_tree_is_refused_before_it_is_computed() -> None:
    for size in (2**63, 3):
        with pytest.raises(ProofRefused):
            verify_inclusion(HASHES[0], 0, size, [HASHES[1]] * 200, ROOTS[3])


@given(st.integers(300, 200_000), st.integers(0, 2**32))
def test_larger_trees(size: int, seed: int) -> None:
    chance = random.Random(seed)
    index, old = chance.randrange(size), chance.randrange(1, size)
    shown = Striped(size)
    verify_inclusion(Striped.hash, index, size, shown.inclusion(index), shown.root())
    verify_consistency(old, Striped(old).root(), size, shown.root(), shown.consistency(old))


class Striped(Tree):
    """A tree whose leaves are all alike, so that every full tile of a level is: large ones cost nothing."""

    hash = leaf_hash(b"alike")

    def __init__(self, size: int) -> None:
        def read(path: str) -> bytes:
            level, width = int(path.split("/")[1]), int(path.rpartition(".p/")[2]) if ".p/" in path else 256
            each = Striped.hash
            for _ in range(level):
                each = root_of([each] * 256)
            return each * width

        super().__init__(read, size)

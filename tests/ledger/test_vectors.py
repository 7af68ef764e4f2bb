"""Frozen vectors: what Go has made or accepted once is made and accepted by us today, with or without Go at hand."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from standwith.ledger.addendum import addendum_path, check_addendum
from standwith.ledger.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from standwith.ledger.count import Counter
from standwith.ledger.errors import NoteRefused
from standwith.ledger.leaf import (
    Kind,
    Reason,
    campaign_tag,
    make_signature,
    make_statement,
    make_void,
    make_withdrawal,
    read_leaf,
    withdraw_hash,
)
from standwith.ledger.merkle import leaf_hash, verify_consistency, verify_inclusion
from standwith.ledger.note import Signer, Verifier, read_note, verified
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import check_receipt, read_receipt
from standwith.ledger.tiles import Tree
from tests.ledger.examples import LOG_KEY, ORIGIN, TAGS, TIME, WITNESS_KEY, checkpoint, grow_to, leaves, reader

VECTORS: Any = json.loads((Path(__file__).parents[1] / "vectors" / "ledger-1.json").read_text(encoding="utf-8"))
GO: Any = VECTORS["made_by_go"]
ROOTS = {each["size"]: base64.b64decode(each["root"]) for each in GO["trees"]}


def by_size(trees: list[dict[str, Any]]) -> dict[str, Any]:
    return {"argvalues": trees, "ids": [str(each["size"]) for each in trees]}


def hashes(lines: list[str]) -> list[bytes]:
    return [base64.b64decode(line) for line in lines]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def grown(proofs: list[dict[str, Any]]) -> dict[int, Tree]:
    """The tree of every size that these proofs are of."""
    return {size: Tree(reader(grow_to([size])[0]), size) for size in sorted({each["size"] for each in proofs})}


def test_keys() -> None:
    for name, ours in (("log", LOG_KEY), ("witness", WITNESS_KEY)):
        lines = VECTORS["keys"][name]
        assert str(Signer.parse(lines["secret"])) == str(ours) == lines["secret"]
        assert str(Verifier.parse(lines["public"])) == str(ours.verifier) == lines["public"]


def test_campaigns() -> None:
    assert {name: campaign_tag(VECTORS["origin"], name).hex() for name in VECTORS["campaigns"]} == VECTORS["campaigns"]
    assert list(VECTORS["campaigns"].values()) == [tag.hex() for tag in TAGS]


def test_a_leaf_of_each_layout() -> None:
    signature, withdrawal, void, statement = VECTORS["leaves"]
    parts = [bytes.fromhex(signature[part]) for part in ("code", "commitment", "withdraw")]
    assert make_signature(TAGS[0], *parts, signature["country"]).hex() == signature["leaf"]
    w = bytes.fromhex(withdrawal["w"])
    assert withdraw_hash(w).hex() == signature["withdraw"]
    assert make_withdrawal(TAGS[0], withdrawal["target"], w).hex() == withdrawal["leaf"]
    assert make_void(TAGS[0], void["target"], Reason(void["reason"]), void["batch"]).hex() == void["leaf"]
    detail, addendum = bytes.fromhex(statement["detail"]), statement["addendum"].encode()
    assert make_statement(Kind(statement["kind"]), TAGS[0], addendum, detail).hex() == statement["leaf"]
    assert [read_leaf(bytes.fromhex(each["leaf"])).kind for each in VECTORS["leaves"]] == [1, 2, 3, 6]


def test_an_addendum() -> None:
    body = VECTORS["addendum"]["body"].encode()
    named = read_leaf(bytes.fromhex(VECTORS["leaves"][3]["leaf"])).digest
    assert check_addendum(named, body) == body
    assert addendum_path(named) == VECTORS["addendum"]["path"]


def test_the_invented_log_is_the_one_that_go_saw() -> None:
    frozen = VECTORS["log"]
    assert [base64.b64encode(leaf).decode() for leaf in leaves(20)] == frozen["first"]
    assert digest(b"".join(leaves(frozen["size"]))) == frozen["sha256"]


def test_counts() -> None:
    for each in VECTORS["counts"]:
        counter = Counter()
        counter.fold(leaves(each["size"]))
        signatures, withdrawn, voided = count = counter.count(bytes.fromhex(each["campaign"]))
        assert (signatures, withdrawn, count.number) == (each["signatures"], each["withdrawn"], each["number"])
        assert {str(reason): number for reason, number in voided.items()} == each["voided"]


def test_a_receipt() -> None:
    receipt = read_receipt(VECTORS["receipt"]["receipt"].encode())
    assert check_receipt(receipt, read_policy(VECTORS["receipt"]["policy"].encode())).size == 300
    assert (receipt.index, receipt.leaf) == (258, leaves(300)[258])


@pytest.mark.parametrize("tree", **by_size(GO["trees"]))
def test_roots_and_files_that_go_made(tree: dict[str, Any]) -> None:
    files, roots = grow_to([tree["size"]])
    assert base64.b64encode(roots[tree["size"]]).decode() == tree["root"]
    named = {path: digest(content) for path, content in files.items()}
    assert named == tree.get("tiles", named)
    assert len(named) == tree["files"]
    lines = sorted(f"{path} {each}\n" for path, each in named.items())
    assert digest("".join(lines).encode()) == tree["all_tiles"]


@pytest.mark.parametrize("tree", **by_size(GO["trees"]))
def test_checkpoints_that_go_signed(tree: dict[str, Any]) -> None:
    ours = Checkpoint(ORIGIN, tree["size"], base64.b64decode(tree["root"]))
    assert sign_checkpoint(ours, LOG_KEY).decode() == tree["checkpoint"]
    assert checkpoint(ours.size, ours.root).decode() == tree["cosigned"]
    assert open_checkpoint(tree["checkpoint"].encode(), LOG_KEY.verifier) == ours
    both = [LOG_KEY.verifier, WITNESS_KEY.verifier]
    assert verified(read_note(tree["cosigned"].encode()), both) == [each.name for each in both]
    assert TIME == 1772323200


def test_inclusion_that_go_proved() -> None:
    trees = grown(GO["inclusion"])
    for each in GO["inclusion"]:
        index, size, proof = each["from"], each["size"], hashes(each["proof"])
        assert trees[size].inclusion(index) == proof
        if size in ROOTS:
            verify_inclusion(leaf_hash(leaves(size)[index]), index, size, proof, ROOTS[size])
    assert any(each["size"] == 70_000 for each in GO["inclusion"])


def test_consistency_that_go_proved() -> None:
    trees = grown(GO["consistency"])
    for each in GO["consistency"]:
        old, size, proof = each["from"], each["size"], hashes(each["proof"])
        assert trees[size].consistency(old) == proof
        if old in ROOTS and size in ROOTS:
            verify_consistency(old, ROOTS[old], size, ROOTS[size], proof)


def test_what_go_refuses_is_refused_and_what_we_accept_go_accepts() -> None:
    known = [LOG_KEY.verifier, WITNESS_KEY.verifier]
    for each in GO["notes"]:
        try:
            names = verified(read_note(base64.b64decode(each["note"])), known)
        except NoteRefused:
            names = []
        assert sorted(names) == sorted(each["signed"])

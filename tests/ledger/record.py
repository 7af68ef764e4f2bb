"""Writes tests/vectors/ledger-1.json: python -m tests.ledger.record

Needs Go and golang.org/x/mod as Debian packages them (golang-go, golang-golang-x-mod-dev); tests/ledger/go/README.md
says what is in the file and why. Frozen means: written once. If a format changes, it gets another version and file.
"""

import base64
import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from standwith.ledger.addendum import addendum_path, write_addendum
from standwith.ledger.count import Counter
from standwith.ledger.leaf import (
    Kind,
    Reason,
    campaign_tag,
    make_signature,
    make_statement,
    make_void,
    make_withdrawal,
    withdraw_hash,
)
from standwith.ledger.receipt import write_receipt
from standwith.ledger.tiles import Tree
from tests.ledger.examples import LOG_KEY, ORIGIN, TAGS, WITNESS_KEY, checkpoint, grow_to, leaves, reader, w_of
from tests.ledger.second_opinion import (
    CHANGED,
    LARGE_SIZES,
    RECORDED_SIZES,
    SIZES,
    accepted_by_go,
    expected,
    made_by_go,
    write_log,
)

VECTORS = Path(__file__).parents[1] / "vectors" / "ledger-1.json"
ADDENDUM = write_addendum({"campaign": "stand-with-belarus", "closed": "2026-03-01"})


def leaf_vectors() -> list[dict[str, Any]]:
    """One leaf of each layout, with the values that went into it."""
    tag, w = TAGS[0], w_of(0)
    code, commitment = bytes(range(16)), bytes(range(32, 64))
    signature = make_signature(tag, code, commitment, withdraw_hash(w), "FR")
    withdrawal, void = make_withdrawal(tag, 258, w), make_void(tag, 65_537, Reason.NOT_A_PERSON, 7)
    statement = make_statement(Kind.CLOSE, tag, ADDENDUM, b"detail")
    return [
        {
            "kind": Kind.SIGNATURE,
            "code": code.hex(),
            "commitment": commitment.hex(),
            "w": w.hex(),
            "withdraw": withdraw_hash(w).hex(),
            "country": "FR",
            "leaf": signature.hex(),
        },
        {"kind": Kind.WITHDRAWAL, "target": 258, "w": w.hex(), "leaf": withdrawal.hex()},
        {"kind": Kind.VOID, "target": 65_537, "reason": Reason.NOT_A_PERSON, "batch": 7, "leaf": void.hex()},
        {"kind": Kind.CLOSE, "detail": b"detail".hex(), "addendum": ADDENDUM.decode(), "leaf": statement.hex()},
    ]


def count_vectors() -> list[dict[str, Any]]:
    """The count of both campaigns at every recorded size."""
    found, counter = [], Counter()
    for size in RECORDED_SIZES:
        counter.fold(leaves(size)[counter.size :])
        for tag in TAGS:
            count = counter.count(tag)
            row = {"size": size, "campaign": tag.hex(), "signatures": count.signatures, "withdrawn": count.withdrawn}
            found.append(row | {"voided": {str(each): n for each, n in count.voided.items()}, "number": count.number})
    return found


def receipt_vector() -> dict[str, Any]:
    """A receipt and the policy that accepts it."""
    files, roots = grow_to((300,))
    proof = Tree(reader(files), 300).inclusion(258)
    policy = f"log {LOG_KEY.verifier}\nwitness a {WITNESS_KEY.verifier}\nquorum a\n"
    receipt = write_receipt(258, proof, checkpoint(300, roots[300]), leaves(300)[258])
    return {"policy": policy, "receipt": receipt.decode()}


def vectors(directory: Path) -> dict[str, Any]:
    """Everything that is frozen; Go runs in this directory."""
    program = directory / "program"
    logs = []
    for number, sizes in enumerate((SIZES, LARGE_SIZES)):
        digest = write_log(directory / str(number), sizes)
        accepted = accepted_by_go(program, directory / str(number))
        if accepted != expected(sizes):
            raise RuntimeError(f"Go does not accept the log: {accepted}")
        logs.append({"sizes": sizes, "directory": digest, "accepted": accepted})
    refused = {}
    for number, path in enumerate(CHANGED):
        refused[path] = write_log(directory / f"changed-{number}", SIZES, changed=path)
        if not isinstance(accepted_by_go(program, directory / f"changed-{number}"), str):
            raise RuntimeError(f"Go does not see that {path} has changed")
    return {
        "about": "tests/ledger/go/README.md",
        "origin": ORIGIN,
        "campaigns": {each: campaign_tag(ORIGIN, each).hex() for each in ("stand-with-belarus", "stand-with-myanmar")},
        "keys": {
            "log": {"secret": str(LOG_KEY), "public": str(LOG_KEY.verifier)},
            "witness": {"secret": str(WITNESS_KEY), "public": str(WITNESS_KEY.verifier)},
        },
        "leaves": leaf_vectors(),
        "addendum": {"body": ADDENDUM.decode(), "path": addendum_path(hashlib.sha256(ADDENDUM).digest())},
        "log": {
            "first": [base64.b64encode(leaf).decode() for leaf in leaves(20)],
            "size": 70_000,
            "sha256": hashlib.sha256(b"".join(leaves(70_000))).hexdigest(),
        },
        "counts": count_vectors(),
        "receipt": receipt_vector(),
        "accepted_by_go": logs,
        "refused_by_go": refused,
        "made_by_go": made_by_go(program),
    }


def main() -> None:
    """Write the file."""
    with TemporaryDirectory() as directory:
        text = json.dumps(vectors(Path(directory)), indent=1, ensure_ascii=False)
    VECTORS.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

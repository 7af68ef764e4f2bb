"""docs/protocol.md says of the ledger what the code does: numbers, and every example in it."""

import re
from pathlib import Path

from standwith.ledger.addendum import addendum_path, write_addendum
from standwith.ledger.leaf import Kind, Reason, read_leaf
from standwith.ledger.note import Verifier, read_note, verified
from tests.ledger.test_vectors import VECTORS

TEXT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
PLAIN = " ".join(TEXT.split())


def examples() -> list[str]:
    """The indented blocks, without their indentation."""
    blocks = re.findall(r"(?:^(?:    .*)?\n)+", TEXT, flags=re.MULTILINE)
    return ["\n".join(line[4:] for line in block.strip("\n").split("\n")) + "\n" for block in blocks if block.strip()]


def test_every_kind_and_reason_is_named_with_its_number() -> None:
    tables = PLAIN + " " + " ".join(re.findall(r"^\| (\d+ \w+)", TEXT, flags=re.MULTILINE))
    for kind in Kind:
        assert f"{kind.value} {kind.name.lower()}" in tables
    said = {Reason.REQUEST: "by request"}
    for reason in Reason:
        assert f"{reason.value} {said.get(reason, reason.name.lower().replace('_', ' '))}" in PLAIN


def test_the_leaves_are_leaves() -> None:
    (block,) = [each for each in examples() if each.startswith("0101 ")]
    spelt = re.sub(r"\(48 bytes of zero\)", "00" * 48, block)
    found = re.findall(r"\b(?:[0-9a-f]{2})+\b(?=[ \n])", re.sub(r"  +(a |of|reason)[^\n]*", "", spelt))
    whole = bytes.fromhex("".join(found))
    leaves = [whole[at : at + 76] for at in range(0, len(whole), 76)]
    assert [leaf.hex() for leaf in leaves] == [each["leaf"] for each in VECTORS["leaves"][:3]]
    assert [read_leaf(leaf).kind for leaf in leaves] == [1, 2, 3]


def test_the_checkpoint_is_signed() -> None:
    (block,) = [each for each in examples() if each.startswith("act.example.org/log\n3\n")]
    keys = [Verifier.parse(VECTORS["keys"][name]["public"]) for name in ("log", "witness")]
    assert verified(read_note(block.encode()), keys) == ["act.example.org/log", "witness.example.net/a"]


def test_the_receipt_is_the_one_of_the_vectors() -> None:
    (block,) = [each for each in examples() if each.startswith("c2sp.org/tlog-proof@v1\n")]
    receipt = VECTORS["receipt"]["receipt"].split("\n")
    assert [line for line in block.split("\n") if line not in {"…", ""}] == [*receipt[:4], "act.example.org/log", "300"]


def test_tag_and_addendum() -> None:
    body = write_addendum({"closed": "2026-03-01", "campaign": "stand-with-belarus"})
    assert VECTORS["campaigns"]["stand-with-belarus"] in TEXT
    assert addendum_path(bytes.fromhex(VECTORS["leaves"][3]["leaf"])[26:58]) in TEXT
    assert body.decode() == VECTORS["addendum"]["body"]

"""The page of the protocol is enough to open what was sealed: a second implementation does, from the frozen vectors."""

import base64
import hashlib
import json
from itertools import permutations
from pathlib import Path

import pytest

from tests.sealing import second

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/sealing-2.json").read_text())
SECRETS = [lines["secret"] for lines in VECTORS["custodians"]]


@pytest.mark.parametrize(
    "chosen", list(permutations(SECRETS, 2)), ids=[f"{a} and {b}" for a, b in permutations("123", 2)]
)
def test_a_record_opens_as_the_page_says(chosen):
    record, said = second.open_record(base64.b64decode(VECTORS["record"]["sealed"]), list(chosen))
    assert record.decode() == VECTORS["record"]["canonical"]
    assert second.commitment(record, said).hex() == VECTORS["record"]["commitment"]


def test_keys_are_named_as_the_page_says():
    for lines in VECTORS["custodians"][:2]:
        _, named, encoded = lines["public"].split(" ")
        digest = hashlib.sha256(b"standwith/key-id/1\ncustodian\n" + base64.b64decode(encoded)).digest()
        assert (named, second.read_secret(lines["secret"])[0].hex()) == (digest[:8].hex(), named)


@pytest.mark.parametrize("kind", ["shares", "shares of five"])
def test_shares_go_together_as_the_page_says(kind):
    shares = [bytes.fromhex(share) for share in VECTORS[kind]["shares"]]
    assert second.interpolate(shares[-VECTORS[kind]["needed"] :]).hex() == VECTORS[kind]["secret"]

"""One bit turned over in any published file, ten thousand times: no verifier accepts what comes of it.

Accepted would be: `verify_log` returns, whatever the number then is. Tampered are the checkpoint with its cosignatures,
the policy, every tile and bundle of entries, every addendum, and receipts; each file gets as many flips as any other,
so that the short ones are covered densely. The published log of these tests has no byte that is covered by nothing. A
real one may have some, and they bear on nothing: comments and addresses in a policy, signatures of strangers, the roll.
The checkpoint, the policy and the receipts are also flipped exhaustively.
"""

import random
from collections.abc import Iterable
from functools import cache

import pytest

from standwith.ledger.errors import LedgerError
from standwith.ledger.policy import read_policy
from standwith.ledger.receipt import read_receipt
from standwith.ledger.verification import check_against, verify_log
from tests.ledger.published import SIZE, Files, flip, policy, published, receipt

TAMPERS, PARTS = 10_000, 10
POLICY = read_policy(policy())
RECEIPT = "mine.tlog-proof"  # beside the log's files, of a leaf in the full bundle; and of one in the partial bundle
LAST_RECEIPT = "last.tlog-proof"
INDEXES = {RECEIPT: 30, LAST_RECEIPT: SIZE - 1}


@cache
def everything() -> Files:
    files = published()
    return files | {name: receipt(index, files) for name, index in INDEXES.items()}


def is_accepted(path: str, data: bytes) -> bool:
    """Whether everything verifies with this content of one file, the policy being the one beside the log."""
    files = everything() | {path: data}
    try:
        if path in INDEXES:
            kept = read_receipt(data)
            check_against(whole(), kept, POLICY)
        else:
            verify_log(files.__getitem__, read_policy(files["policy"]))
    except LedgerError:
        return False
    return True


@cache
def whole():
    return verify_log(published().__getitem__, POLICY, sizes=(SIZE,), indexes=tuple(range(SIZE)))


def accepted_flips(flips: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    files = everything()
    return [(path, bit) for path, bit in flips if is_accepted(path, flip(files[path], bit))]


def test_untouched_it_is_accepted() -> None:
    for path, data in everything().items():
        assert is_accepted(path, data), path


@pytest.mark.parametrize("part", range(PARTS))
def test_no_tamper_is_accepted(part: int) -> None:
    chance = random.Random(part)
    paths = sorted(everything())
    chosen = [paths[number % len(paths)] for number in range(TAMPERS // PARTS)]
    assert accepted_flips((path, chance.randrange(8 * len(everything()[path]))) for path in chosen) == []


@pytest.mark.parametrize("path", ["checkpoint", "policy", RECEIPT, LAST_RECEIPT])
def test_every_bit_of_what_is_signed_counts(path: str) -> None:
    assert accepted_flips((path, bit) for bit in range(8 * len(everything()[path]))) == []

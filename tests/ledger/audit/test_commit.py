"""Commitments: written one way, refused where nothing could be drawn from them."""

from datetime import datetime, timedelta, timezone

import msgspec
import pytest

from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.beacon import QUICKNET
from standwith.ledger.audit.commit import Commit, read_commit, write_commit
from standwith.ledger.errors import AuditRefused
from standwith.ledger.leaf import Kind, campaign_tag, read_leaf
from tests.ledger.audit.examples import CAMPAIGN, DRAW_AT, ROUND, TAGS_FILE, Invented, commitment
from tests.ledger.examples import ORIGIN, digest


def commit(**changes) -> Commit:
    return commitment(Invented().leaves, **changes)


def test_leaf_and_words_are_as_the_protocol_says() -> None:
    leaf, body = write_commit(commit(root=digest("root", 1).hex(), tags="2c" * 32), ORIGIN)
    found = read_leaf(leaf)
    assert (found.kind, found.campaign, found.detail) == (Kind.AUDIT, campaign_tag(ORIGIN, CAMPAIGN), b"\1" + bytes(15))
    told = msgspec.json.decode(body)
    assert body == write_addendum(told)
    assert told["rubric"].keys() == {"digest", "version"}
    del told["rubric"]
    assert told == {
        "beacon": f"drand:{QUICKNET}:{ROUND}",
        "campaign": CAMPAIGN,
        "confidence": 95,
        "kind": "commit",
        "n": 20,
        "root": digest("root", 1).hex(),
        "size": 300,
        "tags": "2c" * 32,
        "time": "2026-04-20T00:00:00Z",
    }


def test_it_is_read_back_as_it_was() -> None:
    assert read_commit(write_commit(commit(), ORIGIN)[1]) == commit()
    assert commit().drawn_by.time == DRAW_AT
    assert TAGS_FILE == b"standwith-tags-1\n"


def test_words_that_a_later_standwith_adds_are_passed_over() -> None:
    told = msgspec.json.decode(write_commit(commit(), ORIGIN)[1])
    assert read_commit(write_addendum(told | {"more": 1})) == commit()


@pytest.mark.parametrize(
    "change",
    [
        {"n": 0},
        {"n": 10_001},
        {"n": "20"},
        {"size": 0},
        {"size": 1 << 63},
        {"confidence": 90},
        {"kind": "report"},
        {"campaign": ""},
        {"campaign": "../other"},
        {"campaign": "a\n"},
        {"root": "AA" * 32},
        {"root": "aa" * 31},
        {"tags": ""},
        {"rubric": {"version": 1}},
        {"time": "2026-04-20T00:00:00"},
        {"time": "2026-04-20T00:00:03Z"},
        {"time": "soon"},
        {"beacon": f"drand:quicknet:{ROUND}"},
        {"beacon": f"drand:fastnet:{ROUND}"},
        {"beacon": "dice"},
    ],
    ids=str,
)
def test_what_is_no_commitment(change: dict) -> None:
    told = msgspec.json.decode(write_commit(commit(), ORIGIN)[1])
    with pytest.raises(AuditRefused):
        read_commit(write_addendum(told | change))


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"null\n"])
def test_what_is_nothing_at_all(body: bytes) -> None:
    with pytest.raises(AuditRefused):
        read_commit(body)


def test_one_that_could_not_be_read_is_not_written() -> None:
    with pytest.raises(AuditRefused):
        write_commit(commit(n=0), ORIGIN)
    with pytest.raises(AuditRefused):
        write_commit(commit(time=datetime(2026, 4, 20, 1, tzinfo=timezone(timedelta(hours=2)))), ORIGIN)

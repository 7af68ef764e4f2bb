"""Reports: written one way; what pages are given."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.bounds import share_at_most
from standwith.ledger.audit.check import draw_again
from standwith.ledger.audit.draw import Drawn
from standwith.ledger.audit.report import make_report, read_report, read_reports, write_report
from standwith.ledger.errors import AuditRefused
from standwith.ledger.leaf import Kind, campaign_tag, read_leaf
from tests.ledger.audit.examples import CAMPAIGN, VALUE, Invented, N, all_valid
from tests.ledger.examples import ORIGIN

DAY = date(2026, 4, 21)
SPOILED = ("invalid:domain", "unopened")


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    invented = Invented()
    index = invented.commit()
    return draw_again(invented.read().committed[index], VALUE)


def told(drawn: Drawn) -> dict:
    return msgspec.json.decode(write_report(make_report(all_valid(drawn, *SPOILED), DAY), ORIGIN)[1])


def test_leaf_and_words_are_as_the_protocol_says(drawn: Drawn) -> None:
    leaf, body = write_report(make_report(all_valid(drawn, *SPOILED), DAY), ORIGIN)
    found = read_leaf(leaf)
    assert (found.kind, found.campaign, found.detail) == (Kind.AUDIT, campaign_tag(ORIGIN, CAMPAIGN), b"\2" + bytes(15))
    said = msgspec.json.decode(body)
    assert body == write_addendum(said)
    assert said == {
        "bounds": {
            "95": share_at_most(drawn.population, N, 2, 95),
            "99": share_at_most(drawn.population, N, 2, 99),
        },
        "campaign": CAMPAIGN,
        "commit": 300,
        "confidence": 95,
        "date": "2026-04-21",
        "invalid": 2,
        "kind": "report",
        "n": N,
        "results": {
            str(index): word for index, word in zip(drawn.sample, [*SPOILED, *["valid"] * (N - 2)], strict=True)
        },
        "sample": list(drawn.sample),
        "seed": drawn.seed,
        "size": 300,
        "value": VALUE,
    }


def test_a_receipt_is_carried_along(drawn: Drawn) -> None:
    report = make_report(all_valid(drawn), DAY, b"c2sp.org/tlog-proof@v1\n")
    _, body = write_report(report, ORIGIN)
    assert read_report(body) == report
    assert msgspec.json.decode(body)["receipt"] == "c2sp.org/tlog-proof@v1\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda told: {"n": N + 1},
        lambda told: {"n": N - 1},
        lambda told: {"invalid": 1},
        lambda told: {"invalid": 3},
        lambda told: {"sample": told["sample"][1:]},
        lambda told: {"sample": [*told["sample"][1:], told["sample"][1]]},
        lambda told: {"results": {}},
        lambda told: {"results": told["results"] | {"9999": "valid"}},
        lambda told: {"results": dict.fromkeys(told["results"], "good")},
        lambda told: {"results": dict.fromkeys(told["results"], "invalid:Amina Example")},
        lambda told: {"bounds": {"95": 0.1}},
        lambda told: {"bounds": {"95": 0.1, "99": 0.1, "100": 1}},
        lambda told: {"bounds": {"95": 0.1, "99": 1.1}},
        lambda told: {"kind": "commit"},
        lambda told: {"confidence": 50},
        lambda told: {"seed": "00"},
        lambda told: {"date": "yesterday"},
        lambda told: {"commit": "300"},
    ],
)
def test_what_is_no_report(drawn: Drawn, change: Callable[[dict], dict]) -> None:
    said = told(drawn)
    with pytest.raises(AuditRefused):
        read_report(write_addendum(said | change(said)))


@pytest.mark.parametrize("body", [b"", b"\xff", b"null\n"])
def test_what_is_nothing_at_all(body: bytes) -> None:
    with pytest.raises(AuditRefused):
        read_report(body)


def test_pages_are_given_the_reports_and_the_digests_of_their_words(drawn: Drawn) -> None:
    invented = Invented()
    invented.commit()
    first = invented.report(drawn)
    invented.report(drawn, "invalid:text")  # of the same commitment
    words = {leaf: invented.words.get(leaf[26:58], b"") for leaf in invented.leaves}
    found = read_reports(invented.leaves[300:], words.__getitem__)
    assert [(each.report.invalid, each.digest) for each in found] == [(0, invented.leaves[first][26:58])]


def test_reports_that_make_no_sense_are_not_shown(drawn: Drawn) -> None:
    invented = Invented()
    invented.commit()
    invented.report(drawn)
    assert read_reports(invented.leaves[300:], lambda leaf: b"") == []
    assert read_reports([], lambda leaf: b"") == []

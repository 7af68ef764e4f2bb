"""The report: what an audit found, in the ledger, which signs it with everything else.

    detail     02, 15 bytes of zero
    addendum   {"bounds":{"95":0.0198,"99":0.0303},"campaign":"stand-with-belarus","commit":4712,"confidence":95,
                "date":"2026-04-21","invalid":0,"kind":"report","n":149,"results":{"1093":"valid",…},
                "sample":[1093,…],"seed":"9f86…","size":4711,"value":"3c1f…"}

`commit` is the index of the commitment's leaf, `value` what the beacon gave. `receipt` may follow: a receipt of the
commitment whose checkpoint witnesses cosigned, with the time, before the beacon's. `bounds` are shares of all
signatures, rounded up to a millionth.
Invariant: all but results, date and receipt can be worked out anew from the log and the value (check.py does). One
report counts for a commitment: the first. No names.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.bounds import CONFIDENCES, share_at_most
from standwith.ledger.audit.commit import Campaign, Digest, Number, Size
from standwith.ledger.audit.results import Results, check_results, count_invalid
from standwith.ledger.errors import AuditRefused
from standwith.ledger.leaf import COMMITMENT, Kind, campaign_tag, make_statement, read_leaf

REPORT = 2  # the first byte of the leaf's detail


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The addendum of a report."""

    bounds: dict[str, float]
    campaign: Campaign
    commit: int
    confidence: Literal[95, 99]
    date: date
    invalid: int
    kind: Literal["report"]
    n: Number
    receipt: str | msgspec.UnsetType = msgspec.UNSET
    results: dict[str, str]
    sample: tuple[int, ...]
    seed: Digest
    size: Size
    value: str


class Read(NamedTuple):
    """A report that stands in a log, and the SHA-256 of its addendum."""

    report: Report
    digest: bytes


def bounds_of(population: int, n: int, invalid: int) -> dict[str, float]:
    """Which share of the population is invalid at most, by confidence in per cent."""
    return {str(each): share_at_most(population, n, invalid, each) for each in CONFIDENCES}


def make_report(results: Results, day: date, receipt: bytes | None = None) -> Report:
    """The report of these results."""
    drawn = results.drawn
    return msgspec.convert(
        {
            "bounds": bounds_of(drawn.population, drawn.n, results.invalid),
            "campaign": drawn.campaign,
            "commit": drawn.commit,
            "confidence": drawn.confidence,
            "date": day,
            "invalid": results.invalid,
            "kind": "report",
            "n": drawn.n,
            "results": results.results,
            "sample": drawn.sample,
            "seed": drawn.seed,
            "size": drawn.size,
            "value": drawn.value,
            **({} if receipt is None else {"receipt": receipt.decode()}),
        },
        Report,
    )


def write_report(report: Report, origin: str) -> tuple[bytes, bytes]:
    """Leaf and addendum of a report; raises AuditRefused for one that could not be read."""
    body = write_addendum(report)
    read_report(body)
    leaf = make_statement(Kind.AUDIT, campaign_tag(origin, report.campaign), body, bytes([REPORT]))
    return leaf, body


def read_report(body: bytes) -> Report:
    """The report in an addendum, as far as it can be checked without the log; raises AuditRefused."""
    try:
        report = msgspec.json.decode(body, type=Report)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise AuditRefused("The report is not written as reports are.") from None
    check_results(report.results, report.sample)
    if not report.n == len(report.sample) == len(report.results):
        raise AuditRefused(f"The report says {report.n} records and lists {len(report.sample)}, or one of them twice.")
    if report.invalid != count_invalid(report.results):
        raise AuditRefused("The report's number of invalid records is not that of its results.")
    if report.bounds.keys() != set(map(str, CONFIDENCES)) or not all(0 <= each <= 1 for each in report.bounds.values()):
        raise AuditRefused("The report gives other bounds than those for 95 and 99 per cent.")
    return report


def read_reports(leaves: Iterable[bytes], read_words: Callable[[bytes], bytes]) -> list[Read]:
    """The reports among the audit leaves of one campaign of our own log, in their order, one for each commitment.

    `read_words` gives the addendum of a leaf. Reports that make no sense are left out. Whether the others hold,
    check.py says; pages show those that our own commands wrote.
    """
    found: dict[int, Read] = {}
    for leaf in leaves:
        if read_leaf(leaf).detail[0] != REPORT:
            continue
        with suppress(AuditRefused):
            report = read_report(read_words(leaf))
            found.setdefault(report.commit, Read(report, leaf[COMMITMENT]))
    return list(found.values())

"""Results: what the custodians found, a word for each record of the sample. No names, no addresses, no domains.

    {"drawn":{…the sample's file…},"results":{"17":"valid","4":"invalid:domain","9":"unopened"}}

Invariant: there is a result for every record of the sample and for no other.
"""

from collections.abc import Collection, Iterable

import msgspec

from standwith.ledger.addendum import write_addendum
from standwith.ledger.audit.draw import Drawn
from standwith.ledger.audit.rubric import RESULTS, VALID, Line, judge
from standwith.ledger.audit.tags import Known
from standwith.ledger.errors import AuditRefused


class Results(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sample and its results by index."""

    drawn: Drawn
    results: dict[str, str]

    @property
    def invalid(self) -> int:
        """How many were found invalid or could not be opened."""
        return count_invalid(self.results)


def judge_sample(drawn: Drawn, lines: Iterable[Line], known: Known, throw_away: Collection[str] = ()) -> Results:
    """Judge every record of a sample by the rubric; of several lines about one record the first that opened counts."""
    found: dict[int, Line] = {}
    for line in lines:
        if line.index not in found or (line.opened and not found[line.index].opened):
            found[line.index] = line
    results = {str(index): judge(found.get(index), known, throw_away) for index in drawn.sample}
    return Results(drawn, results)


def write_results(results: Results) -> bytes:
    """The results as a file."""
    return write_addendum(results)


def read_results(data: bytes) -> Results:
    """The results in a file; raises AuditRefused."""
    try:
        results = msgspec.json.decode(data, type=Results)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise AuditRefused("These are no results; make them with: standwith audit record") from None
    check_results(results.results, results.drawn.sample)
    return results


def check_results(results: dict[str, str], sample: Iterable[int]) -> None:
    """Raise AuditRefused unless each record of the sample has one of the results that there are."""
    if results.keys() != set(map(str, sample)):
        raise AuditRefused("The results are not those of the records that were drawn.")
    if unknown := set(results.values()) - RESULTS:
        raise AuditRefused(f"“{min(unknown)[:40]}” is no result.")


def count_invalid(results: dict[str, str]) -> int:
    """How many count as invalid."""
    return sum(result != VALID for result in results.values())

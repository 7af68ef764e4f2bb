"""Checking: everything but the judging is worked out anew, and nothing that differs gets through."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from standwith.ledger.addendum import addendum_path
from standwith.ledger.audit.check import check_report, draw_again, kept, seen_in_time
from standwith.ledger.audit.draw import Drawn
from standwith.ledger.audit.report import Report, make_report
from standwith.ledger.errors import AuditRefused, LedgerError, NoteRefused, ProofRefused
from standwith.ledger.leaf import Kind, make_statement
from tests.ledger.audit.examples import DRAW_AT, POLICY, VALUE, Invented, N, all_valid, counted, root_at
from tests.ledger.examples import TAGS, WITNESS_KEY, leaf

EARLY, LATE = int(DRAW_AT.timestamp()) - 1, int(DRAW_AT.timestamp())


@pytest.fixture
def invented() -> Invented:
    """An invented log with a commitment at leaf 300, and a few signatures behind it."""
    invented = Invented()
    invented.commit()
    invented.leaves += [leaf(index) for index in range(400, 410)]
    return invented


def drawn(invented: Invented, commit: int = 300) -> Drawn:
    return draw_again(invented.read().committed[commit], VALUE)


def problem(invented: Invented, change: Callable[[Report], Report] = lambda report: report) -> str:
    """What is wrong with a report that was changed."""
    index = invented.report(drawn(invented), change=change)
    (stated,) = invented.read().stated
    assert stated.index == index
    return stated.problem


def changed(**changes: Any) -> Callable[[Report], Report]:
    return lambda report: msgspec.structs.replace(report, **changes)


def test_an_honest_audit_holds(invented: Invented) -> None:
    assert problem(invented) == ""
    audits = invented.read()
    assert list(audits.committed) == [300]
    assert audits.wrong == {}
    (stated,) = audits.stated
    assert audits.reports_of(300) == [stated.report]


def test_who_left_before_the_commitment_is_not_drawn_and_who_leaves_later_still_is(invented: Invented) -> None:
    standing = list(invented.read().committed[300].standing)
    assert standing == counted(invented.leaves, 300)
    signed = [index for index, each in enumerate(invented.leaves[:300]) if each[:10] == b"\1\1" + TAGS[0]]
    assert set(standing) < set(signed)


def test_a_log_without_audits() -> None:
    audits = Invented().read()
    assert (audits.committed, audits.wrong, audits.stated) == ({}, {}, [])


def test_several_audits_of_several_sizes() -> None:
    invented = Invented()
    first = invented.commit()
    invented.leaves += [leaf(index) for index in range(310, 500)]
    second = invented.commit(size=450, root=root_at(invented.leaves, 450).hex(), n=5)
    small, large = drawn(invented, first), drawn(invented, second)
    assert (small.n, large.n) == (N, 5)
    assert large.population > small.population
    invented.report(small)
    invented.report(large, "unopened")
    assert [each.problem for each in invented.read().stated] == ["", ""]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed(value="00" * 32), "seed does not follow"),
        (changed(value="xyz"), "64 hexadecimal digits"),
        (changed(value=VALUE.upper()), "one way"),
        (changed(seed="00" * 32), "seed does not follow"),
        (changed(size=299), "not those of its commitment"),
        (changed(confidence=99), "not those of its commitment"),
        (changed(bounds={"95": 0.0, "99": 0.0}), "bounds are not those"),
        (changed(commit=299), "names no commitment"),
        (changed(commit=301), "names no commitment"),
        (changed(commit=1 << 70), "names no commitment"),
        (lambda report: changed(sample=report.sample[::-1])(report), "sample is not the one"),
        (
            lambda report: changed(results=report.results | {str(report.sample[0]): "unopened"}, invalid=1)(report),
            "bounds are not those",
        ),
        (lambda report: _with_another_record(report), "sample is not the one"),
    ],
)
def test_a_report_that_does_not_follow(invented: Invented, change: Callable[[Report], Report], said: str) -> None:
    assert said in problem(invented, change)


def _with_another_record(report: Report) -> Report:
    other = next(index for index in range(300) if index not in report.sample)
    results = {str(other): "valid", **{str(index): "valid" for index in report.sample[1:]}}
    return changed(sample=(other, *report.sample[1:]), results=results)(report)


def test_a_second_report_of_a_commitment_does_not_count(invented: Invented) -> None:
    found = drawn(invented)
    invented.report(found, "invalid:text")
    invented.report(found)
    first, second = invented.read().stated
    assert first.problem == ""
    assert "an earlier report of the same commitment" in second.problem


def test_a_wrong_report_cannot_be_mended_by_a_second(invented: Invented) -> None:
    found = drawn(invented)
    invented.report(found, change=changed(bounds={"95": 0.0, "99": 0.0}))
    invented.report(found)
    assert all(each.problem for each in invented.read().stated)


def test_a_report_before_its_commitment_is_none() -> None:
    invented = Invented()
    invented.commit()
    found = drawn(invented)
    invented.leaves.pop()
    invented.report(msgspec.structs.replace(found, commit=301))
    invented.commit()
    (stated,) = invented.read().stated
    assert "names no commitment that stands before it" in stated.problem


def test_a_report_under_another_campaign_s_tag(invented: Invented) -> None:
    index = invented.report(drawn(invented))
    invented.leaves[index] = invented.leaves[index][:2] + TAGS[1] + invented.leaves[index][10:]
    (stated,) = invented.read().stated
    assert "another campaign" in stated.problem


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"root": "00" * 32}, "root that it names is not the log's"),
        ({"size": 301}, "leaves that came after it"),
        ({"size": 299}, "root that it names is not the log's"),
        ({"n": 290}, "more records than there were signatures"),
        ({"campaign": "nobody-signed-this"}, "more records than there were signatures"),
    ],
)
def test_a_commitment_that_does_not_hold(changes: dict, said: str) -> None:
    invented = Invented()
    index = invented.commit(**changes)
    audits = invented.read()
    assert said in audits.wrong[index]
    assert audits.committed == {}


def test_a_report_falls_with_its_commitment() -> None:
    invented = Invented()
    invented.commit()
    found = drawn(invented)
    invented.leaves.pop()
    invented.commit(root="00" * 32)
    invented.report(found)
    (stated,) = invented.read().stated
    assert "Its commitment does not hold. The root" in stated.problem


def test_words_that_are_missing_are_told(invented: Invented) -> None:
    index = invented.report(drawn(invented))
    files = invented.files()
    del files[addendum_path(invented.leaves[index][26:58])]
    (stated,) = invented.read(files).stated
    assert stated.problem == "Its words are missing from the log's files."
    del files[addendum_path(invented.leaves[300][26:58])]
    assert invented.read(files).wrong == {300: "Its words are missing from the log's files."}


def test_words_that_make_no_sense_are_told(invented: Invented) -> None:
    invented.state((make_statement(Kind.AUDIT, TAGS[0], b"{}\n", b"\1"), b"{}\n"))
    invented.state((make_statement(Kind.AUDIT, TAGS[0], b"[]\n", b"\2"), b"[]\n"))
    invented.state((make_statement(Kind.AUDIT, TAGS[0], b"{}\n", b"\3"), b"{}\n"))  # of a later standwith
    audits = invented.read()
    assert list(audits.wrong.values()) == ["The commitment is not written as commitments are."]
    assert [each.problem for each in audits.stated] == ["The report is not written as reports are."]


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/0/000", "checkpoint"])
def test_a_log_that_does_not_verify_has_no_audits(invented: Invented, path: str) -> None:
    files = invented.files()
    files[path] = files[path].replace(files[path][40:44], b"AAAA")
    with pytest.raises(LedgerError):
        invented.read(files)


def test_one_other_leaf_draws_another_sample(invented: Invented) -> None:
    other = Invented([*invented.leaves[:5], leaf(1005), *invented.leaves[6:300]])
    other.commit()
    assert drawn(other).sample != drawn(invented).sample


def test_a_witness_may_have_seen_the_commitment_in_time(invented: Invented) -> None:
    committed = invented.read().committed[300]
    assert seen_in_time(invented.receipt(300, EARLY), committed, POLICY) == {"noor": EARLY}
    assert seen_in_time(invented.receipt(300, LATE), committed, POLICY) == {}
    assert seen_in_time(invented.receipt(300), committed, POLICY) == {}


def test_receipts_that_prove_nothing(invented: Invented) -> None:
    committed, good = invented.read().committed[300], invented.receipt(300, EARLY)
    with pytest.raises(AuditRefused, match="not one of this commitment"):
        seen_in_time(invented.receipt(299, EARLY), committed, POLICY)
    with pytest.raises(NoteRefused):
        seen_in_time(good.replace(b"\n311\n", b"\n312\n"), committed, POLICY)
    with pytest.raises(NoteRefused):
        at = good.index(WITNESS_KEY.name.encode()) + len(WITNESS_KEY.name) + 30
        seen_in_time(good[:at] + (b"A" if good[at : at + 1] != b"A" else b"B") + good[at + 1 :], committed, POLICY)
    with pytest.raises(ProofRefused):
        seen_in_time(b"no receipt", committed, POLICY)


def test_a_receipt_of_the_same_leaf_elsewhere_is_another_one(invented: Invented) -> None:
    again = invented.leaves[300]
    invented.leaves.append(again)
    committed = invented.read().committed[300]
    with pytest.raises(AuditRefused, match="not one of this commitment"):
        seen_in_time(invented.receipt(len(invented.leaves) - 1, EARLY), committed, POLICY)


def test_check_report_is_what_the_server_asks_before_it_states(invented: Invented) -> None:
    committed = invented.read().committed[300]
    report = make_report(all_valid(draw_again(committed, VALUE)), date(2026, 4, 21))
    check_report(report, committed)
    with pytest.raises(AuditRefused):
        check_report(msgspec.structs.replace(report, n=N + 1), committed)


def test_tiles_are_fetched_once_and_the_checkpoint_always() -> None:
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return path.encode()

    again = kept(read)
    for path in ("checkpoint", "tile/0/000", "checkpoint", "tile/0/000"):
        assert again(path) == path.encode()
    assert asked == ["checkpoint", "tile/0/000", "checkpoint"]

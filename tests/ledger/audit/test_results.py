"""Results: a word for every record of the sample, and for no other."""

import msgspec
import pytest

from standwith.ledger.audit.check import draw_again
from standwith.ledger.audit.draw import Drawn
from standwith.ledger.audit.results import judge_sample, read_results, write_results
from standwith.ledger.audit.tags import Known
from standwith.ledger.errors import AuditRefused
from tests.ledger.audit.examples import VALUE, Invented, all_valid
from tests.ledger.audit.test_rubric import GOOD, NOTHING


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    invented = Invented()
    index = invented.commit()
    return draw_again(invented.read().committed[index], VALUE)


def lines(drawn: Drawn, **changes):
    return [msgspec.structs.replace(GOOD, index=index, **changes) for index in drawn.sample]


def test_every_record_gets_its_word(drawn: Drawn) -> None:
    told = lines(drawn)
    told[1] = msgspec.structs.replace(told[1], consent=False)
    results = judge_sample(drawn, told[:-1], Known({}, {drawn.sample[2]}))
    words = list(results.results.values())
    assert words == ["valid", "invalid:consent", "invalid:duplicate", *["valid"] * (drawn.n - 4), "unopened"]
    assert list(results.results) == list(map(str, drawn.sample))
    assert results.invalid == 3


def test_records_that_were_not_drawn_say_nothing(drawn: Drawn) -> None:
    other = msgspec.structs.replace(GOOD, index=max(drawn.sample) + 1, text=False)
    assert judge_sample(drawn, [other, *lines(drawn)], NOTHING) == judge_sample(drawn, lines(drawn), NOTHING)


def test_of_two_lines_the_one_that_opened_counts(drawn: Drawn) -> None:
    shut = lines(drawn, opened=False, commitment=False)
    assert judge_sample(drawn, [*shut, *lines(drawn)], NOTHING).invalid == 0
    assert judge_sample(drawn, [*lines(drawn), *shut], NOTHING).invalid == 0
    assert judge_sample(drawn, [*lines(drawn, text=False), *lines(drawn)], NOTHING).invalid == drawn.n


def test_they_are_read_back_as_they_were(drawn: Drawn) -> None:
    results = all_valid(drawn, "unopened", "invalid:text")
    assert read_results(write_results(results)) == results


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[]"])
def test_what_are_no_results(data: bytes) -> None:
    with pytest.raises(AuditRefused, match="These are no results"):
        read_results(data)


@pytest.mark.parametrize("word", ["Valid", "invalid", "invalid:name", ""])
def test_words_that_no_result_has(drawn: Drawn, word: str) -> None:
    with pytest.raises(AuditRefused, match="is no result"):
        read_results(write_results(all_valid(drawn, word)))


def test_results_of_other_records_are_refused(drawn: Drawn) -> None:
    good = all_valid(drawn)
    for results in ({**good.results, "999": "valid"}, dict(list(good.results.items())[1:])):
        with pytest.raises(AuditRefused, match="not those of the records"):
            read_results(write_results(msgspec.structs.replace(good, results=results)))

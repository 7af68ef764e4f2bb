"""Statements found again: the newest, those that are published, their words."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from standwith.ledger.addendum import write_addendum
from standwith.ledger.leaf import Kind, make_statement
from standwith.ledger.rows import append, queue, take_queued
from standwith.ledger.statements import latest_statement, statements, words_of
from tests.ledger.examples import TAGS

ONE, OTHER = TAGS


def statement(number: int, kind: Kind = Kind.AUDIT, tag: bytes = ONE, detail: bytes = b"\1") -> tuple[bytes, bytes]:
    words = write_addendum({"number": number})
    return make_statement(kind, tag, words, detail), words


def enter(*given: tuple[bytes, bytes]) -> list[bytes]:
    for leaf, words in given:
        queue(leaf, words)
    with transaction.atomic():
        append(take_queued())
    return [leaf for leaf, _ in given]


def test_those_that_are_published_come_in_their_order_and_no_others(place):
    log = place.open()
    place.grow(20)
    first = enter(statement(2), statement(1, Kind.KEYS), statement(3, tag=OTHER), statement(1, detail=b"\2"))
    place.grow(5)
    log.publish()
    enter(statement(7))
    queue(*statement(8))
    assert statements(Kind.AUDIT, ONE) == [first[0], first[3]]
    assert statements(Kind.AUDIT, OTHER) == [first[2]]
    assert statements(Kind.CLOSE, ONE) == []
    log.publish()
    assert len(statements(Kind.AUDIT, ONE)) == 3


def test_the_newest_may_wait_still(place):
    assert latest_statement(Kind.AUDIT, ONE) is None
    old, new = statement(1), statement(2)
    enter(old)
    assert latest_statement(Kind.AUDIT, ONE) == old[0]
    queue(*new)
    assert latest_statement(Kind.AUDIT, ONE) == new[0]
    assert latest_statement(Kind.AUDIT, ONE, b"\2") is None
    assert latest_statement(Kind.AUDIT, OTHER) is None


def test_words_are_found_before_and_after_they_are_entered(place):
    leaf, words = statement(1)
    queue(leaf, words)
    assert words_of(leaf) == words
    enter()
    assert words_of(leaf) == words
    assert words_of(statement(2)[0]) is None


@pytest.mark.parametrize("ask", [statements, latest_statement])
def test_no_question_reads_the_whole_log(place, ask):
    with CaptureQueriesContext(connection) as asked:
        ask(Kind.AUDIT, ONE)
    with connection.cursor() as cursor:
        plans = []
        for query in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans += [step[3] for step in cursor.fetchall() if "ledger_leaf" in step[3]]
    assert plans
    assert all("leaf_stated" in plan for plan in plans), plans

"""Rows: indexes without a gap, in the caller's transaction; what waits comes in order; only what is signed counts."""

import hashlib

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from standwith.ledger.errors import NoLog
from standwith.ledger.leaf import Kind, Reason, make_statement, make_void
from standwith.ledger.models import Addendum, Statement
from standwith.ledger.rows import Published, append, log_exists, origin, published, queue, read, size, take_queued
from tests.ledger.examples import ORIGIN, TAGS, signature

VOIDS = [make_void(TAGS[0], index, Reason.DUPLICATE) for index in range(5)]
NOTHING = Published(size=0, number=0, signatures=0, withdrawn=0, voided={}, cosigned=0, witnesses=0)


def test_without_a_log_nothing_works_and_the_sentence_says_how_to_make_one(tables):
    assert not log_exists()
    for ask in (origin, lambda: published(TAGS[0]), lambda: atomically(lambda: append([signature(0)]))):
        with pytest.raises(NoLog, match="standwith ledger init"):
            ask()
    assert size() == 0


def test_a_log_knows_its_origin(place):
    assert log_exists()
    assert origin() == ORIGIN


def test_indexes_are_consecutive_from_zero(place):
    leaves = [signature(index) for index in range(7)]
    assert [atomically(lambda part=part: append(part)) for part in (leaves[:3], [], leaves[3:])] == [0, 3, 3]
    assert size() == 7
    assert read(0, 10) == leaves
    assert read(5, 10) == leaves[5:]
    assert read(2, 2) == leaves[2:4]


def test_a_transaction_that_fails_gives_no_index_away(place):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append([signature(0)])
        raise ZeroDivisionError
    assert size() == 0
    assert atomically(lambda: append([signature(0)])) == 0


@pytest.mark.parametrize("verb", [lambda: append([signature(0)]), take_queued])
def test_indexes_are_given_inside_a_transaction_only(place, verb):
    with pytest.raises(RuntimeError):
        verb()
    assert size() == 0


@pytest.mark.parametrize("damaged", [b"", bytes(75), bytes(77)])
def test_what_has_not_the_length_of_a_leaf_is_refused(place, damaged):
    with pytest.raises(ValueError, match="76"):
        atomically(lambda: append([signature(0), damaged]))
    with pytest.raises(ValueError, match="76"):
        queue(damaged)
    assert size() == 0
    assert not Statement.objects.exists()


def test_the_queue_keeps_its_order_and_is_emptied_by_taking(place):
    for leaf in VOIDS:
        queue(leaf)
    assert atomically(lambda: take_queued(2)) == VOIDS[:2]
    queue(VOIDS[0])
    assert atomically(take_queued) == [*VOIDS[2:], VOIDS[0]]
    assert atomically(take_queued) == []


def test_what_was_taken_in_a_transaction_that_failed_waits_again(place):
    queue(VOIDS[0])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append(take_queued())
        raise ZeroDivisionError
    assert atomically(take_queued) == VOIDS[:1]


def test_the_words_of_a_statement_are_kept_once_and_belong_to_it(place):
    words = b"Stand with them.\n"
    statement = make_statement(Kind.TEXT, TAGS[0], words, b"\0\1en")
    queue(statement, words)
    queue(statement, words)
    assert [bytes(row.body) for row in Addendum.objects.all()] == [words]
    assert bytes(Addendum.objects.get().digest) == hashlib.sha256(words).digest()
    with pytest.raises(ValueError, match="digest"):
        queue(statement, b"Other words.\n")
    assert atomically(take_queued) == [statement, statement]
    assert Addendum.objects.count() == 1


def test_what_is_not_signed_counts_for_nobody(place):
    atomically(lambda: append([signature(0, TAGS[0])]))
    assert published(TAGS[0]) == NOTHING
    place.open().publish()
    assert published(TAGS[0]) == NOTHING._replace(size=1, number=1, signatures=1)
    assert published(TAGS[1]) == NOTHING._replace(size=1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(place, count):
    for leaf in VOIDS[:count]:
        queue(leaf)
    with CaptureQueriesContext(connection) as asked:
        atomically(lambda: append(take_queued()))
    assert len(statements(asked)) == 5  # look into the queue, empty it, is there a log, its size, append


def atomically(do):
    with transaction.atomic():
        return do()


def statements(asked):
    return {query["sql"].partition(" times: ")[2] or query["sql"] for query in asked.captured_queries} - {
        "BEGIN IMMEDIATE",
        "COMMIT",
    }

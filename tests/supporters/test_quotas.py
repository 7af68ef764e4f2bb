"""Quotas of many addresses at once."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from standwith.supporters.quotas import read_quotas, store_quotas
from standwith.supporters.rules import Quota
from tests.supporters.stand import MORNING

A, B = b"a" * 16, b"b" * 16


def test_quotas_come_back_as_they_were_stored():
    first = {A: Quota(1, MORNING), B: Quota(2, MORNING)}
    store_quotas(first)
    store_quotas({A: Quota(2, MORNING + timedelta(days=1))})
    assert read_quotas([A, B, b"c" * 16]) == first | {A: Quota(2, MORNING + timedelta(days=1))}


def test_an_address_that_was_promised_nothing_has_no_row():
    store_quotas({A: Quota()})
    assert read_quotas([A]) == {}


def test_one_query_for_one_and_for_fifty():
    for number in (1, 50):
        with CaptureQueriesContext(connection) as queries:
            store_quotas({bytes([n]) * 16: Quota(1, MORNING) for n in range(number)})
            read_quotas([bytes([n]) * 16 for n in range(number)])
        kinds = [word for query in queries for word in query["sql"].split() if word in ("INSERT", "SELECT")]
        assert kinds == ["INSERT", "SELECT"]

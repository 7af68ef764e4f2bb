"""Quotas of many addresses at once."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from standwith.supporters.quotas import forget_quotas, raise_quotas, read_quotas, store_quotas
from standwith.supporters.rules import Quota
from tests.supporters.stand import MORNING

A, B = b"a" * 16, b"b" * 16
ONE, OTHER = b"1" * 8, b"2" * 8
EPOCHS = {A: ONE, B: OTHER}


def test_quotas_come_back_as_they_were_stored():
    first = {A: Quota(1, MORNING), B: Quota(2, MORNING)}
    store_quotas(first, EPOCHS)
    store_quotas({A: Quota(2, MORNING + timedelta(days=1))}, EPOCHS)
    assert read_quotas([A, B, b"c" * 16]) == first | {A: Quota(2, MORNING + timedelta(days=1))}


def test_an_address_that_was_promised_nothing_has_no_row():
    store_quotas({A: Quota()}, EPOCHS)
    assert read_quotas([A]) == {}


def test_one_query_for_one_and_for_fifty():
    for number in (1, 50):
        quotas = {bytes([n]) * 16: Quota(1, MORNING) for n in range(number)}
        with CaptureQueriesContext(connection) as queries:
            store_quotas(quotas, dict.fromkeys(quotas, ONE))
            read_quotas(list(quotas))
        kinds = [word for query in queries for word in query["sql"].split() if word in ("INSERT", "SELECT")]
        assert kinds == ["INSERT", "SELECT"]


def test_a_quota_dies_with_the_key_that_made_its_tag_and_does_not_come_back():
    store_quotas({A: Quota(1, MORNING), B: Quota(1, MORNING)}, EPOCHS)
    assert forget_quotas([ONE]) == 1
    raise_quotas({A: Quota(2, MORNING), B: Quota(2, MORNING)})
    assert read_quotas([A, B]) == {A: Quota(2, MORNING)}

"""Every value of the campaign format has words for readers."""

from standwith.campaigns.model import DEMAND_STATES
from standwith.ledger.leaf import Reason
from standwith.organisations import SCOPES
from standwith.people import STATUSES
from standwith.site import labels


def test_nothing_of_the_format_is_without_words() -> None:
    assert set(labels.SCOPES) == set(SCOPES)
    assert set(labels.DEMAND_STATES) == set(DEMAND_STATES)
    assert set(labels.STATUSES) == set(STATUSES)
    assert set(labels.REASONS) == set(Reason)


def test_every_status_puts_a_person_under_one_heading() -> None:
    headed = [status for statuses in labels.FATES.values() for status in statuses]
    assert sorted(headed) == sorted(STATUSES)

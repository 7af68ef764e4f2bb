"""The rehearsal: whoever counts as proven can open, and nobody else."""

import io
from datetime import date
from itertools import combinations

import pytest

from standwith.custody.errors import RehearsalFailed, SharesForeign
from standwith.custody.opening import unseal
from standwith.custody.rehearsal import make_rehearsal, proven
from standwith.sealing.bundle import Bundle, write_bundle
from tests.custody.examples import (
    CAMPAIGN,
    KEYS,
    ORIGIN,
    PUBLIC,
    make_bundle,
    make_shares,
    read_bundle,
    read_shares,
    record,
)


def rehearsal(needed=2) -> Bundle:
    head, entry = make_rehearsal(CAMPAIGN, PUBLIC, needed, origin=ORIGIN, today=date(2026, 3, 1))
    file = io.BytesIO()
    write_bundle(file, head, [entry])
    return read_bundle(file.getvalue())


def shares(bundle, *secrets, **more):
    return [read_shares(make_shares(bundle, secret, **more)) for secret in secrets]


@pytest.mark.parametrize("who", [*combinations(range(3), 2), (2, 0), (0, 1, 2)])
def test_enough_custodians_prove_that_they_can_open(who):
    bundle = rehearsal()
    assert proven(bundle, shares(bundle, *(KEYS[place] for place in who))) == [PUBLIC[place] for place in sorted(who)]


def test_a_custodian_opens_the_test_record_with_the_usual_command():
    bundle, told = rehearsal(), list[str]()
    assert [index for index, _ in unseal(bundle, None, KEYS[2], told)] == [0]
    assert told == []


def test_too_few_prove_nothing():
    bundle = rehearsal()
    for files in (shares(bundle, KEYS[0]), shares(bundle, KEYS[0], KEYS[0]), []):
        with pytest.raises(RehearsalFailed, match=r"The test record did not open\. Custodians who have to answer: 2"):
            proven(bundle, files)


def test_a_wrong_share_proves_nothing_about_its_custodian():
    bundle = rehearsal()
    wrong = shares(bundle, KEYS[1], change=lambda share: share[:1] + bytes(32))
    assert proven(bundle, [*wrong, *shares(bundle, KEYS[0], KEYS[2])]) == [PUBLIC[0], PUBLIC[2]]
    with pytest.raises(RehearsalFailed):
        proven(bundle, [*wrong, *shares(bundle, KEYS[0])])


def test_an_answer_to_an_earlier_rehearsal_fits_no_new_one():
    with pytest.raises(SharesForeign):
        proven(rehearsal(), shares(rehearsal(), *KEYS))


def test_one_custodian_of_one_can_rehearse_too():
    bundle = rehearsal(needed=1)
    assert proven(bundle, shares(bundle, KEYS[1])) == [PUBLIC[1]]


def test_a_real_bundle_is_no_rehearsal():
    with pytest.raises(RehearsalFailed, match="not a bundle for a rehearsal"):
        proven(read_bundle(make_bundle([])), [])


def test_no_two_rehearsals_are_alike_and_none_names_anybody():
    one, two = (make_rehearsal(CAMPAIGN, PUBLIC, 2, origin=ORIGIN, today=date(2026, 3, 1)) for _ in range(2))
    assert one[1].leaf != two[1].leaf
    assert one[0].is_rehearsal


def test_a_supporters_record_in_place_of_the_test_record_is_opened_by_nobody():
    """What a server that was taken over would send, to have somebody read without any custodian knowing."""
    bundle, told = read_bundle(make_bundle([record()], head={"checkpoint": ""})), list[str]()
    assert list(unseal(bundle, None, KEYS[0], told)) == []
    assert told == ["Record 1: it belongs to another campaign."]

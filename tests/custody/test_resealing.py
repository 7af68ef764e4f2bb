"""New custodians for old records: all of them or none, and only what the server has."""

from dataclasses import replace

import pytest

from standwith.custody.errors import ResealingRefused
from standwith.custody.opening import check_head, open_bundle
from standwith.custody.resealing import check_resealed, reseal
from standwith.sealing.age import make_age_key
from standwith.sealing.keys import make_key
from standwith.sealing.unlock import open_record
from tests.custody.examples import KEYS, OTHER, leaf_of, make_bundle, read_bundle, record

RECORDS = [record(number) for number in range(3)]
NEW = [make_key("custodian"), make_age_key()]
LINES = [str(secret.public) for secret in NEW]


def resealed(data, secrets=KEYS[:2], indexes=None):
    bundle = read_bundle(data)
    opened = open_bundle(bundle, check_head(bundle.head), secrets, (), indexes)
    return list(reseal(opened, [secret.public for secret in NEW], 2))


def test_the_new_custodians_open_and_the_old_ones_do_not():
    data = make_bundle(RECORDS)
    entries = resealed(data)
    assert [open_record(entry.sealed, *NEW) for entry in entries] == RECORDS
    old = list(read_bundle(data).entries())
    assert [(each.index, each.leaf, each.proof) for each in entries] == [(e.index, e.leaf, e.proof) for e in old]
    assert not any(secret.id in entry.sealed for entry in entries for secret in KEYS)


@pytest.mark.parametrize("more", [{"secrets": KEYS[:1]}, {"indexes": {1, 3, 9}}], ids=["too few", "missing"])
def test_nothing_is_resealed_unless_everything_can_be(more):
    with pytest.raises(ResealingRefused, match="All records must open"):
        resealed(make_bundle(RECORDS), **more)


def checked(spoil=lambda entry: entry, keys=LINES, needed=2, **more):
    data = make_bundle(RECORDS, secrets=NEW, **more)
    leaves = {entry.index: entry.leaf for entry in read_bundle(data).entries()}
    spoiled = read_bundle(
        make_bundle(RECORDS, secrets=NEW, spoil=lambda entries: [spoil(entry) for entry in entries], **more)
    )
    return list(check_resealed(spoiled, keys, needed, lambda index: leaves.get(index, b"")))


def test_what_the_server_has_and_is_sealed_to_its_custodians_may_take_the_old_ones_place():
    assert [index for index, _ in checked()] == [1, 3, 5]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"keys": LINES[::-1]}, "sealed to other custodians"),
        ({"keys": [str(secret.public) for secret in KEYS]}, "sealed to other custodians"),
        ({"needed": 1}, "sealed to other custodians"),
        ({"spoil": lambda entry: replace(entry, leaf=bytes(76))}, "not the one that this server has"),
        ({"spoil": lambda entry: replace(entry, index=entry.index + 1)}, "not the one that this server has"),
        ({"spoil": lambda entry: replace(entry, sealed=b"SWR\x02 something")}, "Record 1: "),
        ({"head": {"campaign": "another-cause"}}, "not the one that this server has"),
    ],
    ids=["order", "others", "fewer", "leaf", "index", "no record", "campaign"],
)
def test_anything_else_is_refused(more, said):
    with pytest.raises(ResealingRefused, match=said):
        checked(**more)


def test_records_of_one_campaign_cannot_take_the_place_of_anothers():
    """The leaf is on this server, at this index, but it is the other campaign's signature."""
    other = leaf_of(record(0, OTHER))
    with pytest.raises(ResealingRefused, match="not the one that this server has"):
        checked(leaves=[other, *map(leaf_of, RECORDS[1:])])

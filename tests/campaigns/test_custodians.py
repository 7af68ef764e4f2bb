"""Whose keys a campaign is sealed to: its own custodians or the installation's, and how many of them are needed."""

from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from standwith.campaigns.custodians import CustodiansRefused, custodians_of, read_custodian, write_custodian
from standwith.campaigns.model import Custodian
from standwith.sealing.errors import KeyRefused
from tests.campaigns.belarus import CAMPAIGN
from tests.campaigns.good_folder import custodian_key

THREE = tuple(Custodian(name=f"Person {which}", key=custodian_key(which)) for which in range(3))
NOTHING = SimpleNamespace(custodian_keys=[], custodians_needed=0)


def defaults(*custodians, needed=0):
    return SimpleNamespace(custodian_keys=[write_custodian(each) for each in custodians], custodians_needed=needed)


def test_the_custodians_of_the_folder_come_first():
    found = custodians_of(replace(CAMPAIGN, custodians=THREE[:1]), defaults(*THREE[1:]))
    assert (found.all, found.keys, found.needed) == (THREE[:1], [custodian_key(0)], 1)


def test_where_the_folder_names_nobody_the_installation_does():
    assert custodians_of(CAMPAIGN, defaults(*THREE, needed=3)) == (THREE, 3)


@pytest.mark.parametrize(("count", "needed"), [(1, 1), (2, 2), (3, 2)])
def test_where_no_number_is_said_two_of_several_are_needed(count, needed):
    assert custodians_of(CAMPAIGN, defaults(*THREE[:count])).needed == needed
    assert custodians_of(replace(CAMPAIGN, custodians=THREE[:count]), NOTHING).needed == needed


def test_the_number_in_the_folder_counts():
    assert custodians_of(replace(CAMPAIGN, custodians=THREE, custodians_needed=3), NOTHING).needed == 3


@pytest.mark.parametrize(
    ("profile", "custodians", "needed", "said"),
    [
        ("open", (), 0, "has no custodian, so nobody could ever read who signed"),
        ("open", THREE, 4, "4 are needed and 3 are named"),
        ("open", (THREE[0], replace(THREE[0], name="Other")), 2, "the same key stands there twice"),
        ("open", THREE * 6, 2, "the same key stands there twice"),
        ("guarded", THREE[:1], 0, "is guarded, and one custodian alone"),
        ("guarded", THREE, 1, "is guarded, and one custodian alone"),
    ],
)
def test_what_cannot_be_sealed_to_is_refused_in_a_sentence(profile, custodians, needed, said):
    campaign = replace(CAMPAIGN, profile=profile)
    with pytest.raises(CustodiansRefused, match=said):
        custodians_of(campaign, defaults(*custodians, needed=needed))
    if custodians:
        with pytest.raises(CustodiansRefused, match=said):
            custodians_of(replace(campaign, custodians=custodians, custodians_needed=needed or None), NOTHING)


def test_more_custodians_than_a_record_carries_are_refused():
    many = [Custodian(name="", key=custodian_key(which)) for which in range(17)]
    with pytest.raises(CustodiansRefused, match="16 are the most"):
        custodians_of(CAMPAIGN, defaults(*many))


@pytest.mark.parametrize("custodian", [*THREE, replace(THREE[0], name=""), replace(THREE[2], name="")])
def test_a_custodian_in_the_settings_is_a_key_and_perhaps_a_name(custodian):
    assert read_custodian(f" {write_custodian(custodian)}\n") == custodian


@pytest.mark.parametrize(
    "line",
    ["", "Kofi", "age1 Kofi", "standwith-custodian-1 Kofi", f"Kofi {custodian_key(2)}"],
    ids=["empty", "name", "age", "our kind", "name first"],
)
def test_a_line_without_a_key_is_refused(line):
    with pytest.raises(KeyRefused):
        read_custodian(line)
    with pytest.raises(CustodiansRefused, match="custodian_keys in the settings"):
        custodians_of(CAMPAIGN, SimpleNamespace(custodian_keys=[line], custodians_needed=0))

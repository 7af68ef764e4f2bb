"""Sealing and opening: only enough of the right keys, only unchanged, only for the campaign it was sealed for."""

from itertools import combinations, permutations

import msgspec
import pytest

from standwith.sealing.envelope import RECORD as RECORD_KIND
from standwith.sealing.envelope import take_apart
from standwith.sealing.errors import (
    DamagedRecord,
    KeyRefused,
    SealError,
    SharesMissing,
    SharesRefused,
    UnknownVersion,
    WrongKey,
)
from standwith.sealing.keys import make_key
from standwith.sealing.lock import seal_contact, seal_record
from standwith.sealing.record import Contact
from standwith.sealing.unlock import make_keyring, open_contact, open_record, open_share, open_with_shares
from tests.sealing.examples import CAMPAIGN, CONTACT, RECORD, age_key, key, seal, three

ALONE = [key("custodian")]


def test_a_record_opens_with_the_only_custodians_key() -> None:
    assert open_record(seal(RECORD, ALONE), key("custodian")) == RECORD


def test_any_two_of_three_open_a_record_one_of_them_with_age() -> None:
    sealed = seal(RECORD, three(), 2)
    for chosen in permutations(three(), 2):
        assert open_record(sealed, *chosen) == RECORD
    assert open_record(sealed, key("custodian", 7), *three()) == RECORD


def test_shares_are_opened_one_by_one_and_joined_elsewhere() -> None:
    sealed = seal(RECORD, three(), 2)
    shares = [open_share(sealed, secret) for secret in three()]
    assert [share[0] for share in shares] == [1, 2, 3]
    assert {len(share) for share in shares} == {33}
    for chosen in combinations(shares, 2):
        assert open_with_shares(sealed, chosen) == RECORD


def test_one_key_of_two_that_are_needed_opens_nothing() -> None:
    sealed = seal(RECORD, three(), 2)
    with pytest.raises(WrongKey, match=r"needs 2 of the keys .*; 1 of them were given"):
        open_record(sealed, age_key(), age_key(), key("custodian", 7))
    share = open_share(sealed, age_key())
    for shares in ([], [share], [share, share]):
        with pytest.raises(SharesMissing, match=f"needed: 2; given: {len(set(shares))}"):
            open_with_shares(sealed, shares)


def test_a_wrong_share_among_enough_right_ones_does_no_harm() -> None:
    sealed, other = seal(RECORD, three(), 2), seal(RECORD, three(), 2)
    foreign = open_share(other, three()[0])
    right = [open_share(sealed, secret) for secret in three()]
    assert open_with_shares(sealed, [foreign, *right[1:]]) == RECORD
    assert open_with_shares(sealed, [foreign, *right]) == RECORD
    with pytest.raises(DamagedRecord, match="belong to another record"):
        open_with_shares(sealed, [foreign, right[1]])


@pytest.mark.parametrize("share", [b"", b"\x04" + bytes(32), bytes(33), b"\x01" * 32])
def test_what_cannot_be_a_share_of_the_record_is_refused(share: bytes) -> None:
    sealed = seal(RECORD, three(), 2)
    with pytest.raises(SharesRefused):
        open_with_shares(sealed, [open_share(sealed, age_key()), share])


def test_a_contact_opens_with_the_key_of_its_day() -> None:
    sealed = seal_contact(CONTACT, key("clerk", 1).public, CAMPAIGN)
    assert open_contact(sealed, make_keyring(key("clerk"), key("clerk", 1))) == CONTACT


def test_another_key_is_told_apart_from_damage() -> None:
    with pytest.raises(WrongKey):
        open_record(seal(RECORD, ALONE), key("custodian", 1))
    with pytest.raises(WrongKey, match=key("custodian").id.hex()):
        open_share(seal(RECORD, ALONE), age_key())
    with pytest.raises(WrongKey):
        open_contact(seal_contact(CONTACT, key("clerk").public, CAMPAIGN), make_keyring(key("clerk", 1)))
    with pytest.raises(WrongKey):
        open_contact(seal_contact(CONTACT, key("clerk").public, CAMPAIGN), {})


def test_every_single_changed_byte_is_noticed() -> None:
    sealed = seal_contact(CONTACT, key("clerk").public, CAMPAIGN)
    ring = make_keyring(key("clerk"))
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(SealError):
            open_contact(changed, ring)


@pytest.mark.parametrize("secrets", [ALONE, [age_key()]], ids=["own", "age"])
def test_changed_bytes_of_a_record_are_noticed_in_every_part(secrets) -> None:
    sealed = seal(RECORD, secrets)
    for place in {*range(60), *range(0, len(sealed), 23)}:
        changed = sealed[:place] + bytes([sealed[place] ^ 128]) + sealed[place + 1 :]
        with pytest.raises(SealError):
            open_record(changed, *secrets)


def test_a_record_cut_short_anywhere_is_damaged() -> None:
    sealed = seal(RECORD, three(), 2)
    for length in [*range(60), 1190, 1215, 2400, 2700, len(sealed) - 1]:
        with pytest.raises(DamagedRecord):
            open_record(sealed[:length], *three())


def test_neither_kind_passes_for_the_other() -> None:
    with pytest.raises(DamagedRecord):
        open_record(seal_contact(CONTACT, key("clerk").public, CAMPAIGN), key("custodian"))
    with pytest.raises(DamagedRecord):
        open_contact(seal(RECORD, ALONE), make_keyring(key("clerk")))


@pytest.mark.parametrize("secrets", [ALONE, [age_key()]], ids=["own", "age"])
def test_a_record_cannot_be_moved_to_another_campaign(secrets) -> None:
    moved = seal(RECORD, secrets).replace(CAMPAIGN.encode(), b"stand-with-nobodys", 1)
    with pytest.raises(DamagedRecord):
        open_record(moved, *secrets)


def test_nobody_can_lower_how_many_are_needed() -> None:
    sealed = seal(RECORD, three(), 2)
    lowered = sealed.replace(CAMPAIGN.encode() + b"\x02\x03", CAMPAIGN.encode() + b"\x01\x03", 1)
    assert take_apart(lowered, RECORD_KIND).needed == 1
    for secret in three():
        with pytest.raises(DamagedRecord):
            open_record(lowered, secret)


def test_shares_of_the_same_custodian_cannot_change_places() -> None:
    sealed = seal(RECORD, [key("custodian"), key("custodian", 1)], 2)
    envelope = take_apart(sealed, RECORD_KIND)
    length = 2 + int.from_bytes(envelope.seal[:2], "big")
    swapped = envelope.head + envelope.seal[length : 2 * length] + envelope.seal[:length] + envelope.seal[2 * length :]
    with pytest.raises(DamagedRecord):
        open_share(swapped, key("custodian"))


@pytest.mark.parametrize("version", [1, 3])
def test_another_version_is_told_apart(version: int) -> None:
    sealed = seal(RECORD, ALONE)
    with pytest.raises(UnknownVersion, match=f"version {version}"):
        open_record(sealed[:3] + bytes([version]) + sealed[4:], key("custodian"))


def test_keys_are_used_for_what_they_are_for() -> None:
    with pytest.raises(KeyRefused):
        seal_record(RECORD, [key("clerk").public], 1)
    with pytest.raises(KeyRefused):
        seal_contact(CONTACT, key("custodian").public, CAMPAIGN)


def test_numbers_of_custodians_that_cannot_be_are_refused() -> None:
    for secrets, needed in (([], 1), (three(), 0), (three(), 4), ([make_key("custodian")] * 17, 2)):
        with pytest.raises(KeyRefused):
            seal(RECORD, secrets, needed)
    with pytest.raises(KeyRefused, match="named twice"):
        seal(RECORD, [age_key(), age_key()], 2)


def test_sealing_twice_looks_different_and_shows_nothing() -> None:
    one, two = (seal(RECORD, three()[:2], 2) for _ in range(2))
    assert one != two
    assert len(one) == len(two)
    assert b"Amina" not in one + seal_contact(CONTACT, key("clerk").public, CAMPAIGN)


def test_a_longer_name_does_not_show_in_the_length() -> None:
    short, longer = (seal(msgspec.structs.replace(RECORD, name=name), ALONE, 1) for name in ("李", "Example " * 9))
    assert len(short) == len(longer)
    contacts = [Contact("a@example.org", name, bytes(16)) for name in ("李", "Example " * 9)]
    assert len({len(seal_contact(contact, key("clerk").public, CAMPAIGN)) for contact in contacts}) == 1

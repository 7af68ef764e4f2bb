"""Sealing and opening: only the right key, only unchanged, only for the campaign it was sealed for."""

import msgspec
import pytest

from standwith.sealing.errors import DamagedRecord, KeyRefused, SealError, UnknownVersion, WrongKey
from standwith.sealing.lock import seal_contact, seal_record
from standwith.sealing.record import Contact
from standwith.sealing.unlock import make_keyring, open_contact, open_record
from tests.sealing.examples import CAMPAIGN, CONTACT, RECORD, key


def test_a_record_opens_with_the_custodians_key() -> None:
    assert open_record(seal_record(RECORD, key("custodian").public), key("custodian")) == RECORD


def test_a_contact_opens_with_the_key_of_its_day() -> None:
    sealed = seal_contact(CONTACT, key("clerk", 1).public, CAMPAIGN)
    assert open_contact(sealed, make_keyring(key("clerk"), key("clerk", 1))) == CONTACT


def test_another_key_is_told_apart_from_damage() -> None:
    with pytest.raises(WrongKey):
        open_record(seal_record(RECORD, key("custodian").public), key("custodian", 1))
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


def test_changed_bytes_of_a_record_are_noticed_in_every_part() -> None:
    sealed = seal_record(RECORD, key("custodian").public)
    for place in range(0, len(sealed), 23):
        changed = sealed[:place] + bytes([sealed[place] ^ 128]) + sealed[place + 1 :]
        with pytest.raises(SealError):
            open_record(changed, key("custodian"))


def test_a_record_cut_short_anywhere_is_damaged() -> None:
    sealed = seal_record(RECORD, key("custodian").public)
    for length in [0, 1, 4, 5, 20, 30, 31, 40, 1190, 1215, len(sealed) - 1]:
        with pytest.raises(DamagedRecord):
            open_record(sealed[:length], key("custodian"))


def test_neither_kind_passes_for_the_other() -> None:
    with pytest.raises(DamagedRecord):
        open_record(seal_contact(CONTACT, key("clerk").public, CAMPAIGN), key("custodian"))
    with pytest.raises(DamagedRecord):
        open_contact(seal_record(RECORD, key("custodian").public), make_keyring(key("clerk")))


def test_a_record_cannot_be_moved_to_another_campaign() -> None:
    sealed = seal_record(RECORD, key("custodian").public)
    moved = sealed.replace(CAMPAIGN.encode(), b"stand-with-nobodys", 1)
    with pytest.raises(DamagedRecord):
        open_record(moved, key("custodian"))


def test_a_later_version_is_told_apart() -> None:
    sealed = seal_record(RECORD, key("custodian").public)
    with pytest.raises(UnknownVersion, match="version 2"):
        open_record(sealed[:3] + b"\x02" + sealed[4:], key("custodian"))


def test_keys_are_used_for_what_they_are_for() -> None:
    with pytest.raises(KeyRefused):
        seal_record(RECORD, key("clerk").public)
    with pytest.raises(KeyRefused):
        seal_contact(CONTACT, key("custodian").public, CAMPAIGN)


def test_sealing_twice_looks_different_and_shows_nothing() -> None:
    one, two = (seal_record(RECORD, key("custodian").public) for _ in range(2))
    assert one != two
    assert len(one) == len(two)
    assert b"Amina" not in one + seal_contact(CONTACT, key("clerk").public, CAMPAIGN)


def test_a_longer_name_does_not_show_in_the_length() -> None:
    short, longer = (
        seal_record(msgspec.structs.replace(RECORD, name=name), key("custodian").public)
        for name in ("李", "Example " * 9)
    )
    assert len(short) == len(longer)
    contacts = [Contact("a@example.org", name) for name in ("李", "Example " * 9)]
    assert len({len(seal_contact(contact, key("clerk").public, CAMPAIGN)) for contact in contacts}) == 1

"""The canonical record: one way to write it, everything else refused; padding hides lengths."""

import datetime
import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.sealing.errors import DamagedRecord, UnknownVersion
from standwith.sealing.record import (
    CONTACT_BUCKET,
    RECORD_BUCKET,
    Contact,
    Record,
    commitment,
    pad,
    read_contact,
    read_record,
    unpad,
    write_contact,
    write_record,
)
from tests.sealing.examples import CONTACT, RECORD

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
RECORDS = st.builds(
    Record,
    campaign=st.from_regex("[a-z][a-z-]{0,40}", fullmatch=True),
    name=TEXTS,
    address=TEXTS,
    country=st.sampled_from(["FR", "BY", "GE"]),
    organisation=TEXTS,
    consents=st.lists(st.tuples(st.sampled_from(["sign", "show_name"]), DIGESTS), max_size=4).map(tuple),
    text=DIGESTS,
    language=st.sampled_from(["fr", "be", "ar"]),
    evidence=TEXTS,
    salt=st.binary(min_size=32, max_size=32),
    code=st.binary(min_size=16, max_size=16),
    made=st.dates(datetime.date(2020, 1, 1), datetime.date(2100, 1, 1)),
)


@given(RECORDS)
def test_reading_gives_back_what_was_written(record: Record) -> None:
    assert read_record(write_record(record)) == record


def mangled() -> dict[str, bytes]:
    data = write_record(RECORD)
    return {
        "a space": data.replace(b",", b", ", 1),
        "a newline at the end": data + b"\n",
        "an escaped letter": data.replace(b"Amina", b"\\u0041mina"),
        "another order": data.replace(b'"country":"FR","organisation":""', b'"organisation":"","country":"FR"'),
        "a field twice": data.replace(b'"country":"FR"', b'"country":"FR","country":"FR"'),
        "an unknown field": data.replace(b'"country"', b'"colour":"red","country"'),
        "a field missing": data.replace(b'"country":"FR",', b""),
        "a short digest": data.replace(b"c" * 64, b"c" * 63),
        "a day that isn't one": data.replace(b"2026-03-01", b"2026-02-30"),
        "no JSON": b"\x00" * 40,
        "nothing": b"",
    }


@pytest.mark.parametrize("how", mangled())
def test_another_way_to_write_it_is_refused(how: str) -> None:
    with pytest.raises(DamagedRecord):
        read_record(mangled()[how])


def test_a_record_of_a_later_version_is_told_apart() -> None:
    with pytest.raises(UnknownVersion, match="version 2"):
        read_record(write_record(msgspec.structs.replace(RECORD, version=2)))


@pytest.mark.parametrize("data", [b"", b"[]", b'["a","b"]', b'["a","b","YQ=="]', b'["a","b",3]', b'{"address":"a"}'])
def test_a_damaged_contact_is_refused(data: bytes) -> None:
    assert read_contact(write_contact(CONTACT)) == CONTACT
    with pytest.raises(DamagedRecord):
        read_contact(data)


def test_a_commitment_speaks_for_every_field_and_the_salt() -> None:
    assert commitment(RECORD) == hashlib.sha256(b"standwith/record\0" + RECORD.salt + write_record(RECORD)).digest()
    changes = {"name": "Amina", "salt": bytes(32), "code": bytes(16), "made": datetime.date(2026, 3, 2)}
    others = {commitment(msgspec.structs.replace(RECORD, **{name: value})) for name, value in changes.items()}
    assert len(others | {commitment(RECORD)}) == 5


@given(st.binary(max_size=3000))
def test_padding_fills_buckets_and_comes_off(data: bytes) -> None:
    padded = pad(data, 256)
    assert len(padded) % 256 == 0
    assert unpad(padded, 256) == data


def test_ordinary_records_and_contacts_have_one_length() -> None:
    longest = msgspec.structs.replace(
        RECORD,
        name="Wilhelmina Example-Sample van der Voorbeeld",
        address="wilhelmina.example-sample.van.der.voorbeeld@long-organisation.example.org",
        organisation="International Federation of Examples, Samples and Allied Workers",
        consents=tuple((kind, "a" * 64) for kind in ("sign", "show_name", "news_owner", "news_affiliate")),
    )
    assert [len(pad(write_record(record), RECORD_BUCKET)) for record in (RECORD, longest)] == [1024, 1024]
    contacts = CONTACT, Contact(longest.address, longest.name, bytes(16))
    assert [len(pad(write_contact(contact), CONTACT_BUCKET)) for contact in contacts] == [256, 256]


@pytest.mark.parametrize("padded", [b"", b"\0\0\0", b"\0\0\0\1ab" + bytes(250), b"\0\0\1\0" + bytes(252), b"\0\0\0\1a"])
def test_damaged_padding_is_refused(padded: bytes) -> None:
    with pytest.raises(DamagedRecord):
        unpad(padded, 256)

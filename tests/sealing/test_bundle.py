"""The bundle that carries sealed records, with their leaves and proofs, from the server to the custodians."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.sealing.bundle import Bundle, BundleDamaged, BundleEntry, BundleHead, write_bundle
from standwith.sealing.errors import UnknownVersion

HEAD = BundleHead(
    campaign="stand-with-examples",
    texts={"a" * 64: ("en", 1), "b" * 64: ("ar", 2)},
    origin="act.example.org/log",
    log_key="act.example.org/log+00000000+AAAA",
    checkpoint="act.example.org/log\n9\nAAAA\n\n— act.example.org/log AAAA\n",
    needed=2,
    custodians=("standwith-custodian-1 …", "age1…"),
)
ONE = BundleEntry(3, b"l" * 76, (), b"one")
TWO = BundleEntry(7, b"m" * 76, (b"p" * 32, b"q" * 32), b"two")
WRITTEN = (
    b"standwith-bundle-2\n"
    b'{"campaign":"stand-with-examples","texts":{"' + b"a" * 64 + b'":["en",1],"' + b"b" * 64 + b'":["ar",2]},'
    b'"origin":"act.example.org/log","log_key":"act.example.org/log+00000000+AAAA",'
    b'"checkpoint":"act.example.org/log\\n9\\nAAAA\\n\\n\xe2\x80\x94 act.example.org/log AAAA\\n",'
    b'"needed":2,"custodians":["standwith-custodian-1 \xe2\x80\xa6","age1\xe2\x80\xa6"]}\n'
    b"\x00\x00\x00\x58" + bytes(7) + b"\x03" + b"l" * 76 + b"\x00one"
    b"\x00\x00\x00\x98" + bytes(7) + b"\x07" + b"m" * 76 + b"\x02" + b"p" * 32 + b"q" * 32 + b"two"
    b"\x00\x00\x00\x00"
)
ENTRIES = st.lists(
    st.builds(
        BundleEntry,
        st.integers(0, 2**63),
        st.binary(min_size=76, max_size=76),
        st.lists(st.binary(min_size=32, max_size=32), max_size=3).map(tuple),
        st.binary(min_size=1, max_size=3000),
    ),
    max_size=5,
    unique_by=lambda entry: entry.index,
).map(lambda entries: sorted(entries, key=lambda entry: entry.index))


def write(entries, head=HEAD):
    file = io.BytesIO()
    assert write_bundle(file, head, entries) == len(entries)
    return file.getvalue()


def read(data, indexes=None):
    bundle = Bundle.read(io.BytesIO(data))
    return bundle.head, list(bundle.entries(indexes))


def test_a_bundle_looks_as_described():
    bundle = write([ONE, TWO])
    assert bundle[:-32] == WRITTEN
    found = Bundle.read(io.BytesIO(bundle))
    assert (found.count, found.digest, found.head) == (2, bundle[-32:], HEAD)


@given(ENTRIES)
def test_reading_gives_what_was_written(entries):
    assert read(write(entries)) == (HEAD, entries)


def test_only_what_is_asked_for_is_given_out_and_as_often_as_is_asked():
    bundle = Bundle.read(io.BytesIO(write([ONE, TWO])))
    assert list(bundle.entries({7, 9})) == [TWO]
    assert list(bundle.entries(range(4))) == [ONE]
    assert list(bundle.entries()) == [ONE, TWO]


@given(st.data())
def test_every_change_is_noticed_before_anything_is_given_out(data):
    bundle = write([ONE, TWO])
    changed = bytearray(bundle)
    changed[data.draw(st.integers(0, len(bundle) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((BundleDamaged, UnknownVersion)):
        Bundle.read(io.BytesIO(changed))


def test_every_cut_is_noticed():
    bundle = write([ONE, TWO])
    for length in range(len(bundle)):
        with pytest.raises((BundleDamaged, UnknownVersion)):
            Bundle.read(io.BytesIO(bundle[:length]))


def test_what_follows_the_end_is_noticed():
    with pytest.raises(BundleDamaged):
        read(write([ONE]) + b"x")


@pytest.mark.parametrize("entries", [[TWO, ONE], [ONE, ONE]])
def test_records_out_of_order_or_twice_are_no_bundle(entries):
    with pytest.raises(BundleDamaged):
        read(write(entries))


@pytest.mark.parametrize("entry", [replace(ONE, sealed=b""), replace(ONE, leaf=b"l" * 70, sealed=b"123456")])
def test_a_record_that_is_too_short_is_no_record(entry):
    with pytest.raises(BundleDamaged):
        read(write([entry]))


@pytest.mark.parametrize("version", [b"1", b"3"])
def test_a_bundle_of_another_version_is_told_apart(version):
    with pytest.raises(UnknownVersion):
        read(write([]).replace(b"bundle-2", b"bundle-" + version))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"standwith-bundle-2\n{}\n", b"standwith-bundle-2\n[1]\n"])
def test_something_else_is_no_bundle(data):
    with pytest.raises(BundleDamaged):
        read(data)


def test_a_rehearsal_is_known_by_its_empty_checkpoint():
    assert not HEAD.is_rehearsal
    rehearsal = BundleHead(campaign="x", texts={}, origin="o", log_key="", checkpoint="", needed=1, custodians=())
    assert rehearsal.is_rehearsal

"""The bundle that carries sealed records."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.sealing.bundle import BundleDamaged, BundleHead, read_bundle, write_bundle
from standwith.sealing.errors import UnknownVersion

HEAD = BundleHead("stand-with-examples", {"a" * 64: ("en", 1), "b" * 64: ("ar", 2)})
BUNDLE = (
    b"standwith-bundle-1\n"
    b'{"campaign":"stand-with-examples","texts":{"' + b"a" * 64 + b'":["en",1],"' + b"b" * 64 + b'":["ar",2]}}\n'
    b"\x00\x00\x00\x03one\x00\x00\x00\x03two\x00\x00\x00\x00"
    + bytes.fromhex("15bf10106a088e6d044c9fe524e85a756d60535400e40e858f73c6fba0d8086e")
)


def write(records, head=HEAD):
    file = io.BytesIO()
    assert write_bundle(file, head, records) == len(records)
    return file.getvalue()


def read(data):
    head, records = read_bundle(io.BytesIO(data))
    return head, list(records)


def test_a_bundle_looks_as_described():
    assert write([b"one", b"two"]) == BUNDLE


@given(st.lists(st.binary(min_size=1, max_size=3000), max_size=5))
def test_reading_gives_what_was_written(records):
    assert read(write(records)) == (HEAD, records)


@given(st.data())
def test_every_change_is_noticed(data):
    place = data.draw(st.integers(0, len(BUNDLE) - 1))
    changed = bytearray(BUNDLE)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((BundleDamaged, UnknownVersion)):
        read(bytes(changed))


@pytest.mark.parametrize("length", range(len(BUNDLE)))
def test_every_cut_is_noticed(length):
    with pytest.raises((BundleDamaged, UnknownVersion)):
        read(BUNDLE[:length])


def test_what_follows_the_end_is_noticed():
    with pytest.raises(BundleDamaged):
        read(BUNDLE + b"x")


def test_a_newer_bundle_asks_for_a_newer_standwith():
    with pytest.raises(UnknownVersion):
        read(BUNDLE.replace(b"bundle-1", b"bundle-2"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"standwith-bundle-1\n{}\n", b"standwith-bundle-1\n[1]\n"])
def test_something_else_is_no_bundle(data):
    with pytest.raises(BundleDamaged):
        read(data)

"""Files of shares: whole, of the right bundle, or refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.custody.errors import SharesDamaged, SharesForeign
from standwith.custody.shares import Shares, SharesHead, write_shares
from standwith.sealing.errors import UnknownVersion
from tests.custody.examples import KEYS, make_bundle, make_shares, read_bundle, read_shares, record

HEAD = SharesHead("stand-with-examples", "9f" * 32, "5b" * 8)
SHARES = [(3, b"\x01" + b"s" * 32), (7, b"\x01" + b"t" * 32)]


def write(shares=SHARES) -> bytes:
    file = io.BytesIO()
    assert write_shares(file, HEAD, shares) == len(shares)
    return file.getvalue()


def test_a_file_of_shares_looks_as_described():
    written = write()
    assert written[:-32] == (
        b'standwith-shares-1\n{"campaign":"stand-with-examples","bundle":"' + b"9f" * 32 + b'","custodian":"'
        b"5b5b5b5b5b5b5b5b"
        b'"}\n' + bytes(7) + b"\x03\x01" + b"s" * 32 + bytes(7) + b"\x07\x01" + b"t" * 32 + b"\xff" * 8
    )
    found = read_shares(written)
    assert (found.head, list(found.all()), list(found.all())) == (HEAD, SHARES, SHARES)


def test_every_cut_is_noticed():
    written = write()
    for length in range(len(written)):
        with pytest.raises((SharesDamaged, UnknownVersion)):
            read_shares(written[:length])


@given(st.data())
def test_every_change_is_noticed(data):
    changed = bytearray(write())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((SharesDamaged, UnknownVersion)):
        Shares.read(io.BytesIO(changed))


@pytest.mark.parametrize("shares", [SHARES[::-1], [SHARES[0]] * 2, [(3, b"short")]], ids=["order", "twice", "short"])
def test_shares_that_cannot_be_are_damaged(shares):
    with pytest.raises(SharesDamaged):
        list(read_shares(write(shares)).all())


def test_something_else_is_no_file_of_shares():
    with pytest.raises(SharesDamaged, match="make one with: standwith custody unseal"):
        read_shares(make_bundle([record()]))
    with pytest.raises(UnknownVersion):
        read_shares(write().replace(b"shares-1", b"shares-2"))


def test_shares_of_another_bundle_or_campaign_are_told():
    bundle, again = (read_bundle(make_bundle([record()])) for _ in range(2))
    other = read_bundle(make_bundle([record()], head={"campaign": "another-cause"}))
    shares = read_shares(make_shares(bundle, KEYS[0]))
    shares.check_bundle(bundle)
    with pytest.raises(SharesForeign, match="all custodians must open the same file"):
        shares.check_bundle(again)
    with pytest.raises(SharesForeign, match="for stand-with-examples, the bundle holds another-cause"):
        shares.check_bundle(other)

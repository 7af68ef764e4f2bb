"""Shares of a secret: enough of them give it back, fewer say nothing."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standwith.sealing import shamir
from standwith.sealing.errors import SharesMissing, SharesRefused
from standwith.sealing.shamir import combine, split

SECRET = bytes(range(32))


@given(st.binary(min_size=1, max_size=40), st.data())
def test_any_shares_in_any_order_give_the_secret_back(secret: bytes, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    needed = data.draw(st.integers(1, count))
    shares = data.draw(st.permutations(split(secret, needed, count)))
    assert combine(shares[: data.draw(st.integers(needed, count))], needed) == secret


def test_every_choice_of_three_among_five_gives_the_secret_back() -> None:
    for chosen in combinations(split(SECRET, 3, 5), 3):
        assert combine(chosen, 3) == SECRET


def test_shares_for_all_places_that_there_are() -> None:
    shares = split(SECRET, 2, 255)
    assert [share[0] for share in shares] == list(range(1, 256))
    assert combine([shares[254], shares[127]], 2) == SECRET


def test_one_share_too_few_fits_every_secret_equally_well() -> None:
    """With one share of two fixed, each value of the other leads to another secret, and every secret is led to."""
    one = split(b"\x2a", 2, 2)[0]
    assert {combine([one, bytes([2, y])], 2) for y in range(256)} == {bytes([value]) for value in range(256)}


def test_a_share_alone_looks_like_chance() -> None:
    seen = {split(b"\x00", 2, 2)[0][1] for _ in range(5000)}
    assert len(seen) == 256


def test_splitting_twice_gives_other_shares() -> None:
    assert split(SECRET, 2, 3) != split(SECRET, 2, 3)


def test_the_field_is_that_of_aes() -> None:
    """The products that FIPS 197 gives as examples: 57 times 83 is C1, 57 times 13 is FE."""
    assert shamir._times(0x57)[0x83] == 0xC1
    assert shamir._times(0x13)[0x57] == 0xFE
    assert all(shamir._times(value)[shamir._inverse(value)] == 1 for value in range(1, 256))


def test_too_few_shares_are_told() -> None:
    with pytest.raises(SharesMissing, match="needed: 3; given: 2"):
        combine(split(SECRET, 3, 5)[:2], 3)


def test_the_same_share_twice_counts_once() -> None:
    shares = split(SECRET, 2, 3)
    with pytest.raises(SharesRefused, match="twice"):
        combine([shares[1], shares[1]], 2)


@pytest.mark.parametrize("foreign", [b"", b"\x01", b"\x00" + SECRET, b"\x03" + SECRET[:-1], b"\x03" + SECRET + b"x"])
def test_what_is_no_share_is_refused(foreign: bytes) -> None:
    with pytest.raises(SharesRefused):
        combine([split(SECRET, 2, 3)[0], foreign], 2)


@pytest.mark.parametrize(("needed", "count"), [(0, 3), (4, 3), (1, 0), (2, 256), (-1, 3)])
def test_numbers_that_cannot_be_are_refused(needed: int, count: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        split(SECRET, needed, count)

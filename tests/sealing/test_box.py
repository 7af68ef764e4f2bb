"""Boxes open with their key, for their purpose, unchanged; not otherwise."""

import pytest

from standwith.sealing.box import open_box, seal_box
from standwith.sealing.errors import DamagedRecord, UnknownVersion

KEY, OTHER = b"k" * 32, b"o" * 32


def test_a_box_opens_with_its_key_for_its_purpose() -> None:
    assert open_box(KEY, seal_box(KEY, b"Dear Amina", "confirmations"), "confirmations") == b"Dear Amina"
    assert open_box(KEY, seal_box(KEY, b"", "confirmations"), "confirmations") == b""


def test_no_other_key_and_no_other_purpose_open_it() -> None:
    box = seal_box(KEY, b"Dear Amina", "confirmations")
    with pytest.raises(DamagedRecord):
        open_box(OTHER, box, "confirmations")
    with pytest.raises(DamagedRecord):
        open_box(KEY, box, "news")


def test_every_change_is_noticed() -> None:
    box = seal_box(KEY, b"Dear Amina", "news")
    for place in range(1, len(box)):
        with pytest.raises(DamagedRecord):
            open_box(KEY, box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :], "news")
    for length in range(1, len(box)):
        with pytest.raises(DamagedRecord):
            open_box(KEY, box[:length], "news")


@pytest.mark.parametrize("box", [b"", b"\x02" + bytes(60)])
def test_an_unknown_version_is_told_apart(box: bytes) -> None:
    with pytest.raises(UnknownVersion):
        open_box(KEY, box, "news")


def test_the_same_content_never_looks_the_same() -> None:
    assert len({seal_box(KEY, b"same", "news") for _ in range(100)}) == 100

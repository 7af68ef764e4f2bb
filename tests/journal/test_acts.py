"""Acts in their bytes: frozen, strict, and without anybody's name."""

import msgspec
import pytest

from standwith.journal.acts import Act, ConfirmationAct, SignatureAct, WithdrawalAct, decode, encode
from standwith.journal.errors import ActUnreadable

HASH = bytes(range(32))
SIGNATURE = SignatureAct("stand-with-belarus", "fr", "c" * 64, "FR", b"record", b"contact", 490896)
CONFIRMATION = ConfirmationAct("stand-with-belarus", "fr", HASH, "code")
WITHDRAWAL = WithdrawalAct("stand-with-belarus", HASH)


@pytest.mark.parametrize("act", [SIGNATURE, CONFIRMATION, WITHDRAWAL])
def test_an_act_comes_back_as_it_was(act: Act) -> None:
    assert decode(encode(act)) == act


def test_the_bytes_are_frozen() -> None:
    assert msgspec.msgpack.decode(encode(SIGNATURE)) == [
        "signature/1", "stand-with-belarus", "fr", "c" * 64, "FR", b"record", b"contact", 490896,
    ]  # fmt: skip
    assert msgspec.msgpack.decode(encode(CONFIRMATION)) == [
        "confirmation/1", "stand-with-belarus", "fr", HASH, "code",
    ]  # fmt: skip
    assert msgspec.msgpack.decode(encode(WITHDRAWAL)) == ["withdrawal/1", "stand-with-belarus", HASH]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        ["signature/1"],
        ["signature/2", "c", "fr", "t", "FR", b"", b"", 1],
        ["signature/1", "c", "fr", "t", "FR", b"", b"", 1, "more"],
        ["signature/1", "c", "fr", "t", "FR", b"", b"", "1"],
        ["confirmation/1", "c", "fr", HASH, "telephone"],
        ["confirmation/1", "c", "fr", HASH[:31], "link"],
        ["withdrawal/1", "c", HASH + b"0"],
        {"campaign": "c"},
    ],
)
def test_anything_else_is_refused(entry: object) -> None:
    with pytest.raises(ActUnreadable):
        decode(msgspec.msgpack.encode(entry))


@pytest.mark.parametrize("data", [b"", b"\xc1", encode(SIGNATURE)[:-1], encode(WITHDRAWAL) + b"\0"])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ActUnreadable):
        decode(data)

"""Acts in their bytes: frozen, strict, and without anybody's name."""

import msgspec
import pytest

from standwith.journal.acts import Act, ConfirmationAct, SignatureAct, WithdrawalAct, decode, encode
from standwith.journal.errors import ActUnreadable

HASH, CODE, W = bytes(range(32)), bytes(range(16)), bytes(range(16, 32))
SIGNATURE = SignatureAct("stand-with-belarus", "fr", "c" * 64, "FR", b"record", b"contact", 490896, HASH, CODE)
GUARDED = SignatureAct("stand-with-belarus", "fr", "c" * 64, "", b"record", b"contact", 490896, HASH, CODE)
CONFIRMATION = ConfirmationAct("stand-with-belarus", "fr", HASH, "code")
WITHDRAWAL = WithdrawalAct("stand-with-belarus", W)


@pytest.mark.parametrize("act", [SIGNATURE, GUARDED, CONFIRMATION, WITHDRAWAL])
def test_an_act_comes_back_as_it_was(act: Act) -> None:
    assert decode(encode(act)) == act


def test_the_bytes_are_frozen() -> None:
    assert msgspec.msgpack.decode(encode(SIGNATURE)) == [
        "signature/2", "stand-with-belarus", "fr", "c" * 64, "FR", b"record", b"contact", 490896, HASH, CODE,
    ]  # fmt: skip
    assert msgspec.msgpack.decode(encode(CONFIRMATION)) == [
        "confirmation/1", "stand-with-belarus", "fr", HASH, "code",
    ]  # fmt: skip
    assert msgspec.msgpack.decode(encode(WITHDRAWAL)) == ["withdrawal/2", "stand-with-belarus", W]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        ["signature/2"],
        ["signature/1", "c", "fr", "t", "FR", b"", b"", 1],
        ["signature/3", "c", "fr", "t", "FR", b"", b"", 1, HASH, CODE],
        ["signature/2", "c", "fr", "t", "FR", b"", b"", 1, HASH],
        ["signature/2", "c", "fr", "t", "FR", b"", b"", 1, HASH, CODE, "more"],
        ["signature/2", "c", "fr", "t", "FR", b"", b"", "1", HASH, CODE],
        ["signature/2", "c", "fr", "t", "FR", b"", b"", 1, HASH[:31], CODE],
        ["signature/2", "c", "fr", "t", "FR", b"", b"", 1, HASH, CODE + b"0"],
        ["confirmation/1", "c", "fr", HASH, "telephone"],
        ["confirmation/1", "c", "fr", HASH[:31], "link"],
        ["withdrawal/1", "c", HASH],
        ["withdrawal/2", "c", HASH],
        ["withdrawal/2", "c", W[:15]],
        ["withdrawal/2", "c"],
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

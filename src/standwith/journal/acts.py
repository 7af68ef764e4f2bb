"""The acts as they stand in the journal: MessagePack arrays, the kind with its version first.

    ["signature/1", "stand-with-belarus", "fr", "2c26…", "FR", <sealed record>, <sealed contact>, 490896]
    ["confirmation/1", "stand-with-belarus", "fr", <hash>, "link"]
    ["withdrawal/1", "stand-with-belarus", <hash>]

Invariant: `decode(encode(act)) == act`, and `decode` refuses everything else. In the clear stands only what the clerk
needs to count: no name, no address, and the time only as the hour. `text` is the digest of the text version, `hash`
is `sealing.tokens.token_hash` of a checked token. It doesn't know what the acts lead to.
"""

from typing import Annotated, Literal

import msgspec

from standwith.journal.errors import ActUnreadable

Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class SignatureAct(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag="signature/1"):
    """Somebody signed. `at` counts hours since 1970-01-01 UTC."""

    campaign: str
    language: str
    text: str
    country: str
    record: bytes
    contact: bytes
    at: int


class ConfirmationAct(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag="confirmation/1"):
    """Somebody opened the link and pressed the button, or typed the code."""

    campaign: str
    language: str
    hash: Hash
    by: Literal["link", "code"]


class WithdrawalAct(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag="withdrawal/1"):
    """Somebody took their signature back."""

    campaign: str
    hash: Hash


Act = SignatureAct | ConfirmationAct | WithdrawalAct

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Act).decode


def encode(act: Act) -> bytes:
    """The bytes that the journal keeps."""
    return _encode(act)


def decode(data: bytes) -> Act:
    """The act in these bytes; raises ActUnreadable."""
    try:
        act: Act = _decode(data)
    except msgspec.MsgspecError:
        raise ActUnreadable("The journal holds an entry that this standwith cannot read.") from None
    return act

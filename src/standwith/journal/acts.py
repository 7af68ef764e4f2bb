"""The acts as they stand in the journal: MessagePack arrays, the kind with its version first.

    ["signature/2", "stand-with-belarus", "fr", "2c26…", "FR", <sealed record>, <sealed contact>, 490896,
      <commitment>, <code>]
    ["confirmation/1", "stand-with-belarus", "fr", <hash>, "link"]
    ["withdrawal/2", "stand-with-belarus", <w>]

Invariant: `decode(encode(act)) == act`, and `decode` refuses everything else. In the clear stands only what the clerk
needs to count, and what the ledger will show: no name, no address, and the time only as the hour. `text` is the digest
of the text version, `country` is "" where a campaign asks for none, `commitment` and `code` (the recognition code) go
into the leaf, `hash` is `sealing.tokens.token_hash` of a checked token, and `w` are the bytes whose hash stands in the
leaf of the signature withdrawn. It doesn't know what the acts lead to.
"""

from typing import Annotated, Literal

import msgspec

from standwith.journal.errors import ActUnreadable

Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Sixteen = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


class SignatureAct(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag="signature/2"):
    """Somebody signed. `at` counts hours since 1970-01-01 UTC."""

    campaign: str
    language: str
    text: str
    country: str
    record: bytes
    contact: bytes
    at: int
    commitment: Hash
    code: Sixteen


class ConfirmationAct(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag="confirmation/1"):
    """Somebody opened the link and pressed the button, or typed the code."""

    campaign: str
    language: str
    hash: Hash
    by: Literal["link", "code"]


class WithdrawalAct(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag="withdrawal/2"):
    """Somebody took their signature back."""

    campaign: str
    w: Sixteen


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

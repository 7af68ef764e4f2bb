"""An invitation to confirm: what its letters need, boxed until they are written.

    ["stand-with-belarus", "fr", "amina@example.org", "<link token>", "7R4QZ-0XK2M", "<withdrawal token>",
      "7R4QZ-0XK2M-9T3BC-W8E1N-5DGJKA", "open"]                         MessagePack

A guarded campaign's invitation has "" for the withdrawal token and for the recognition code: its letters show neither.
Invariant: opens only with the spool key of its day and dies with it. It holds no name: no word of whoever filled in
the form goes into a mail to an address that has not confirmed.
"""

from typing import Literal

import msgspec

from standwith.sealing.box import open_box, seal_box

PURPOSE = "invitation"


class Invitation(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Whom to write to, in which language, and the tokens and codes of the letter as text.

    `code` is the short one that confirms, `recognition` the long one that finds the signature in the ledger.
    """

    campaign: str
    language: str
    address: str
    link: str
    code: str
    withdrawal: str
    recognition: str
    profile: Literal["open", "guarded"]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Invitation).decode


def seal_invitation(invitation: Invitation, spool_key: bytes) -> bytes:
    """Box the invitation under 32 bytes of key."""
    return seal_box(spool_key, _encode(invitation), PURPOSE)


def open_invitation(sealed: bytes, spool_key: bytes) -> Invitation:
    """What was boxed; raises SealError."""
    return _decode(open_box(spool_key, sealed, PURPOSE))

"""Links and codes that a mail carries: made by the clerk, checked by the intake without looking anything up.

    confirmation link   base64url( expiry 4 | middle 16 | random 5 | mac 8 )   44 characters
    confirmation code   7R4QZ-0XK2M: 35 random bits and 15 check bits          10 letters and digits (sealing/codes.py)
    withdrawal link     base64url( w 16 | mac 8 )                              32 characters, doesn't expire

The middle of a confirmation link is the recognition code on open campaigns, so that the page behind it can show the
code, and random on guarded ones. The five random bytes are for the reader of the mail alone: an intake that was taken
over has the link key and may have chosen the code, but cannot confirm for people whose mail it doesn't get.
w is drawn by the intake with the signature; the ledger shows a hash of it, and w itself once that is withdrawn.
The macs are HMAC-SHA-256 under the link key, over what the token is for, the campaign and the token's own bytes. The
link key can read nothing.
Invariant: `check_*` gives back the bytes that the token stands for, or raises TokenDamaged or TokenExpired. The server
keeps `token_hash` of a confirmation's bytes and another hash of w, neither of them itself. It does not know whether a
token was used: used twice is as good as once.
Standards: RFC 2104 (HMAC), RFC 4648 section 5 (base64url).
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import NamedTuple

from standwith.sealing.codes import read_letters, spell
from standwith.sealing.errors import TokenDamaged, TokenExpired
from standwith.sealing.keys import SharedKey, make_shared_key

W_BYTES = 16
_EXPIRY, _MIDDLE, _RANDOM, _MAC = 4, 16, 5, 8
_CODE_LENGTH, _CHECK_BITS = 10, 15


class Token(NamedTuple):
    """`text` goes into the mail; `accepted` is what `check_*` will give back for it."""

    text: str
    accepted: bytes

    @property
    def hash(self) -> bytes:
        """What the server keeps of it."""
        return token_hash(self.accepted)


def make_link_key() -> bytes:
    """A new link key, as the one line of text that its file holds."""
    return f"{make_shared_key('link')}\n".encode()


def read_link_key(line: bytes) -> bytes:
    """The 32 bytes of the link key in its file; raises KeyRefused."""
    return SharedKey.parse(line.decode("ascii", "replace"), "link").raw


def token_hash(accepted: bytes) -> bytes:
    """32 bytes under which the clerk finds the signature that a checked token belongs to."""
    return hashlib.sha256(b"standwith/token/1\n" + accepted).digest()


def make_confirmation_token(link_key: bytes, campaign: str, expires: datetime, middle: bytes | None = None) -> Token:
    """A link that confirms until `expires` (aware; whole seconds). `middle`: the recognition code, else random."""
    middle = secrets.token_bytes(_MIDDLE) if middle is None else middle
    if len(middle) != _MIDDLE:
        raise ValueError(f"The middle of a link has {_MIDDLE} bytes, not {len(middle)}.")
    accepted = int(expires.timestamp()).to_bytes(_EXPIRY, "big") + middle + secrets.token_bytes(_RANDOM)
    return _issue(link_key, "confirm", campaign, accepted)


def check_confirmation_token(link_key: bytes, campaign: str, text: str, now: datetime) -> bytes:
    """The 25 bytes that a good confirmation link stands for; raises TokenDamaged, TokenExpired."""
    accepted = _check(link_key, "confirm", campaign, text, _EXPIRY + _MIDDLE + _RANDOM)
    expires = datetime.fromtimestamp(int.from_bytes(accepted[:_EXPIRY], "big"), UTC)
    if now >= expires:
        raise TokenExpired("The link was good, but its time is over.")
    return accepted


def middle_of(accepted: bytes) -> bytes:
    """The middle of a checked confirmation link: on open campaigns the recognition code."""
    return accepted[_EXPIRY : _EXPIRY + _MIDDLE]


def make_withdrawal_token(link_key: bytes, campaign: str, w: bytes) -> Token:
    """A link that withdraws a signature, whenever. `w`: the 16 bytes drawn with the signature."""
    if len(w) != W_BYTES:
        raise ValueError(f"w has {W_BYTES} bytes, not {len(w)}.")
    return _issue(link_key, "withdraw", campaign, w)


def check_withdrawal_token(link_key: bytes, campaign: str, text: str) -> bytes:
    """w, the 16 bytes that a good withdrawal link stands for; raises TokenDamaged."""
    return _check(link_key, "withdraw", campaign, text, W_BYTES)


def make_confirmation_code(link_key: bytes, campaign: str) -> Token:
    """A code to type where links are feared, such as `7R4QZ-0XK2M`. Whether it is too old, the clerk knows."""
    chosen = secrets.randbits(5 * _CODE_LENGTH - _CHECK_BITS).to_bytes(5, "big")
    text = spell(int.from_bytes(chosen, "big") << _CHECK_BITS | _check_bits(link_key, campaign, chosen), _CODE_LENGTH)
    return Token(f"{text[:5]}-{text[5:]}", chosen)


def check_confirmation_code(link_key: bytes, campaign: str, text: str) -> bytes:
    """The 5 bytes that a good code stands for. Case, spaces, hyphens, o for 0, i and l for 1 don't matter.

    Raises TokenDamaged. One guess in 32,768 passes this check; a guess that hits a waiting signature is another matter.
    """
    value = read_letters(text, _CODE_LENGTH)
    if value is None:
        raise TokenDamaged("The code has ten letters and digits.")
    chosen = (value >> _CHECK_BITS).to_bytes(5, "big")
    if value & (1 << _CHECK_BITS) - 1 != _check_bits(link_key, campaign, chosen):
        raise TokenDamaged("The code is mistyped.")
    return chosen


def _issue(link_key: bytes, purpose: str, campaign: str, accepted: bytes) -> Token:
    mac = _mac(link_key, purpose, campaign, accepted)
    return Token(base64.urlsafe_b64encode(accepted + mac).decode(), accepted)


def _check(link_key: bytes, purpose: str, campaign: str, text: str, length: int) -> bytes:
    try:
        token = base64.b64decode(text.encode("ascii"), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TokenDamaged("The link is damaged.") from None
    accepted, mac = token[:length], token[length:]
    if not hmac.compare_digest(mac, _mac(link_key, purpose, campaign, accepted)):
        raise TokenDamaged("The link is damaged.")
    return accepted


def _mac(link_key: bytes, purpose: str, campaign: str, accepted: bytes) -> bytes:
    message = f"standwith/{purpose}/1\n{campaign}\n".encode() + accepted
    return hmac.digest(link_key, message, "sha256")[:_MAC]


def _check_bits(link_key: bytes, campaign: str, chosen: bytes) -> int:
    return int.from_bytes(_mac(link_key, "code", campaign, chosen)[:2], "big") >> 16 - _CHECK_BITS

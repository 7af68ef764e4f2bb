"""Links and codes that a mail carries: made by the clerk, checked by the intake without looking anything up.

    confirmation link   base64url( expiry 4 | random 12 | mac 8 )      32 characters
    confirmation code   7R4QZ-0XK2M: 35 random bits and 15 check bits  10 characters (Crockford's base 32)
    withdrawal link     base64url( random 16 | mac 8 )                 32 characters, doesn't expire

The macs are HMAC-SHA-256 under the link key, over what the token is for, the campaign and the token's own bytes. The
link key can read nothing: whoever has it could at most confirm or withdraw.
Invariant: `check_*` gives back the bytes that the token stands for, or raises TokenDamaged or TokenExpired;
`token_hash` of these bytes is all that the server keeps. It does not know whether a token was used: used twice is as
good as once.
Standards: RFC 2104 (HMAC), RFC 4648 section 5 (base64url).
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import NamedTuple

from standwith.sealing.errors import TokenDamaged, TokenExpired
from standwith.sealing.keys import SharedKey, make_shared_key

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"  # office programmes and phones write many kinds
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(_HYPHENS + " \t\r\n\u00a0\u202f"))
_MAC, _TOKEN, _CODE_LENGTH, _CHECK_BITS = 8, 24, 10, 15


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


def make_confirmation_token(link_key: bytes, campaign: str, expires: datetime) -> Token:
    """A link that confirms until `expires` (aware; whole seconds)."""
    return _issue(link_key, "confirm", campaign, int(expires.timestamp()).to_bytes(4, "big") + secrets.token_bytes(12))


def check_confirmation_token(link_key: bytes, campaign: str, text: str, now: datetime) -> bytes:
    """The 16 bytes that a good confirmation link stands for; raises TokenDamaged, TokenExpired."""
    accepted = _check(link_key, "confirm", campaign, text)
    expires = datetime.fromtimestamp(int.from_bytes(accepted[:4], "big"), UTC)
    if now >= expires:
        raise TokenExpired("The link was good, but its time is over.")
    return accepted


def make_withdrawal_token(link_key: bytes, campaign: str, person: bytes | None = None) -> Token:
    """A link that withdraws a signature, whenever. `person`: 16 bytes that stand for one, else random."""
    return _issue(link_key, "withdraw", campaign, person or secrets.token_bytes(16))


def check_withdrawal_token(link_key: bytes, campaign: str, text: str) -> bytes:
    """The 16 bytes that a good withdrawal link stands for; raises TokenDamaged."""
    return _check(link_key, "withdraw", campaign, text)


def make_confirmation_code(link_key: bytes, campaign: str) -> Token:
    """A code to type where links are feared, such as `7R4QZ-0XK2M`. Whether it is too old, the clerk knows."""
    chosen = secrets.randbits(5 * _CODE_LENGTH - _CHECK_BITS).to_bytes(5, "big")
    value = int.from_bytes(chosen, "big") << _CHECK_BITS | _check_bits(link_key, campaign, chosen)
    text = "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_CODE_LENGTH)))
    return Token(f"{text[:5]}-{text[5:]}", chosen)


def check_confirmation_code(link_key: bytes, campaign: str, text: str) -> bytes:
    """The 5 bytes that a good code stands for. Case, spaces, hyphens, o for 0, i and l for 1 don't matter.

    Raises TokenDamaged. One guess in 32,768 passes this check; a guess that hits a waiting signature is another matter.
    """
    typed = text.upper().translate(_FORGIVEN)
    if len(typed) != _CODE_LENGTH or not all(letter in _ALPHABET for letter in typed):
        raise TokenDamaged("The code has ten letters and digits.")
    value = 0
    for letter in typed:
        value = value << 5 | _ALPHABET.index(letter)
    chosen = (value >> _CHECK_BITS).to_bytes(5, "big")
    if value & (1 << _CHECK_BITS) - 1 != _check_bits(link_key, campaign, chosen):
        raise TokenDamaged("The code is mistyped.")
    return chosen


def _issue(link_key: bytes, purpose: str, campaign: str, accepted: bytes) -> Token:
    mac = _mac(link_key, purpose, campaign, accepted)
    return Token(base64.urlsafe_b64encode(accepted + mac).decode(), accepted)


def _check(link_key: bytes, purpose: str, campaign: str, text: str) -> bytes:
    try:
        token = base64.b64decode(text.encode("ascii"), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TokenDamaged("The link is damaged.") from None
    accepted, mac = token[:-_MAC], token[-_MAC:]
    if len(token) != _TOKEN or not hmac.compare_digest(mac, _mac(link_key, purpose, campaign, accepted)):
        raise TokenDamaged("The link is damaged.")
    return accepted


def _mac(link_key: bytes, purpose: str, campaign: str, accepted: bytes) -> bytes:
    message = f"standwith/{purpose}/1\n{campaign}\n".encode() + accepted
    return hmac.digest(link_key, message, "sha256")[:_MAC]


def _check_bits(link_key: bytes, campaign: str, chosen: bytes) -> int:
    return int.from_bytes(_mac(link_key, "code", campaign, chosen)[:2], "big") >> 16 - _CHECK_BITS

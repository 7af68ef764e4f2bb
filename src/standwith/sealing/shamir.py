"""Shamir's sharing: a secret in as many shares as there are custodians, of which `needed` together give it back.

    share = x, one byte, 1 to 255 | y, as long as the secret        33 bytes for a key of 32

Each byte of the secret is the value at 0 of a polynomial of its own over GF(256), with the field polynomial
x^8 + x^4 + x^3 + x + 1 (0x11b, that of AES) and random other coefficients; a share is the values at x. A whole row of
bytes is multiplied at once, by a table per factor, so that the intake can do it for every signature.
Invariant: any `needed` shares of one splitting give the secret back, fewer say nothing about it at all. A share that
was changed gives another secret, which is for the seal around it to notice. It draws its own randomness, keeps nothing.
Standard: A. Shamir, How to Share a Secret (1979).
"""

import secrets
from collections.abc import Sequence
from functools import cache

from standwith.sealing.errors import SharesMissing, SharesRefused

MOST_SHARES = 255
_FIELD = 0x11B


def split(secret: bytes, needed: int, count: int) -> list[bytes]:
    """`count` shares of the secret, for x = 1, 2, …; any `needed` of them give it back."""
    if not 1 <= needed <= count <= MOST_SHARES:
        raise ValueError(f"{needed} of {count} shares cannot be.")
    rows = [int.from_bytes(secrets.token_bytes(len(secret)), "big") for _ in range(needed - 1)]
    rows.append(int.from_bytes(secret, "big"))
    return [bytes([x]) + _value(rows, x, len(secret)) for x in range(1, count + 1)]


def combine(shares: Sequence[bytes], needed: int) -> bytes:
    """The secret, from at least `needed` shares; the first ones are used. Raises SharesMissing, SharesRefused."""
    if len(shares) < needed:
        raise SharesMissing(f"Shares needed: {needed}; given: {len(shares)}.")
    used = shares[:needed]
    length = len(used[0])
    if length < 2 or any(len(share) != length or not share[0] for share in used):
        raise SharesRefused("One of these is not a share, or belongs to something else.")
    places = [share[0] for share in used]
    if len(set(places)) < needed:
        raise SharesRefused("The same share was given twice; it counts once.")
    total = 0
    for share in used:
        total ^= int.from_bytes(share[1:].translate(_times(_weight(share[0], places))), "big")
    return total.to_bytes(length - 1, "big")


def _value(rows: Sequence[int], x: int, length: int) -> bytes:
    """The polynomials at x by Horner's rule; `rows` begins with the highest coefficients."""
    table, value = _times(x), rows[0]
    for row in rows[1:]:
        value = int.from_bytes(value.to_bytes(length, "big").translate(table), "big") ^ row
    return value.to_bytes(length, "big")


def _weight(x: int, places: Sequence[int]) -> int:
    """What the value at x counts for at 0 (Lagrange): the product of other / (other - x); minus is XOR here."""
    weight = 1
    for other in places:
        if other != x:
            weight = _product(weight, _product(other, _inverse(other ^ x)))
    return weight


@cache
def _times(factor: int) -> bytes:
    """The table for `bytes.translate` that multiplies by `factor`."""
    return bytes(_product(factor, value) for value in range(256))


def _inverse(value: int) -> int:
    """value to the power of 254, which is 1 / value in this field."""
    inverse = 1
    for _ in range(254):
        inverse = _product(inverse, value)
    return inverse


def _product(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0x100:
            one ^= _FIELD
        other >>= 1
    return product

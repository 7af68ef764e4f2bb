"""What can go wrong with keys, seals and tokens.

SealError
├── KeyRefused      not a key of ours, or damaged                    no retry: hand in the right file
├── WrongKey        sealed to another key than the one given         retry with the other key
├── SharesMissing   fewer custodians' shares than are needed         retry with more of them
├── SharesRefused   a share twice, or one of something else          retry with the right ones
├── DamagedRecord   was changed or cut since it was sealed           no retry: restore it from a copy
├── UnknownVersion  written by a newer standwith                     retry with a newer standwith
├── TokenDamaged    a link or code that was not made here, or broke  the person copies it again
└── TokenExpired    a link that was good and is too old              the person signs again

Messages never hold what was sealed, nor the key, nor the token.
"""


class SealError(Exception):
    """Something about a key, a seal or a token is not as it must be."""


class KeyRefused(SealError):
    """The text or bytes are not a key of the kind that was asked for."""


class WrongKey(SealError):
    """The seal was made for another key."""


class SharesMissing(SealError):
    """Fewer shares than are needed to open."""


class SharesRefused(SealError):
    """A share stands twice, or does not belong to what is to be opened."""


class DamagedRecord(SealError):
    """The sealed bytes are not as they were written."""


class UnknownVersion(SealError):
    """The sealed bytes carry a version that this standwith doesn't know."""


class TokenDamaged(SealError):
    """The link or code is incomplete, mistyped, or was never made by this server."""


class TokenExpired(SealError):
    """The link was made here, but its time is over."""

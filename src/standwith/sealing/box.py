"""A box for what the server itself must read again later, such as a mail that waits to be sent.

    01 | nonce 12 | ciphertext and tag 16          ChaCha20-Poly1305 (RFC 8439), the purpose as associated data

Invariant: a box opens only with its key and for the purpose that it was made for. Whoever destroys the key destroys the
content. Nonces are random: fine for a few billion boxes per key, far more than a key of ours lives for.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from standwith.sealing.errors import DamagedRecord, UnknownVersion

VERSION = 1


def seal_box(key: bytes, plaintext: bytes, purpose: str) -> bytes:
    """Box `plaintext` under 32 bytes of key."""
    nonce = secrets.token_bytes(12)
    return bytes([VERSION]) + nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, _label(purpose))


def open_box(key: bytes, box: bytes, purpose: str) -> bytes:
    """What is in the box; raises DamagedRecord (wrong key or purpose included) or UnknownVersion."""
    if box[:1] != bytes([VERSION]):
        raise UnknownVersion("The box was made by another version of standwith.")
    try:
        return ChaCha20Poly1305(key).decrypt(box[1:13], box[13:], _label(purpose))
    except (InvalidTag, ValueError):
        raise DamagedRecord("The box does not open with this key for this purpose.") from None


def _label(purpose: str) -> bytes:
    return b"standwith/box/1\n" + purpose.encode()

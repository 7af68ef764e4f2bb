"""A second implementation of opening sealed records, written from docs/protocol.md, sharing no code with the first.

Its only help are the primitives: X25519, ML-KEM-768, ChaCha20-Poly1305, SHA-2 and SHA-3, HMAC, and age.
"""

import base64
import hashlib
import hmac
import json

import pyrage
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

X_WING = b"\\.//^\\"  # its label, six bytes of art
KEM, KDF, AEAD = 0x647A, 0x0001, 0x0003


def read_secret(line: str) -> tuple[bytes, bytes]:
    """(id, raw) of one of standwith's own secret keys."""
    _, named, encoded = line.split(" ")
    return bytes.fromhex(named), base64.b64decode(encoded)


def open_hybrid(raw: bytes, sealed: bytes, info: bytes) -> bytes:
    """HPKE in base mode with MLKEM768-X25519, whose secret is that of X-Wing."""
    mlkem, x25519 = MLKEM768PrivateKey.from_seed_bytes(raw[:64]), X25519PrivateKey.from_private_bytes(raw[64:])
    inner, ephemeral, ciphertext = sealed[:1088], sealed[1088:1120], sealed[1120:]
    ours = x25519.public_key().public_bytes_raw()
    classical = x25519.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    secret = hashlib.sha3_256(mlkem.decapsulate(inner) + classical + ephemeral + ours + X_WING)
    return open_scheduled(secret.digest(), ciphertext, info)


def open_scheduled(secret: bytes, ciphertext: bytes, info: bytes) -> bytes:
    """The key schedule of RFC 9180, section 5.1, and the first message."""
    suite = b"HPKE" + KEM.to_bytes(2, "big") + KDF.to_bytes(2, "big") + AEAD.to_bytes(2, "big")

    def extract(salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")

    def expand(key: bytes, label: bytes, more: bytes, length: int) -> bytes:
        text = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + more
        return hmac.digest(key, text + b"\x01", "sha256")[:length]

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    scheduled = extract(secret, b"secret", b"")
    key, nonce = expand(scheduled, b"key", context, 32), expand(scheduled, b"base_nonce", context, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, b"")


def open_record(sealed: bytes, secrets: list[str]) -> tuple[bytes, dict]:
    """The canonical bytes of a record and what they say, with the keys of enough custodians."""
    assert sealed[:4] == b"SWR\x02"
    at = 5 + sealed[4]
    needed, count = sealed[at], sealed[at + 1]
    at += 2
    ids = [sealed[at + 8 * place : at + 8 * place + 8] for place in range(count)]
    at += 8 * count
    head, shares = sealed[:at], []
    for _ in range(count):
        length = int.from_bytes(sealed[at : at + 2], "big")
        shares.append(sealed[at + 2 : at + 2 + length])
        at += 2 + length
    points = [open_share(secret, ids, shares, head) for secret in secrets]
    assert len(points) == needed
    padded = ChaCha20Poly1305(interpolate(points)).decrypt(bytes(12), sealed[at:], head)
    record = padded[4 : 4 + int.from_bytes(padded[:4], "big")]
    assert len(padded) % 1024 == 0
    return record, json.loads(record)


def open_share(secret: str, ids: list[bytes], shares: list[bytes], head: bytes) -> bytes:
    """The 33 bytes of one custodian."""
    if secret.startswith("AGE-SECRET-KEY-1"):
        identity = pyrage.x25519.Identity.from_str(secret)
        named = hashlib.sha256(f"standwith/age/1\n{identity.to_public()}".encode()).digest()[:8]
        opened = pyrage.decrypt(shares[ids.index(named)], [identity])
        assert opened[33:] == hashlib.sha256(head).digest()[:16]
        share = opened[:33]
    else:
        named, raw = read_secret(secret)
        share = open_hybrid(raw, shares[ids.index(named)], head)
    assert share[0] == ids.index(named) + 1
    return share


def interpolate(points: list[bytes]) -> bytes:
    """Lagrange at 0, with a field whose elements are multiplied bit by bit and inverted by trying."""
    total = bytes(32)
    for one in points:
        weight = 1
        for other in points:
            if other[0] != one[0]:
                weight = times(weight, times(other[0], inverse(other[0] ^ one[0])))
        total = bytes(sum_ ^ times(weight, value) for sum_, value in zip(total, one[1:], strict=True))
    return total


def times(one: int, other: int) -> int:
    """The product in GF(256), as polynomials modulo 0x11b."""
    product = 0
    for bit in range(8):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(14, 7, -1):
        if product >> bit & 1:
            product ^= 0x11B << bit - 8
    return product


def inverse(value: int) -> int:
    """What gives 1 when multiplied."""
    return next(other for other in range(1, 256) if times(value, other) == 1)


def commitment(record: bytes, said: dict) -> bytes:
    """What stands in the leaf."""
    return hashlib.sha256(b"standwith/record\0" + base64.b64decode(said["salt"]) + record).digest()

"""The reference for bench/intake.py: the least that takes an act. It parses, seals, commits in groups, checks nothing.

It shares no code with the intake: the standard library's form parser, the same seals straight from `cryptography` (a
share for each of three custodians, and the contact), one thread that inserts whatever waits and commits (WAL,
synchronous=FULL).
"""

import asyncio
import os
import queue
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

HYBRID = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
PLAIN = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
CUSTODIANS = [
    MLKEM768X25519PublicKey(MLKEM768PrivateKey.generate().public_key(), X25519PrivateKey.generate().public_key())
    for _ in range(3)
]
CLERK = X25519PrivateKey.generate().public_key()
SHARE_BYTES = 33
THANKS = [(b"location", b"/en/stand-with-belarus/check-your-mail/"), (b"content-length", b"0")]


def make_application() -> Callable[..., Awaitable[None]]:
    """The bare handler on the journal of the home in BENCH_HOME."""
    group = Group(Path(os.environ["BENCH_HOME"]) / "journal.sqlite")

    async def application(_: Any, receive: Any, send: Any) -> None:
        fields = dict(parse_qsl((await receive())["body"].decode()))
        await group.append(seal(fields, CLERK))
        await send({"type": "http.response.start", "status": 303, "headers": THANKS})
        await send({"type": "http.response.body", "body": b""})

    return application


def seal(fields: dict[str, str], clerk: X25519PublicKey) -> bytes:
    """Record and contact, sealed as the intake does it."""
    key = os.urandom(32)
    record = "\n".join(fields.values()).encode().ljust(1024, b"\0")
    contact = f"{fields['email']}\n{fields['name']}".encode().ljust(256, b"\0")
    ciphertext = ChaCha20Poly1305(key).encrypt(bytes(12), record, None)
    shares = [HYBRID.encrypt(os.urandom(SHARE_BYTES), custodian) for custodian in CUSTODIANS]
    return b"".join(shares) + ciphertext + PLAIN.encrypt(contact, clerk)


class Group:
    """A thread that inserts whatever waits, commits, and tells."""

    def __init__(self, path: Path) -> None:
        self._waiting: queue.SimpleQueue[tuple[bytes, asyncio.Future[None]]] = queue.SimpleQueue()
        threading.Thread(target=self._write, args=(path,), daemon=True).start()

    async def append(self, act: bytes) -> None:
        """Wait until it is on disk."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.put((act, done))
        await done

    def _write(self, path: Path) -> None:
        connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        while True:
            group = [self._waiting.get()]
            while not self._waiting.empty():
                group.append(self._waiting.get())
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO acts (act) VALUES (?)", [(act,) for act, _ in group])
            connection.execute("COMMIT")
            group[0][1].get_loop().call_soon_threadsafe(tell, group)


def tell(group: list[tuple[bytes, asyncio.Future[None]]]) -> None:
    """Everybody in the group is on disk."""
    for _, done in group:
        if not done.done():
            done.set_result(None)

"""The reference for bench/path.py: the least that takes a crowd its whole way, as two server processes and a clerk.

    python -m bench.bare_path        the clerk; granian runs make_application

The server parses, seals and commits in groups (bench/bare_intake.py), takes a confirmation as it comes, and sends one
page's bytes. The clerk reads the journal, opens the contact, keeps record and leaf, has threads hand a letter to the
relay, moves the confirmed, and writes roll and checkpoint every second: a chain of hashes, signed. Nothing is checked,
looked for or forgotten, no letter is kept, there is no tree and no Django.
The home is in BENCH_HOME, the relay's port in BENCH_RELAY, the page's file in BENCH_PAGE.
"""

import hashlib
import os
import queue
import secrets
import smtplib
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bench.bare_intake import PLAIN, Group, seal
from standwith.config.django import PRAGMAS
from standwith.durable.files import write_atomically
from standwith.journal.store import Journal, create

BATCH, SENDERS, LEAVES_EVERY, NAP = 1000, 8, 1.0, 0.02
CONTACT_BYTES = 304  # sealed, at the end of an act
TABLES = """
    CREATE TABLE pending (id INTEGER PRIMARY KEY, link BLOB UNIQUE, leaf BLOB, record BLOB);
    CREATE TABLE signature (id INTEGER PRIMARY KEY, record BLOB);
    CREATE TABLE leaf (id INTEGER PRIMARY KEY, code TEXT, data BLOB);
"""
LETTER = (
    "Subject: Please confirm your signature\r\nFrom: confirm@localhost\r\nTo: {to}\r\n\r\n"
    "http://127.0.0.1/act/en/stand-with-belarus/confirm/{link}\r\n" + "So many words has a letter, too.\r\n" * 70
)


def lay_out(home: Path) -> None:
    """An empty home: journal, tables, the clerk's key, a checkpoint of size 0."""
    create(home / "journal.sqlite")
    connection = sqlite3.connect(home / "bare.sqlite")
    connection.executescript(PRAGMAS + TABLES)
    connection.close()
    (home / "clerk.key").write_bytes(X25519PrivateKey.generate().private_bytes_raw())
    write_atomically(home / "checkpoint", b"bare\n0\n\n")


def make_application() -> Callable[..., Awaitable[None]]:
    """The bare server on the journal of the home in BENCH_HOME."""
    home = Path(os.environ["BENCH_HOME"])
    group = Group(home / "journal.sqlite")
    clerk = X25519PrivateKey.from_private_bytes((home / "clerk.key").read_bytes()).public_key()
    page = Path(os.environ["BENCH_PAGE"]).read_bytes()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        status, headers, body = 303, [(b"content-length", b"0")], b""
        if scope["method"] == "GET":
            status, headers, body = 200, [(b"content-length", b"%d" % len(page))], page
        elif scope["path"].endswith("/sign"):
            fields = dict(parse_qsl((await receive())["body"].decode()))
            await group.append(b"S" + seal(fields, clerk))
        else:
            link = bytes.fromhex(scope["path"].rpartition("/")[2])
            await group.append(b"C" + link)
            headers = [(b"location", f"/thank-you/#{code_of(link)}".encode()), *headers]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return application


def code_of(link: bytes) -> str:
    """What finds a signature again."""
    return link.hex().upper()[:26]


def work(home: Path, relay: int) -> None:
    """The clerk, until killed."""
    letters: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    for _ in range(SENDERS):
        threading.Thread(target=send_letters, args=(relay, letters), daemon=True).start()
    secret = X25519PrivateKey.from_private_bytes((home / "clerk.key").read_bytes())
    connection = sqlite3.connect(home / "bare.sqlite", isolation_level=None)
    connection.executescript(PRAGMAS)
    signer, chain, size, due, after = Ed25519PrivateKey.generate(), hashlib.sha256(), 0, 0.0, 0
    with Journal(home / "journal.sqlite") as journal:
        while True:
            entries = journal.read(after, BATCH)
            if entries:
                after = entries[-1][0]
                for letter in do(connection, secret, [act for _, act in entries]):
                    letters.put(letter)
                journal.forget(after)
            if time.monotonic() >= due:
                size = publish(home, connection, signer, chain, size)
                due = time.monotonic() + LEAVES_EVERY
            if not entries:
                time.sleep(NAP)


def do(connection: sqlite3.Connection, secret: X25519PrivateKey, acts: list[bytes]) -> list[tuple[str, str]]:
    """A batch in one transaction; the letters that are due then, as (address, link)."""
    signed, letters = [], []
    for act in acts:
        if act[:1] == b"S":
            address = PLAIN.decrypt(act[-CONTACT_BYTES:], secret).partition(b"\n")[0].decode()
            link = secrets.token_bytes(16)
            signed.append((link, secrets.token_bytes(76), act[1:-CONTACT_BYTES]))
            letters.append((address, link.hex()))
    confirmed = [(act[1:],) for act in acts if act[:1] == b"C"]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO pending (link, leaf, record) VALUES (?, ?, ?)", signed)
    places = [(code_of(link), link) for (link,) in confirmed]
    connection.executemany("INSERT INTO leaf (code, data) SELECT ?, leaf FROM pending WHERE link = ?", places)
    connection.executemany("INSERT INTO signature (record) SELECT record FROM pending WHERE link = ?", confirmed)
    connection.executemany("DELETE FROM pending WHERE link = ?", confirmed)
    connection.execute("COMMIT")
    return letters


def publish(home: Path, connection: sqlite3.Connection, signer: Ed25519PrivateKey, chain: Any, size: int) -> int:
    """Write what came to roll and checkpoint; return the new size."""
    leaves = connection.execute("SELECT id, code, data FROM leaf WHERE id > ? ORDER BY id", (size,)).fetchall()
    if not leaves:
        return size
    with (home / "roll").open("a") as roll:
        for place, code, data in leaves:
            chain.update(data)
            roll.write(f"{place - 1} {code}\n")
        roll.flush()
        os.fsync(roll.fileno())
    size = leaves[-1][0]
    text = f"bare\n{size}\n{chain.hexdigest()}\n".encode()
    write_atomically(home / "checkpoint", text + signer.sign(text).hex().encode() + b"\n")
    return size


def send_letters(relay: int, letters: "queue.SimpleQueue[tuple[str, str]]") -> None:
    """A thread with a connection of its own."""
    to, link = letters.get()
    with smtplib.SMTP("127.0.0.1", relay) as connection:
        while True:
            connection.sendmail("confirm@localhost", to, LETTER.format(to=to, link=link))
            to, link = letters.get()


if __name__ == "__main__":
    work(Path(os.environ["BENCH_HOME"]), int(os.environ["BENCH_RELAY"]))

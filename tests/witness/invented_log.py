"""A log of nobody, with as many leaves as a test wants, and a witness that watches it."""

import asyncio
from collections.abc import Callable, Iterable, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standwith.ledger.checkpoint import Checkpoint, sign_checkpoint
from standwith.ledger.note import COSIGNATURE, Signer, make_signer
from standwith.ledger.submission import write_submission
from standwith.ledger.tiles import Growth, Tree
from standwith.witness.app import Witness, make_witness
from standwith.witness.logs import HEADER, LOGS
from standwith.witness.state import STATE, create_state
from tests.site.asking import Answer

NOON = datetime(2020, 8, 16, 12, tzinfo=UTC)
ORIGIN = "act.example.org/log"


class InventedLog:
    """Its trees of every size are prefixes of one another; another `seed` gives another history."""

    def __init__(self, signer: Signer | None = None, *, seed: str = "", length: int = 40) -> None:
        self.signer = signer or make_signer(ORIGIN)
        self.leaves = [f"{seed}{number}".encode() for number in range(length)]

    def checkpoint(self, size: int) -> bytes:
        """The signed checkpoint of this size."""
        return sign_checkpoint(Checkpoint(self.signer.name, size, self.tree(size).root()), self.signer)

    def tree(self, size: int) -> Tree:
        """The tree of this size, with files of its own."""
        return Tree(Growth().grow(self.leaves[:size]).__getitem__, size)

    def submission(self, old: int, size: int) -> bytes:
        """What this log would send to a witness that stands at `old`."""
        return write_submission(old, self.tree(size).consistency(old), self.checkpoint(size))


def found_witness(home: Path, *logs: InventedLog, name: str = "witness.example.org/w") -> Signer:
    """Make key, state and list of a witness in `home`; return its key."""
    signer = make_signer(name, COSIGNATURE)
    (home / "witness").mkdir(parents=True)
    create_state(home / "witness" / STATE)
    watch(home, *logs)
    (home / "witness.key").write_text(f"{signer}\n")
    return signer


def watch(home: Path, *logs: InventedLog) -> None:
    """Let the witness in `home` watch these logs and no others."""
    lines = "".join(f"{log.signer.verifier}\n" for log in logs)
    (home / "witness" / LOGS).write_bytes(HEADER + lines.encode())


def open_witness(home: Path, clock: Callable[[], datetime] = lambda: NOON, *, key: Path | None = None) -> Witness:
    """The witness that was founded in `home`."""
    return make_witness(home / "witness", key or home / "witness.key", clock=clock)


def post(
    witness: Witness,
    body: bytes | Iterable[bytes],
    path: str = "/witness/add-checkpoint",
    method: str = "POST",
    *headers: tuple[bytes, bytes],
) -> Answer:
    """One request to the witness; a body of several parts comes in several messages."""
    parts = [body] if isinstance(body, bytes) else list(body)
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": list(headers)}
    asyncio.run(witness(scope, receive, send))
    start, *rest = sent
    named = {key.decode(): value.decode() for key, value in start["headers"]}
    return Answer(start["status"], named, b"".join(one.get("body", b"") for one in rest))

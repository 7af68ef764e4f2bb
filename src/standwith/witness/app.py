"""The witness as an ASGI application.

    POST /witness/add-checkpoint    200 with a cosignature · 400 · 403 · 404 · 409 with the size · 413 · 422 · 503
    GET  /witness/                  who this witness is, as plain text

Invariants: GET and HEAD change nothing; no byte of a request reaches a log; an answer waits for the disk in a thread of
its own, so that the rest of the process is never held up by it. cosigning.py decides, this file translates.
Standards: C2SP tlog-witness, ASGI 3.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from standwith.durable.watched import Watched
from standwith.ledger.errors import LedgerError, ProofRefused, SubmissionRefused
from standwith.ledger.note import COSIGNATURE, Signer
from standwith.witness.cosigning import Clock, witness_checkpoint
from standwith.witness.errors import Conflict, LogNotProven, LogUnknown, WitnessError, WitnessMissing, WitnessRefused
from standwith.witness.logs import LOGS, Logs, read_logs
from standwith.witness.state import STATE, State

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_BODY = 64 * 1024  # 63 hashes are 3 kB; the rest is room for signatures, post-quantum ones included
PLAIN, SIZE = b"text/plain; charset=utf-8", b"text/x.tlog.size"
ABOUT = """This is a transparency log witness (https://c2sp.org/tlog-witness).

It cosigns the checkpoints of the logs that its people have agreed to watch, each only if it continues the one
before, so that no log can show different people different histories. Its key:

{verifier}

A log sends its checkpoints by POST to add-checkpoint, below this address.
"""
logger = logging.getLogger(__name__)


class Answer(NamedTuple):
    """What goes back."""

    status: int
    body: bytes
    kind: bytes = PLAIN
    more: tuple[tuple[bytes, bytes], ...] = ()


def make_witness(directory: Path, key: Path, *, clock: Clock, prefix: str = "/witness") -> "Witness":
    """The application; `directory` has the state and logs.txt. Raises a WitnessError with a sentence."""
    try:
        return Witness(
            signer=read_signer(key),
            state=State(directory / STATE),
            logs=Watched(directory / LOGS, read_logs),
            clock=clock,
            prefix=prefix,
        )
    except OSError as error:
        raise WitnessMissing(f"{error.filename} cannot be read: {error.strerror}.") from None


def read_signer(key: Path) -> Signer:
    """The witness's key. Raises OSError or WitnessRefused; no message holds the key."""
    try:
        signer = Signer.parse(key.read_text(encoding="utf-8", errors="replace").strip())
    except LedgerError:
        raise WitnessRefused(f"{key} is not a witness's key, or it is damaged.") from None
    if signer.verifier.algorithm != COSIGNATURE:
        raise WitnessRefused(f"{key} is not a witness's key.")
    return signer


class Witness:
    """The door. One per process; keeps the state open and the list of logs in view."""

    def __init__(self, *, signer: Signer, state: State, logs: Watched[Logs], clock: Clock, prefix: str) -> None:
        self._signer, self._state, self._logs, self._clock, self._prefix = signer, state, logs, clock, prefix
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="witness")  # the state belongs to one thread

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        answer = await self._answer(scope, receive)
        headers = [
            (b"content-type", answer.kind),
            (b"content-length", str(len(answer.body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            *answer.more,
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})

    def close(self) -> None:
        """Finish what is being written, and close the state."""
        self._thread.shutdown()
        self._state.close()

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        match scope["path"].removeprefix(self._prefix), scope["method"]:
            case "" | "/", "GET" | "HEAD":
                return Answer(200, ABOUT.format(verifier=self._signer.verifier).encode())
            case "" | "/", _:
                return Answer(405, b"", more=((b"allow", b"GET, HEAD"),))
            case "/add-checkpoint", "POST":
                return await self._add_checkpoint(scope, receive)
            case "/add-checkpoint", _:
                return Answer(405, b"", more=((b"allow", b"POST"),))
        return Answer(404, b"There is no such page here.\n")

    async def _add_checkpoint(self, scope: Scope, receive: Receive) -> Answer:
        body = None if _says_too_much(scope) else await _read_body(receive)
        if body is None:
            return Answer(413, b"That is too long.\n")
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._cosign, body)

    def _cosign(self, body: bytes) -> Answer:
        try:
            logs = self._logs.current()
            line = witness_checkpoint(body, logs=logs, state=self._state, signer=self._signer, clock=self._clock)
        except Conflict as conflict:
            return Answer(409, b"%d\n" % conflict.size, SIZE)
        except (LedgerError, WitnessError) as error:
            return _explain(error)
        except Exception as error:  # the other log waits for an answer, whatever we did wrong
            logger.error("an answer failed: %s", type(error).__name__)
            return Answer(500, b"")
        return Answer(200, line)

    async def _live(self, receive: Receive, send: Send) -> None:
        """ASGI's lifespan, for servers that have it."""
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        self.close()
        await send({"type": "lifespan.shutdown.complete"})


_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (SubmissionRefused, 400),
    (LogNotProven, 403),
    (LogUnknown, 404),
    (ProofRefused, 422),
)


def _explain(error: Exception) -> Answer:
    """The status of a refusal with its sentence; trouble of our own is logged by its kind and told without words."""
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            return Answer(status, f"{error}\n".encode())
    logger.error("a checkpoint was not cosigned: %s", type(error).__name__)
    return Answer(503, b"Nothing was cosigned; try again later.\n")


def _says_too_much(scope: Scope) -> bool:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return any(not value.isdigit() or int(value[:10]) > MOST_BODY for value in lengths)


async def _read_body(receive: Receive) -> bytes | None:
    """The body; None when it is too long. Half a body is none of ours and fails later, as no submission."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        body += message.get("body", b"")
        if len(body) > MOST_BODY:
            return None
        more = message.get("more_body", False)
    return body

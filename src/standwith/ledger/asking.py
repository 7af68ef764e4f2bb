"""Asking others: witnesses for their cosignatures, mirrors for the checkpoint that they have.

    POST <witness>/add-checkpoint     the body is submission.py's; 200 gives signature lines, 409 the size it knows
    GET  <mirror>/checkpoint

Invariants: everything here ends within `seconds`, however slowly the other side speaks (only looking up its name is
the system's to time); it reads no more than a checkpoint can be long, follows no redirection and takes no proxy from
the environment. What comes back is not believed: whoever merges the lines checks them against the policy.
It blocks, so it belongs into a thread: a witness that is away delays nobody but the one who asks it.
Standard: C2SP tlog-witness; HTTP by http.client.
"""

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from typing import TypeVar
from urllib.parse import urlsplit

from standwith.ledger.checkpoint import read_checkpoint
from standwith.ledger.errors import Declined, LedgerError, NoAnswer, NoteRefused, WitnessAhead, WitnessDisagrees
from standwith.ledger.note import read_note, read_signatures
from standwith.ledger.submission import write_submission
from standwith.ledger.tiles import Tree

Answer = TypeVar("Answer")
Trouble = LedgerError | OSError

SECONDS = 10.0
MOST_ANSWER = 64 * 1024
TRIES = 3  # the size is told once; a second time only if somebody else submits our checkpoints, too
OK, CONFLICT, WRONG_PROOF = 200, 409, 422

_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")


def ask_witness(url: str, checkpoint: bytes, tree: Tree, known: dict[str, int], *, seconds: float = SECONDS) -> bytes:
    """The witness's signature lines for our checkpoint, whose tree is `tree`. Raises one of AskingFailed.

    `known` says from which size each witness goes on, as far as we know; what it tells us is put there.
    """
    size = read_checkpoint(read_note(checkpoint).text).size
    old, end = min(known.get(url, 0), size), time.monotonic() + seconds
    for _ in range(TRIES):
        status, answer = _submit(url, write_submission(old, tree.consistency(old), checkpoint), end)
        if status == OK:
            lines = _check_lines(url, answer)
            known[url] = size
            return lines
        if status == WRONG_PROOF:
            raise WitnessDisagrees(url, old)
        if status != CONFLICT:
            raise Declined(url, status)
        told = _read_size(url, answer)
        if told > size:
            raise WitnessAhead(url, told)
        if told == old:
            raise WitnessDisagrees(url, told)
        known[url] = old = told
    raise Declined(url, CONFLICT)


def ask_witnesses(
    urls: Mapping[str, str], checkpoint: bytes, tree: Tree, known: dict[str, int], *, seconds: float = SECONDS
) -> Iterator[tuple[str, bytes | Trouble]]:
    """Ask all at once, by name; each one's lines, or what went wrong, as soon as it is there."""
    return _together(urls, lambda url: ask_witness(url, checkpoint, tree, known, seconds=seconds))


def ask_size(url: str, checkpoint: bytes, *, seconds: float = SECONDS) -> int:
    """How large the tree of ours is that the witness has cosigned. Needs nothing but what we signed last, so it can be
    asked before anything else is done with a log that may be an older copy.

    A witness that has cosigned nothing of ours cosigns `checkpoint` and so has its size from now on. Raises NoAnswer,
    Declined, or WitnessDisagrees when it has cosigned another tree of the same size.
    """
    size = read_checkpoint(read_note(checkpoint).text).size
    old, end = 0, time.monotonic() + seconds
    while True:
        status, answer = _submit(url, write_submission(old, [], checkpoint), end)
        if status == OK:
            return size
        if status != CONFLICT:
            raise Declined(url, status)
        told = _read_size(url, answer)
        if told != size:
            return told
        if told == old:
            raise WitnessDisagrees(url, told)
        old = size


def ask_sizes(
    urls: Mapping[str, str], checkpoint: bytes, *, seconds: float = SECONDS
) -> Iterator[tuple[str, int | Trouble]]:
    """`ask_size` of all at once, by name."""
    return _together(urls, lambda url: ask_size(url, checkpoint, seconds=seconds))


def fetch_checkpoint(url: str, *, seconds: float = SECONDS) -> bytes:
    """The checkpoint at a log or mirror, unchecked: `open_checkpoint` says whether it is ours. Raises AskingFailed."""
    status, answer = _exchange("GET", f"{url.rstrip('/')}/checkpoint", None, seconds)
    if status != OK:
        raise Declined(url, status)
    return answer


def _together(urls: Mapping[str, str], ask: Callable[[str], Answer]) -> Iterator[tuple[str, Answer | Trouble]]:
    if not urls:
        return
    with ThreadPoolExecutor(len(urls), thread_name_prefix="asking") as threads:
        asked = {threads.submit(ask, url): name for name, url in urls.items()}
        for answer in as_completed(asked):
            try:
                yield asked[answer], answer.result()
            except (LedgerError, OSError) as trouble:  # OSError: our own files cannot be read
                yield asked[answer], trouble


def _submit(url: str, body: bytes, end: float) -> tuple[int, bytes]:
    return _exchange("POST", f"{url.rstrip('/')}/add-checkpoint", body, end - time.monotonic())


def _read_size(url: str, answer: bytes) -> int:
    found = _SIZE.fullmatch(answer)
    if not found:
        raise NoAnswer(url, "its answer to a conflict is not a size.")
    return int(found[1])


def _check_lines(url: str, answer: bytes) -> bytes:
    try:
        read_signatures(answer.decode())
    except (NoteRefused, UnicodeDecodeError):
        raise NoAnswer(url, "its answer is not a signature.") from None
    return answer


def _exchange(method: str, url: str, body: bytes | None, seconds: float) -> tuple[int, bytes]:
    """Status and body of one request; all that can go wrong on the way is NoAnswer, which holds no foreign text."""
    try:
        with _connected(url, seconds) as connection:
            parts = urlsplit(url)
            headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": "standwith", "Connection": "close"}
            connection.request(method, parts.path, body, headers)
            response = connection.getresponse()
            answer = response.read(MOST_ANSWER + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: an address that is none
        raise NoAnswer(url, f"no answer ({type(error).__name__}).") from None
    if len(answer) > MOST_ANSWER:
        raise NoAnswer(url, "its answer is too long.")
    return response.status, answer


@contextmanager
def _connected(url: str, seconds: float) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut when the time is over, wherever it stands then."""
    if seconds <= 0:
        raise TimeoutError
    parts, end = urlsplit(url), time.monotonic() + seconds
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    line: socket.socket = socket.create_connection((parts.hostname, port), seconds)
    if parts.scheme == "https":
        trusted = ssl.create_default_context()
        line = trusted.wrap_socket(line, server_hostname=parts.hostname, do_handshake_on_connect=False)
    guard = threading.Timer(max(0.0, end - time.monotonic()), _cut, [line])
    guard.daemon = True
    guard.start()
    try:
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        connection = http.client.HTTPConnection(parts.hostname, port)
        connection.sock = line
        yield connection
    finally:
        guard.cancel()
        line.close()


def _cut(line: socket.socket) -> None:
    """End a conversation from another thread: whoever waits for the next byte gets the end of the stream."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)

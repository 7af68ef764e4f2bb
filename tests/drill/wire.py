"""Questions and answers over a pipe, for the drill's processes: MessagePack behind its length in 4 bytes.

Invariant: nothing that is asked or answered touches a file. A failure comes back as its traceback, for the drill has no
secrets of its own to keep.
"""

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

ROOT = Path(__file__).resolve().parents[2]
LENGTH = 4
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


class Broken(Exception):
    """The other side failed, or is gone."""


class Process:
    """A module of ours as a process that answers: `process.ask("verb", …)`, or `tell` now and `answer` later."""

    def __init__(self, module: str, *words: str, stderr: int | IO[bytes] | None = None, **how: Any) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        self._running = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=environment | how.pop("env", {}),
            **how,
        )

    @property
    def pid(self) -> int:
        return self._running.pid

    def ask(self, verb: str, *what: Any) -> Any:
        self.tell(verb, *what)
        return self.answer()

    def tell(self, verb: str, *what: Any) -> None:
        assert self._running.stdin
        _write(self._running.stdin, [verb, *what])

    def answer(self) -> Any:
        assert self._running.stdout
        read = _read(self._running.stdout)
        if read is None:
            raise Broken(f"a process of the drill ended with {self._running.wait()}")
        good, answer = read
        if not good:
            raise Broken(answer)
        return answer

    def end(self) -> None:
        """Close the pipe, at which the process ends, and wait for that."""
        assert self._running.stdin and self._running.stdout
        self._running.stdin.close()
        self._running.wait(60)
        self._running.stdout.close()

    def kill(self) -> None:
        self._running.kill()
        self._running.communicate()


def serve(verbs: Mapping[str, Callable[..., Any]]) -> None:
    """Answer on standard output what is asked on standard input, until that ends. Other output goes to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (asked := _read(sys.stdin.buffer)) is not None:
        verb, *what = asked
        try:
            _write(answers, [True, verbs[verb](*what)])
        except Exception:
            _write(answers, [False, traceback.format_exc()])


def _write(pipe: IO[bytes], what: Any) -> None:
    data = _encode(what)
    pipe.write(len(data).to_bytes(LENGTH, "big") + data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    length = pipe.read(LENGTH)
    return _decode(pipe.read(int.from_bytes(length, "big"))) if len(length) == LENGTH else None

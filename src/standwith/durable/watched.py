"""A small file that others rewrite now and then, read again when it changes.

Invariant: `current` always has a value that was read whole and accepted; a change that is refused keeps the old value
and is logged once. It costs one stat a second, however often it is asked. It doesn't watch directories, and tells
nobody.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Value = TypeVar("Value")
logger = logging.getLogger(__name__)


class Watched(Generic[Value]):
    """The value of a file. `read` turns its bytes into the value, or raises; the first reading raises to the caller."""

    def __init__(
        self,
        path: Path,
        read: Callable[[bytes], Value],
        *,
        tick: Callable[[], float] = time.monotonic,
        every: float = 1.0,
    ) -> None:
        self._path, self._read, self._tick, self._every = path, read, tick, every
        self._seen = _look_at(path)
        self._value = read(path.read_bytes())
        self._next = tick() + every

    def current(self) -> Value:
        """The newest value that could be read; `every` seconds old at most."""
        now = self._tick()
        if now >= self._next:
            self._next = now + self._every
            self._look_again()
        return self._value

    def _look_again(self) -> None:
        try:
            seen = _look_at(self._path)
            if seen != self._seen:
                self._seen = seen
                self._value = self._read(self._path.read_bytes())
                logger.info("%s was read again", self._path.name)
        except Exception as error:  # whatever is wrong with the new file, the old one still serves
            logger.warning("%s cannot be read, the old one still serves: %s", self._path.name, error)


def _look_at(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino

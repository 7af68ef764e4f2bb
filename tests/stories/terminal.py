"""A program in a terminal of its own: what a person types goes in, what the screen shows comes out."""

import fcntl
import os
import select
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from types import TracebackType

ROWS, COLUMNS = 50, 100
QUIET = 0.15  # seconds without output after which a program waits for the next key
PATIENCE = 5.0  # seconds until its first output


class Terminal:
    """Runs a command until the end of the `with` block."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._screen, inside = os.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._running = subprocess.Popen(
            command, env=environment, stdin=inside, stdout=inside, stderr=inside, start_new_session=True
        )
        os.close(inside)
        self.shown = self._read()

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._running.kill()
        self._running.wait()
        os.close(self._screen)

    def press(self, *keys: str) -> None:
        """Type each key (or a word), waiting until the program has answered the one before."""
        for key in keys:
            os.write(self._screen, key.encode())
            self.shown += self._read()

    def _read(self) -> bytes:
        read, wait = b"", PATIENCE
        while select.select([self._screen], [], [], wait)[0]:
            try:
                read += os.read(self._screen, 1 << 16)
            except OSError:  # the program has ended
                break
            wait = QUIET
        return read

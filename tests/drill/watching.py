"""Watching a directory for files that come and go: what a program wrote and deleted again is not there to be seized.

SQLite may do so below the temporary directory, where no audit hook of Python's sees it. Standard: inotify(7).
"""

import ctypes
import os
import struct
from pathlib import Path

CREATED = 0x100
EVENT = struct.Struct("iIII")


class Watch:
    """The names that appeared in a directory, itself only, since the watch began."""

    def __init__(self, directory: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(os.O_NONBLOCK)
        if self._handle < 0 or libc.inotify_add_watch(self._handle, os.fsencode(directory), CREATED) < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    def names(self) -> list[str]:
        """Those that came since the last call."""
        found, data = [], self._read()
        while data:
            *_, length = EVENT.unpack_from(data)
            found.append(os.fsdecode(data[EVENT.size : EVENT.size + length].rstrip(b"\0")))
            data = data[EVENT.size + length :]
        return found

    def close(self) -> None:
        os.close(self._handle)

    def _read(self) -> bytes:
        data = b""
        try:
            while True:
                data += os.read(self._handle, 1 << 16)
        except BlockingIOError:
            return data

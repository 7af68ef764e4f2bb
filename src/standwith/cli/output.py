"""A large file that a command makes: written aside, readable by its owner only, put in its place when it is whole.

Invariant: under its name the file is whole and on disk, or not there; nothing that was there is overwritten.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from standwith.cli.refusal import Refusal
from standwith.durable.files import sync_directories


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into; leaving the block normally gives it its name. Raises Refusal."""
    if path.exists():
        raise Refusal(f"{path} is already there; choose another name.")
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
        sync_directories([path.parent])
    except OSError as error:
        raise Refusal(f"{path}: {error.strerror}.") from None
    finally:
        aside.unlink(missing_ok=True)

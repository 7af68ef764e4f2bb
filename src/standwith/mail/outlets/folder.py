"""An outlet without a post office: every mail becomes a file `<mark>.eml`, for the demo and for trying things out.

Invariant: a file is whole or not there, readable by its owner only; a mail delivered twice is one file.
Standard: RFC 5322, lines ended by CR LF.
"""

from pathlib import Path

from standwith.durable.files import write_atomically
from standwith.mail.compose import Mail
from standwith.mail.errors import OutletDown


class FolderOutlet:
    """Puts mail into a directory, which must exist."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def deliver(self, mail: Mail, sender: str, to: str) -> None:  # noqa: ARG002 - a file needs no envelope
        """Write the file; raises OutletDown when the directory cannot be written to."""
        try:
            write_atomically(self.directory / f"{mail.mark}.eml", mail.content, mode=0o600)
        except OSError:
            raise OutletDown from None

    def close(self) -> None:
        """Nothing is held open."""

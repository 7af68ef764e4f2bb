"""The clerk's keys: files in the home's keys directory, and what is worked out with them.

    keys/clerk/20260301T040000Z-5b3f0c6a2d9e4f71.key   one per day; the name says when it was made, the newest is in use
    keys/clerk.pub                                     the public half of the newest, for the intake
    keys/block.key                                     makes the tags of addresses that asked never to be written to
    keys/link.key                                      makes links and codes; shared with the intake

Invariant: a key is made by an explicit verb only and never overwritten; a secret is on disk before its public half is
shown; a destroyed key takes everything that was sealed or boxed under it along. After a kill at any moment `rotate`
mends what was left half done. Does not decide what still needs a key: the caller says so. The keys that tell who
signed twice are not here, nor on any disk: see epochs.py.
Tags are HMAC-SHA-256 cut to 16 bytes (RFC 2104): equal for equal addresses, worthless without the key.
"""

import hmac
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from standwith.durable.files import remove_durably, write_atomically
from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import SecretKey, SharedKey, make_key, make_shared_key
from standwith.sealing.tokens import make_link_key, read_link_key
from standwith.supporters.errors import KeysExist, KeysMissing

ROTATE_AFTER = timedelta(hours=24)
KEEP_AT_MOST = timedelta(hours=49)
SEALED_LATE = timedelta(hours=1)
"""How long after its retirement somebody may still seal to a key whose public half was read before."""

TAG_BYTES = 16
_STAMP = "%Y%m%dT%H%M%SZ"


def create_keys(directory: Path, now: datetime) -> None:
    """Make the first keys of an installation in `directory`; raises KeysExist. A link key already there is kept."""
    if (directory / "clerk.pub").exists() or (directory / "block.key").exists():
        raise KeysExist(f"There are keys in {directory} already; keys are never overwritten.")
    (directory / "clerk").mkdir(parents=True, mode=0o700, exist_ok=True)
    if not (directory / "link.key").exists():
        write_atomically(directory / "link.key", make_link_key(), mode=0o600)
    _write_secret(directory / "block.key", str(make_shared_key("tag")))
    _make_clerk_key(directory, now)


def destroy_file(path: Path) -> None:
    """Overwrite, then remove: a disk may still keep old blocks, but the file system no longer offers them."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    remove_durably([path])


class Keyring:
    """The keys of one installation, opened; `Keyring.open(home_keys_directory)`."""

    def __init__(self, directory: Path, link: bytes, block: bytes) -> None:
        self.directory, self.link_key, self._block = directory, link, block
        self._clerk: dict[str, SecretKey] = {}
        self.secrets: dict[bytes, SecretKey] = {}  # by the id that a sealed contact names
        self._spool: dict[str, bytes] = {}
        self.current = ""
        self._look()

    @classmethod
    def open(cls, directory: Path) -> "Keyring":
        """Open the keys in `directory`; raises KeysMissing with the name of the first that is not there."""
        return cls(directory, _read_link(directory / "link.key"), _read_shared(directory / "block.key"))

    def refresh(self) -> None:
        """Read what another process may have added or destroyed."""
        self._look()

    def rotate(self, now: datetime) -> bool:
        """Take a new key into use when the newest is a day old; return whether that happened."""
        newest = self._look()
        due = now - _made(newest) >= ROTATE_AFTER
        if due:
            _make_clerk_key(self.directory, now)
        elif (self.directory / "clerk.pub").read_text() != f"{self._clerk[self.current].public}\n":
            _show_public(self.directory, self._clerk[self.current])  # killed between the secret and its public half
        self._look()
        return due

    def prune(self, needed: Collection[str], now: datetime, *, read_until: datetime | None) -> list[str]:
        """Destroy retired keys that nothing needs, or that are out of use for 49 hours; return their ids.

        `needed` holds the ids that letters and pending acts still name; `read_until` is the moment up to which all acts
        of the journal were read: a key that unread acts may be sealed to stays. Keys go in the order in which they
        came, for a key is retired when the next one is made, and that one's file says when it was.
        """
        destroyed = []
        for file, successor in pairwise(list(self._files())):
            retired = _made(successor)
            read = read_until is not None and read_until >= retired + SEALED_LATE
            if not read or (_id(file) in needed and now - retired < KEEP_AT_MOST):
                break
            destroy_file(file)
            destroyed.append(_id(file))
        if destroyed:
            self._look()
        return destroyed

    def spool_key(self, key_id: str) -> bytes | None:
        """32 bytes that box the letters of one day, derived from that day's key; None when it was destroyed."""
        if key_id not in self._spool:
            if key_id not in self._clerk:
                self._look()
            if key_id not in self._clerk:
                return None
            self._spool[key_id] = hmac.digest(self._clerk[key_id].raw, b"standwith/spool/1", "sha256")
        return self._spool[key_id]

    @property
    def current_spool_key(self) -> bytes:
        """The key that boxes today's letters."""
        key = self.spool_key(self.current)
        if key is None:
            raise KeysMissing("The clerk's key of today was destroyed; rotate the keys.")
        return key

    def block_tag(self, address: str) -> bytes:
        """The tag of a canonical address that must never be written to, the same for all campaigns."""
        return hmac.digest(self._block, f"standwith/block/1\n{address}".encode(), "sha256")[:TAG_BYTES]

    def _files(self) -> Iterator[Path]:
        """The clerk's key files, the oldest first."""
        yield from sorted((self.directory / "clerk").glob("*.key"))

    def _look(self) -> Path:
        """Hold the clerk's keys that are on disk, and none that is not; return the newest file. Raises KeysMissing."""
        files = list(self._files())
        if not files:
            raise KeysMissing(f"{self.directory / 'clerk'} holds no key of the clerk; restore it from your backup.")
        if [_id(file) for file in files] != list(self._clerk):
            self._clerk = {_id(file): self._clerk.get(_id(file)) or _read_secret(file) for file in files}
            self.secrets = {key.id: key for key in self._clerk.values()}
            self._spool = {name: key for name, key in self._spool.items() if name in self._clerk}
        self.current = _id(files[-1])
        return files[-1]


def _make_clerk_key(directory: Path, now: datetime) -> None:
    key = make_key("clerk")
    _write_secret(directory / "clerk" / f"{now.astimezone(UTC).strftime(_STAMP)}-{key.id.hex()}.key", str(key))
    _show_public(directory, key)


def _show_public(directory: Path, key: SecretKey) -> None:
    write_atomically(directory / "clerk.pub", f"{key.public}\n".encode())


def _write_secret(path: Path, line: str) -> None:
    write_atomically(path, f"{line}\n".encode(), mode=0o600)


def _read_secret(path: Path) -> SecretKey:
    with _explained(path):
        return SecretKey.parse(path.read_text())


def _read_shared(path: Path) -> bytes:
    with _explained(path):
        return SharedKey.parse(path.read_text(), "tag").raw


def _read_link(path: Path) -> bytes:
    with _explained(path):
        return read_link_key(path.read_bytes())


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise KeysMissing(f"The key {path} is not there; restore it from your backup.") from None
    except (KeyRefused, OSError, UnicodeDecodeError) as problem:
        raise KeysMissing(f"The key {path} cannot be used: {problem}") from None


def _made(path: Path) -> datetime:
    return datetime.strptime(path.stem.partition("-")[0], _STAMP).replace(tzinfo=UTC)


def _id(path: Path) -> str:
    return path.stem.partition("-")[2]

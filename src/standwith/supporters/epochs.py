"""Epochs: the keys that tell who signed twice, each for a while, none of them ever on a disk.

    open campaign     a key of its own, in a directory in memory (memory.py): it survives the clerk, not the machine
    guarded campaign  one key for all of them, an hour long, in this process only
    mails, guarded    a key for a day; it and the one before it, in this process only: an address gets one mail a day

What is worked out with them is a tag: HMAC-SHA-256 cut to 16 bytes (RFC 2104), equal for the same person at the same
address, in the same campaign and the same epoch. A key that is gone takes the meaning of its tags along.
Invariant: a key is never written to a file system that the kernel does not call memory. A key that was lost is no
error: a new epoch begins. Who signs in both is counted twice until custodians, who can read the records, say so.
Belongs to the clerk: one process, one thread. Does not know which campaigns are guarded: the caller says so.
"""

import hmac
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from standwith.durable.files import write_atomically
from standwith.sealing.errors import KeyRefused
from standwith.sealing.keys import SharedKey, make_shared_key
from standwith.supporters.errors import NoEpoch
from standwith.supporters.keys import TAG_BYTES, destroy_file
from standwith.supporters.memory import find_memory

log = logging.getLogger("standwith.clerk")

GUARDED_EPOCH = timedelta(hours=1)
QUOTA_EPOCH = timedelta(hours=24)
QUOTA_KEYS = 2

_CAMPAIGN = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


class Tags(NamedTuple):
    """What stands for a person in the tables. `quotas`: tag of the address -> epoch, the first is the one in use."""

    epoch: bytes
    address: bytes
    person: bytes
    quotas: Mapping[bytes, bytes]

    @property
    def quota(self) -> bytes:
        """The tag under which the address's mails are counted from now on."""
        return next(iter(self.quotas))


class _Dated(NamedTuple):
    begun: datetime
    key: SharedKey


class Epochs:
    """The keys of one clerk: `Epochs.open(home)`, or `Epochs(None)` for keys that live in this process only."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory
        self._open: dict[str, SharedKey] = {}
        self._guarded: _Dated | None = None
        self._quotas: list[_Dated] = []  # the newest first
        self._begun: set[str] = set()
        self.swept: frozenset[bytes] = frozenset()  # the keys of all quotas that were kept when last somebody swept

    @classmethod
    def open(cls, home: Path, memory: str = "") -> "Epochs":
        """The keys of the installation at `home`; `memory` is the directory in memory that its settings name."""
        return cls(find_memory(home, memory))

    def tags(self, campaign: str, address: str, name: str, *, guarded: bool, now: datetime) -> Tags:
        """The tags of a canonical name at a canonical address; begins the epoch if there is none."""
        key = self._guarded_key(now) if guarded else self._open_key(campaign)
        epoch = key.id
        counting = {quota.id: quota for quota in self._quota_keys(now)} if guarded else {epoch: key}
        return Tags(
            epoch,
            _tag(key, "address", campaign, address),
            person_tag(key, campaign, address, name),
            {_tag(quota, "quota", campaign, address): of for of, quota in counting.items()},
        )

    def forget(self, now: datetime) -> None:
        """Let go of the keys whose time is over."""
        if self._guarded and not _lasts(self._guarded, now, GUARDED_EPOCH):
            self._guarded = None
        self._quotas = [dated for dated in self._quotas if _lasts(dated, now, QUOTA_KEYS * QUOTA_EPOCH)]

    def destroy(self, campaign: str) -> bool:
        """Destroy the key of an open campaign that is over; return whether there was one."""
        there = self.living(campaign) is not None
        self._open.pop(campaign, None)
        if there and self._directory is not None:
            destroy_file(self._file(campaign))
            with suppress(OSError):  # it holds other keys
                self._directory.rmdir()
        return there

    def living(self, campaign: str) -> SharedKey | None:
        """The key of an open campaign, if its epoch has begun."""
        if campaign not in self._open and self._directory is not None:
            try:
                self._open[campaign] = SharedKey.parse(self._file(campaign).read_text(), "tag")
            except (OSError, KeyRefused, UnicodeDecodeError):  # damaged is lost, and lost is no error
                return None
        return self._open.get(campaign)

    @property
    def guarded(self) -> bytes | None:
        """The id of the epoch in which guarded campaigns are signed."""
        return self._guarded.key.id if self._guarded else None

    @property
    def of_quotas(self) -> frozenset[bytes]:
        """The ids of all keys that quotas may hang on."""
        campaigns = {key.id for campaign in self._campaigns() if (key := self.living(campaign))}
        return frozenset(campaigns | {dated.key.id for dated in self._quotas})

    def take_begun(self) -> set[str]:
        """The open campaigns whose epochs began since this was asked last."""
        begun, self._begun = self._begun, set()
        return begun

    def _open_key(self, campaign: str) -> SharedKey:
        key = self.living(campaign)
        if key is None:
            key = self._open[campaign] = make_shared_key("tag")
            self._begun.add(campaign)
            self._keep(campaign, key)
        return key

    def _guarded_key(self, now: datetime) -> SharedKey:
        if self._guarded is None or not _lasts(self._guarded, now, GUARDED_EPOCH):
            self._guarded = _Dated(now, make_shared_key("tag"))
        return self._guarded.key

    def _quota_keys(self, now: datetime) -> list[SharedKey]:
        self.forget(now)
        if not self._quotas or not _lasts(self._quotas[0], now, QUOTA_EPOCH):
            self._quotas.insert(0, _Dated(now, make_shared_key("tag")))
        return [dated.key for dated in self._quotas[:QUOTA_KEYS]]

    def _keep(self, campaign: str, key: SharedKey) -> None:
        if self._directory is None:
            return
        try:
            self._directory.mkdir(mode=0o700, exist_ok=True)
            write_atomically(self._file(campaign), f"{key}\n".encode(), mode=0o600)
        except OSError as problem:
            log.warning("a key that tells who signed twice ends with this process: %s", problem.strerror)

    def _campaigns(self) -> Iterator[str]:
        yield from self._open
        if self._directory is not None:
            yield from {file.stem for file in self._directory.glob("*.key")} - self._open.keys()

    def _file(self, campaign: str) -> Path:
        if not _CAMPAIGN.fullmatch(campaign):  # it must not lead to another file
            raise NoEpoch("No campaign has such an id.")
        return self._directory / f"{campaign}.key" if self._directory else Path()


def person_tag(key: SharedKey, campaign: str, address: str, name: str) -> bytes:
    """What stands for a canonical name at a canonical address under this key; auditors work it out anew."""
    return _tag(key, "person", campaign, address, name)


def _lasts(dated: _Dated, now: datetime, life: timedelta) -> bool:
    """Whether the time of a key is not over; where the clock was set back meanwhile, it ends as well."""
    return abs(now - dated.begun) < life


def _tag(key: SharedKey, kind: str, *what: str) -> bytes:
    text = f"standwith/{kind}/2\n" + "\n".join(what)
    return hmac.digest(key.raw, text.encode(), "sha256")[:TAG_BYTES]

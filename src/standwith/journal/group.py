"""Group commit: many waiting acts share one transaction, and one fsync.

    append() … append() … append()      on the event loop, each waits for its own act
         └───── one queue ─────┘
      writer thread: everything that waits → one transaction → everybody is told

Invariant: `append` returns only after its act is on disk, and raises only if it is not known to be there. While one
group is being written the next one gathers, so the group grows with the load and a lone act waits for nothing.
It does not retry: a person who is told "not taken" can press the button again, one who waits for a minute cannot.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import NamedTuple, Protocol

from standwith.journal.errors import JournalBusy, JournalError

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500
MOST_WAITING = 5000  # more than the disk takes in the seconds that a person would wait


class Appends(Protocol):
    """What a group commit needs of a journal."""

    def append(self, acts: Sequence[bytes]) -> None:
        """Store all of them durably, or raise JournalError."""

    def close(self) -> None:
        """Let go of the journal."""


class _Waiting(NamedTuple):
    act: bytes
    done: asyncio.Future[None]


class GroupCommit:
    """The asyncio front of a journal; belongs to one event loop. It owns the journal and closes it."""

    def __init__(self, journal: Appends) -> None:
        self._journal = journal
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting = 0
        self._writer = threading.Thread(target=self._write_groups, name="journal", daemon=True)

    async def append(self, act: bytes) -> None:
        """Wait until `act` is on disk; raises JournalBusy or JournalFull if it was not taken."""
        if self._waiting >= MOST_WAITING:
            raise JournalBusy("Too many acts wait for the disk.")
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._writer.start()
        done = self._loop.create_future()
        self._waiting += 1
        self._queue.put(_Waiting(act, done))
        await done

    async def close(self) -> None:
        """Write what waits, then close the journal."""
        if self._loop is None:
            self._journal.close()
            return
        self._queue.put(None)
        await asyncio.to_thread(self._writer.join)

    def _write_groups(self) -> None:
        going_on = True
        while going_on:
            group, going_on = self._gather(MOST_AT_ONCE, wait=True)
            if group:
                going_on = self._write(group) and going_on
        self._journal.close()

    def _write(self, group: list[_Waiting]) -> bool:
        """Write one group and tell everybody in it; False if the end was asked for meanwhile."""
        going_on, error = True, None
        try:
            self._journal.append([waiting.act for waiting in group])
        except Exception as failure:  # whatever it is, nobody may wait for ever
            logger.error("a group of acts was not taken: %s", failure if isinstance(failure, JournalError) else "bug")
            # Those who came while we tried in vain have waited as well: tell them now, not after another try.
            late, going_on = self._gather(MOST_WAITING, wait=False)
            group, error = group + late, _as_refusal(failure)
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._tell, group, error)
        return going_on

    def _gather(self, most: int, *, wait: bool) -> tuple[list[_Waiting], bool]:
        """Up to `most` waiting acts, and whether there will be more."""
        group: list[_Waiting] = []
        try:
            while len(group) < most:
                waiting = self._queue.get(block=wait and not group)
                if waiting is None:
                    return group, False
                group.append(waiting)
        except Empty:
            pass
        return group, True

    def _tell(self, group: list[_Waiting], error: JournalError | None) -> None:
        self._waiting -= len(group)
        for _, done in group:
            if done.done():  # the person went away
                continue
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)


def _as_refusal(failure: Exception) -> JournalError:
    if isinstance(failure, JournalError):
        return failure
    refusal = JournalError(f"The journal failed: {type(failure).__name__}.")
    refusal.__cause__ = failure
    return refusal

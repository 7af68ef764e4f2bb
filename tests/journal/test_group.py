"""Group commit: nobody is told before the disk has it, nobody waits for ever, and many share one write."""

import asyncio
import threading
from collections.abc import Awaitable, Sequence

import pytest

from standwith.journal import group
from standwith.journal.errors import JournalBusy, JournalError, JournalFull
from standwith.journal.group import GroupCommit


class Gate:
    """A journal that writes when the test opens the gate."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()
        self.groups: list[list[bytes]] = []
        self.error: Exception | None = None
        self.closed = False

    def append(self, acts: Sequence[bytes]) -> None:
        self.begun.set()
        assert self.open.wait(10)
        if self.error is not None:
            raise self.error
        self.groups.append(list(acts))

    def close(self) -> None:
        self.closed = True


async def started(gate: Gate, front: GroupCommit) -> "asyncio.Task[None]":
    """One act whose write has begun and waits for the gate."""
    task = asyncio.create_task(front.append(b"first"))
    await asyncio.to_thread(gate.begun.wait, 10)
    return task


def run(story: Awaitable[None]) -> None:
    async def told() -> None:
        await asyncio.wait_for(story, 20)

    asyncio.run(told())


def test_nobody_is_told_before_it_is_written() -> None:
    async def story() -> None:
        gate = Gate()
        front = GroupCommit(gate)
        task = await started(gate, front)
        assert not task.done()
        gate.open.set()
        await task
        assert gate.groups == [[b"first"]]
        await front.close()

    run(story())


def test_those_who_come_meanwhile_share_the_next_write_in_order() -> None:
    async def story() -> None:
        gate = Gate()
        front = GroupCommit(gate)
        tasks = [await started(gate, front)]
        tasks += [asyncio.create_task(front.append(b"%d" % number)) for number in range(20)]
        await asyncio.sleep(0)
        gate.open.set()
        await asyncio.gather(*tasks)
        assert gate.groups == [[b"first"], [b"%d" % number for number in range(20)]]
        await front.close()

    run(story())


@pytest.mark.parametrize("error", [JournalBusy("busy"), JournalFull("full"), RuntimeError("a bug of ours")])
def test_a_failed_write_is_told_to_all_who_wait_and_the_next_one_goes_through(error: Exception) -> None:
    async def story() -> None:
        gate = Gate()
        gate.error = error
        front = GroupCommit(gate)
        tasks = [await started(gate, front)]
        tasks += [asyncio.create_task(front.append(b"late")) for _ in range(3)]
        await asyncio.sleep(0)
        gate.open.set()
        told = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(answer, JournalError) for answer in told] == [True] * 4
        assert gate.groups == []
        gate.error = None
        await front.append(b"again")
        assert gate.groups == [[b"again"]]
        await front.close()

    run(story())


def test_one_who_went_away_does_not_disturb_the_others() -> None:
    async def story() -> None:
        gate = Gate()
        front = GroupCommit(gate)
        first = await started(gate, front)
        gone, there = (asyncio.create_task(front.append(act)) for act in (b"gone", b"there"))
        await asyncio.sleep(0)
        gone.cancel()
        gate.open.set()
        await asyncio.gather(first, there)
        assert gate.groups == [[b"first"], [b"gone", b"there"]]
        await front.close()

    run(story())


def test_when_too_many_wait_the_next_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        gate = Gate()
        front = GroupCommit(gate)
        tasks = [await started(gate, front)]
        tasks += [asyncio.create_task(front.append(b"x")) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(JournalBusy):
            await front.append(b"one too many")
        gate.open.set()
        await asyncio.gather(*tasks)
        await front.append(b"room again")
        await front.close()

    monkeypatch.setattr(group, "MOST_WAITING", 5)
    run(story())


def test_a_large_crowd_is_written_in_several_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        gate = Gate()
        front = GroupCommit(gate)
        tasks = [await started(gate, front)]
        tasks += [asyncio.create_task(front.append(b"x")) for _ in range(7)]
        await asyncio.sleep(0)
        gate.open.set()
        await asyncio.gather(*tasks)
        assert [len(written) for written in gate.groups] == [1, 3, 3, 1]
        await front.close()

    monkeypatch.setattr(group, "MOST_AT_ONCE", 3)
    run(story())


def test_closing_writes_what_waits() -> None:
    async def story() -> None:
        gate = Gate()
        front = GroupCommit(gate)
        tasks = [await started(gate, front), asyncio.create_task(front.append(b"waits"))]
        await asyncio.sleep(0)
        gate.open.set()
        await front.close()
        await asyncio.gather(*tasks)
        assert (gate.groups, gate.closed) == ([[b"first"], [b"waits"]], True)

    run(story())


def test_closing_before_anything_happened_closes_the_journal() -> None:
    gate = Gate()
    run(GroupCommit(gate).close())
    assert gate.closed


def test_closing_while_the_disk_fails_still_ends() -> None:
    async def story() -> None:
        gate = Gate()
        gate.error = JournalFull("full")
        front = GroupCommit(gate)
        task = await started(gate, front)
        late = asyncio.create_task(front.append(b"late"))
        await asyncio.sleep(0)
        closing = asyncio.create_task(front.close())
        await asyncio.sleep(0.01)
        gate.open.set()
        told = await asyncio.gather(task, late, return_exceptions=True)
        await closing
        assert [type(answer) for answer in told] == [JournalFull, JournalFull]
        assert gate.closed

    run(story())

"""The lock: one holder at a time, and a holder that dies lets go."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from standwith.config.lock import Held, hold


def _hold_and_wait(path: Path, held: "multiprocessing.synchronize.Event") -> None:
    with hold(path):
        held.set()
        signal.pause()


def test_second_holder_is_refused_and_a_killed_holder_lets_go(tmp_path: Path) -> None:
    path, held = tmp_path / "lock", multiprocessing.Event()
    first = multiprocessing.Process(target=_hold_and_wait, args=(path, held))
    first.start()
    assert held.wait(20)
    with pytest.raises(Held), hold(path, wait=False):
        pass
    os.kill(first.pid, signal.SIGKILL)
    first.join()
    with hold(path, wait=False):
        pass

"""Races, kills and rubbish: whatever happens, a witness never contradicts itself."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standwith.ledger.cosignature import time_of
from standwith.ledger.note import read_signatures
from standwith.ledger.submission import MOST_HASHES, write_submission
from standwith.witness.app import Witness
from standwith.witness.state import STATE, State
from tests.site.asking import Answer
from tests.witness.invented_log import NOON, ORIGIN, InventedLog, found_witness, open_witness, post

LOG = InventedLog()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    found_witness(tmp_path, LOG)
    return tmp_path


def stands_at(home: Path) -> int:
    with State(home / "witness" / STATE) as state:
        latest = state.latest(ORIGIN)
    return latest.size if latest else 0


def test_of_two_who_start_from_the_same_size_one_wins(home: Path) -> None:
    deciding, decide = threading.Event(), threading.Event()
    answers: dict[int, Answer] = {}

    def slow_clock() -> datetime:  # asked inside the transaction
        deciding.set()
        assert decide.wait(20)
        return NOON

    def submit(witness: Witness, size: int) -> None:
        answers[size] = post(witness, LOG.submission(7, size))

    post(open_witness(home), LOG.submission(0, 7))
    first = threading.Thread(target=submit, args=[open_witness(home, slow_clock), 20])
    second = threading.Thread(target=submit, args=[open_witness(home), 9])
    first.start()
    assert deciding.wait(20)
    second.start()
    decide.set()
    first.join(20)
    second.join(20)
    assert answers[20].status == 200
    assert (answers[9].status, answers[9].body) == (409, b"20\n")
    assert stands_at(home) == 20


def test_of_many_workers_each_step_is_cosigned_once(home: Path) -> None:
    workers = [open_witness(home) for _ in range(4)]
    with ThreadPoolExecutor(len(workers)) as threads:
        for size in range(1, 13):
            answers = threads.map(post, workers, [LOG.submission(size - 1, size)] * len(workers))
            assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]


def test_a_later_time_never_has_a_smaller_tree(home: Path) -> None:
    ticks: Iterator[datetime] = (NOON + timedelta(seconds=second) for second in range(100))
    lock = threading.Lock()

    def clock() -> datetime:
        with lock:
            return next(ticks)

    workers, cosigned = [open_witness(home, clock) for _ in range(3)], []

    def work(worker: Witness) -> None:
        old = 0
        for size in range(1, 30):
            answer = post(worker, LOG.submission(old, max(old, size)))
            if answer.status == 200:
                [signature] = read_signatures(answer.body.decode())
                cosigned.append((time_of(signature), max(old, size)))
                old = max(old, size)
            else:
                old = int(answer.body)

    threads = [threading.Thread(target=work, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(cosigned) > 10
    assert [size for _, size in sorted(cosigned)] == sorted(size for _, size in cosigned)


KILLED = """
import os, signal, sys
from pathlib import Path
import standwith.witness.cosigning as cosigning
from tests.witness.invented_log import NOON, open_witness, post

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "answer":  # the state is on disk, nobody has been told
    cosigning.cosign = die
witness = open_witness(Path(sys.argv[1]), die if sys.argv[2] == "commit" else lambda: NOON)
post(witness, sys.stdin.buffer.read())
"""


@pytest.mark.parametrize(("before", "size"), [("answer", 20), ("commit", 7)])
def test_a_kill_loses_no_state_that_anybody_could_know_of(home: Path, before: str, size: int) -> None:
    post(open_witness(home), LOG.submission(0, 7))
    command = [sys.executable, "-c", KILLED, str(home), before]
    root = Path(__file__).parents[2]
    killed = subprocess.run(command, input=LOG.submission(7, 20), cwd=root, check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert stands_at(home) == size
    fork = InventedLog(LOG.signer, seed="other")
    assert post(open_witness(home), fork.submission(size, 25)).status == 422
    assert post(open_witness(home), LOG.submission(size, 20)).status == 200


# Rubbish: never an answer of 500, never a cosignature that was not earned.

lines = st.one_of(st.binary(max_size=50), st.just(b""), st.sampled_from([b"old 0", b"old 7", b"A" * 43 + b"="]))
rubbish = st.one_of(
    st.binary(max_size=300),
    st.lists(lines, max_size=10).map(b"\n".join),
    st.builds(
        write_submission,
        st.integers(0, 2**63),
        st.lists(st.binary(min_size=30, max_size=33), max_size=MOST_HASHES + 2),
        st.one_of(st.binary(max_size=200), st.integers(0, 40).map(LOG.checkpoint)),
    ),
)
changes = st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3)), max_size=4)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witness]:
    home = tmp_path_factory.mktemp("fuzzed")
    found_witness(home, LOG)
    witness = open_witness(home)
    post(witness, LOG.submission(0, 7))
    yield witness
    witness.close()


@given(body=rubbish)
@example(body=b"old 0\n\n" + "a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAAA\n".encode())
def test_rubbish_gets_an_answer(door: Witness, body: bytes) -> None:
    assert post(door, body).status in (200, 400, 403, 404, 409, 413, 422)


@given(changes=changes)
def test_a_submission_with_a_few_changed_bytes_gets_an_answer(door: Witness, changes: list[tuple[int, bytes]]) -> None:
    body = good = LOG.submission(7, 13)
    for at, new in changes:
        body = body[:at] + new + body[at + len(new) :]
    answer = post(door, body)
    assert answer.status in (200, 400, 403, 404, 409, 413, 422)
    assert answer.status != 200 or body == good or body.startswith(b"old 13\n\n")


def test_the_door_still_works_after_all_that(door: Witness) -> None:
    answer = post(door, LOG.submission(0, 40))
    assert answer.status == 409
    assert post(door, LOG.submission(int(answer.body), 40)).status == 200

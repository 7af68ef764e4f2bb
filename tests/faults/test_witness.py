"""kill -9 of a witness at random moments while a log grows and its forger tries: it never signs two histories."""

import random
import threading
import time
from pathlib import Path

from standwith.config.home import Home
from standwith.ledger.asking import ask_witness
from standwith.ledger.checkpoint import add_signatures
from standwith.ledger.errors import AskingFailed, WitnessAhead
from standwith.ledger.note import read_note, verified
from standwith.witness.founding import found_witness
from standwith.witness.logs import LOGS
from standwith.witness.state import STATE, State
from tests.witness.federation import free_port, kill, serve
from tests.witness.invented_log import ORIGIN, InventedLog

KILLS = 15
SHARED, LENGTH = 20, 600  # leaves before the histories part, and in all


def test_a_witness_that_is_killed_again_and_again_never_contradicts_itself(tmp_path: Path) -> None:
    home, port, moments = Home(tmp_path), free_port(), random.Random(20200809)
    home.keys.mkdir()
    key = found_witness(home.witness, home.witness_key, "act.example.org/witness").verifier
    honest = InventedLog(length=LENGTH)
    forged = InventedLog(honest.signer, seed="other", length=LENGTH)
    forged.leaves[:SHARED] = honest.leaves[:SHARED]
    (home.witness / LOGS).write_text(f"{honest.signer.verifier}\n")
    over = threading.Event()
    server = serve(home, port)
    submitters = [Submitter(log, f"http://127.0.0.1:{port}/witness/", key, over) for log in (honest, forged)]
    try:
        for submitter in submitters:
            submitter.start()
        for _ in range(KILLS):
            time.sleep(moments.uniform(0.02, 0.4))
            kill(server)
            server = serve(home, port)
        time.sleep(0.3)
    finally:
        over.set()
        for submitter in submitters:
            submitter.join()
        kill(server)
    cosigned = [{size for size in submitter.cosigned if size > SHARED} for submitter in submitters]
    [won] = [submitter for submitter, sizes in zip(submitters, cosigned, strict=True) if sizes]
    assert len(won.cosigned) > KILLS, "there was hardly any load"
    with State(home.witness / STATE) as state:
        latest = state.latest(ORIGIN)
    assert latest is not None
    assert latest.size >= max(won.cosigned)
    assert latest.root == won.log.tree(latest.size).root()


class Submitter(threading.Thread):
    """Has one history cosigned, size by size, whatever happens to the witness; remembers what was."""

    def __init__(self, log: InventedLog, url: str, key, over: threading.Event) -> None:
        super().__init__()
        self.log, self.url, self.key, self.over = log, url, key, over
        self.cosigned: list[int] = []

    def run(self) -> None:
        """Submit until it is over."""
        known: dict[str, int] = {}
        size = 1
        while size < LENGTH and not self.over.is_set():
            checkpoint = self.log.checkpoint(size)
            try:
                lines = ask_witness(self.url, checkpoint, self.log.tree(size), known, seconds=5)
            except WitnessAhead as ahead:  # the other one was faster
                size = min(ahead.size + 1, LENGTH - 1)
                continue
            except AskingFailed:
                time.sleep(0.01)
                continue
            assert verified(read_note(add_signatures(checkpoint, lines)), [self.key]) == [self.key.name]
            self.cosigned.append(size)
            size += 1

"""How long it takes to verify a log from its files, and how much of that is SHA-256 alone.

    .venv/bin/python -m bench.ledger_verify [--leaves 1000000]

A log of signatures, withdrawals and voids for three campaigns is laid out in a directory, signed, and witnessed by
three. Then, each on one core: tools/verify.py as people run it (signatures, root, count), `standwith verify` (the
same, and every tile), and a bare loop that reads the same files and hashes the same bytes, one hash for each leaf and
one for each pair, and does nothing else. What was verified must be the number that was laid out.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from standwith.ledger.checkpoint import Checkpoint, add_signatures, sign_checkpoint
from standwith.ledger.cosignature import cosign
from standwith.ledger.count import Counter
from standwith.ledger.leaf import Reason, campaign_tag, make_signature, make_void, make_withdrawal, withdraw_hash
from standwith.ledger.note import COSIGNATURE, make_signer
from standwith.ledger.tiles import Growth

STANDWITH = (sys.executable, "-m", "standwith", "verify")
TOOL = Path(__file__).parents[1] / "tools" / "verify.py"
ORIGIN, CAMPAIGNS = "act.example.org/log", ("stand-with-belarus", "stand-with-myanmar", "stand-with-iran")
WITNESSES, TIME, ROUNDS = 3, 1772323200, 3
AT_ONCE = 1 << 15


def run(
    leaves: Annotated[int, typer.Option(help="Leaves of the log.")] = 1_000_000,
    at: Annotated[Path | None, typer.Option(help="Directory for the log, on the disk to measure.")] = None,
) -> None:
    """Measure both verifiers and the bare loop, in turns; the best of three each."""
    place = Path(tempfile.mkdtemp(prefix="standwith-bench-", dir=at))
    try:
        number = lay_out(place, leaves)
        measured = [
            (hashing(place), timed([sys.executable, TOOL, place], number), timed([*STANDWITH, place], number))
            for _ in range(ROUNDS)
        ]
    finally:
        shutil.rmtree(place)
    bare, tool, command = (min(column) for column in zip(*measured, strict=True))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"tools/verify.py    {tool:5.2f} s   bare {bare:5.2f}   ratio {bare / tool:4.2f}   {leaves} leaves, one core")
    print(f"standwith verify   {command:5.2f} s   bare {bare:5.2f}   ratio {bare / command:4.2f}   tiles too")
    print(f"memory             {memory:5} MB at most")


def lay_out(place: Path, size: int) -> str:
    """Write the log; return the line in which both verifiers must agree: the first campaign's number."""
    growth, counter = Growth(), Counter()
    stream = make_leaves(size)
    while some := [leaf for _, leaf in zip(range(AT_ONCE), stream, strict=False)]:
        counter.fold(some)
        write(place, growth.grow(some))
    log, witnesses = make_signer(ORIGIN), [make_signer(f"w{n}.example.org", COSIGNATURE) for n in range(WITNESSES)]
    checkpoint = Checkpoint(ORIGIN, growth.size, growth.root())
    cosigned = "".join(cosign(witness, checkpoint.text(), TIME) for witness in witnesses)
    names = [f"witness w{n} {witness.verifier}\n" for n, witness in enumerate(witnesses)]
    policy = f"log {log.verifier}\n{''.join(names)}group two 2 w0 w1 w2\nquorum two\n"
    write(place, {"checkpoint": add_signatures(sign_checkpoint(checkpoint, log), cosigned), "policy": policy.encode()})
    os.sync()
    return f"{counter.count(campaign_tag(ORIGIN, CAMPAIGNS[0])).number:,}  "


def make_leaves(size: int) -> Iterator[bytes]:
    """One leaf in 100 withdraws or voids an earlier one."""
    chance, tags = random.Random(size), [campaign_tag(ORIGIN, campaign) for campaign in CAMPAIGNS]
    drawn: dict[int, tuple[bytes, bytes]] = {}
    for index in range(size):
        tag = tags[chance.randrange(len(tags))]
        if index % 100 == 99:
            target, (whose, w) = drawn.popitem()
            voided = make_void(whose, target, chance.choice(list(Reason)))
            yield make_withdrawal(whose, target, w) if chance.random() < 0.8 else voided
            continue
        w = chance.randbytes(16)
        if index % 50 == 0:
            drawn[index] = tag, w
        yield make_signature(tag, chance.randbytes(16), chance.randbytes(32), withdraw_hash(w))


def write(place: Path, files: dict[str, bytes]) -> None:
    """Plainly."""
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)


def timed(words: Sequence[object], number: str) -> float:
    """Seconds of a verifier on one core, started as people start it."""
    began = time.perf_counter()
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    )
    seconds = time.perf_counter() - began
    if done.returncode or number not in done.stdout:
        raise SystemExit(f"{words[0]} did not verify {number}: {done.stdout}{done.stderr}")
    return seconds


def hashing(place: Path) -> float:
    """Seconds for reading the entries, a hash for each leaf and one for each pair."""
    began = time.perf_counter()
    node = b"\1" + bytes(64)
    for path in sorted((place / "tile" / "entries").rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            for start in range(2, len(data), 78):
                sha256(b"\0" + data[start : start + 76]).digest()
                sha256(node).digest()
    return time.perf_counter() - began


if __name__ == "__main__":
    typer.run(run)

"""How many leaves a second the ledger takes: durably appended, signed and published, in batches.

    .venv/bin/python -m bench.ledger_append [--batches 200] [--batch 500] [--stored 1000000] [--at DIR]

A batch is what the clerk does every second: leaves are appended in a transaction and committed, then tiles, bundles,
roll and addenda are written and synced, the checkpoint is signed and committed with the numbers, and shown. The bare
reference commits the same 76 bytes and their indexes to an SQLite table of its own, one transaction a batch, with the
same synchronous=FULL, and nothing else: no tree, no file, no signature. `--stored` puts so many leaves into the log
before, and says how long the start of a clerk takes then. Nothing else should run meanwhile.
"""

import secrets
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.config.django import PRAGMAS, configure, create_tables
from standwith.config.founding import create_database
from standwith.config.home import Home
from standwith.ledger.leaf import campaign_tag, make_signature

ORIGIN = "act.example.org/log"
TAGS = [campaign_tag(ORIGIN, f"stand-with-{number}") for number in range(5)]
NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
FILLING = 50_000  # leaves a batch, before the measurement


def run(
    batches: Annotated[int, typer.Option(help="How many batches.")] = 200,
    batch: Annotated[int, typer.Option(help="Leaves in a batch.")] = 500,
    stored: Annotated[int, typer.Option(help="Leaves in the log before.")] = 0,
    at: Annotated[Path | None, typer.Option(help="Directory for the log, on the disk to measure.")] = None,
) -> None:
    """Measure the ledger and its bare reference."""
    place = Path(tempfile.mkdtemp(prefix="standwith-bench-", dir=at))
    try:
        home = lay_out(place)
        leaves = [[make_leaf() for _ in range(batch)] for _ in range(batches)]
        mine = list(measure_ledger(home, leaves, stored))
        bare = list(measure_bare(place / "bare.sqlite", leaves))
    finally:
        shutil.rmtree(place)
    show("ledger", batch, mine)
    show("bare", batch, bare)
    print(f"ratio   {sum(bare) / sum(mine):8.2f}", flush=True)


def show(name: str, batch: int, seconds: list[float]) -> None:
    """One line: leaves a second, and how long a batch takes."""
    p50, p99 = statistics.median(seconds), sorted(seconds)[int(len(seconds) * 0.99)]
    rate = batch * len(seconds) / sum(seconds)
    print(f"{name:7} {rate:8.0f} leaves/s   batch of {batch}: p50 {p50 * 1000:5.1f} ms   p99 {p99 * 1000:5.1f} ms")


def lay_out(place: Path) -> Home:
    """A home with empty tables."""
    home = Home(place)
    for directory in (home.keys, home.database.parent):
        directory.mkdir()
    create_database(home.database)
    configure(home)
    create_tables()
    return home


def make_leaf() -> bytes:
    """A signature of one of five campaigns."""
    random = secrets.token_bytes(64)
    return make_signature(TAGS[random[0] % len(TAGS)], random[:16], random[16:48], random[48:])


def measure_ledger(home: Home, leaves: list[list[bytes]], stored: int) -> Iterator[float]:
    """Seconds for each batch; at the end the published count must be the number of leaves."""
    from django.db import transaction  # models need a configured Django

    from standwith.ledger.founding import found_log
    from standwith.ledger.log import Log
    from standwith.ledger.rows import append, published

    def put(batch: list[bytes]) -> None:
        with transaction.atomic():
            append(batch)
        log.publish()

    signer = found_log(ORIGIN, home.log, home.keys, NOW)
    log = Log.open(home.log, signer)
    for _ in range(0, stored, FILLING):
        put([make_leaf() for _ in range(FILLING)])
    if stored:
        start = time.perf_counter()
        log = Log.open(home.log, signer)
        seconds = time.perf_counter() - start
        print(f"{stored} leaves stored before; a clerk starts in {seconds:.1f} s", flush=True)
    for batch in leaves:
        yield timed(lambda batch=batch: put(batch))
    counted = sum(published(tag).number for tag in TAGS)
    if counted != stored + sum(map(len, leaves)):
        raise SystemExit(f"{stored} + {sum(map(len, leaves))} leaves were appended, {counted} are counted")


def measure_bare(path: Path, leaves: list[list[bytes]]) -> Iterator[float]:
    """Seconds for each batch in a table of indexes and bytes."""
    create_database(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(PRAGMAS + 'CREATE TABLE leaf ("index" INTEGER PRIMARY KEY, data BLOB NOT NULL)')

    def put(first: int, batch: list[bytes]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO leaf VALUES (?, ?)", enumerate(batch, first))
        connection.execute("COMMIT")

    first = 0
    for batch in leaves:
        yield timed(lambda first=first, batch=batch: put(first, batch))
        first += len(batch)
    assert connection.execute("SELECT count(*) FROM leaf").fetchone() == (first,)
    connection.close()


def timed(do: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


if __name__ == "__main__":
    typer.run(run)

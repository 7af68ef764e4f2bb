"""Trials of the ledger: a clerk that dies at any step, again and again, and whoever checks what is left.

    .venv/bin/python -m tests.faults.ledger_trial [--kills 2000] [--seed 1] [--clerk careful]

Each life of the clerk is a process of its own. It first looks at what the one before left, as a reader of the public
files would; then it opens the log, publishes what is left over, checks everything, appends, publishes, cosigns, until
it dies: killed, or by a power cut that makes the disk forget whatever was not synced (forgetful_disk.py). What was
acknowledged and what was signed is noted outside, in that very moment.
It must never happen that an acknowledged leaf is lost, that two signed checkpoints are inconsistent, that the public
files don't lead to the public checkpoint, or that the log doesn't open again. Some clerks break the order on purpose
(ledger_clerks.py): the trial has to notice them.
"""

import gc
import json
import os
import random
import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.config.django import configure, create_tables
from standwith.config.home import Home
from standwith.durable import files as durable_files
from tests.faults.forgetful_disk import ForgetfulDisk, Fuse

DIED, FAILED = 77, 78
WORN = 300  # leaves that a trial adds before there is a new one, so that checking everything stays quick
STARTS = (0, 250, 500, 0, 250, 500, 0, 4080)  # near the edges of tiles, and of the first tally
LONG = 170  # steps; nearly every clerk has so many to do
STEPS = (
    "before a file is made",
    "after a file is made",
    "in the middle of a file",
    "after a file is written",
    "before the sync of a file",
    "after the sync of a file",
    "before the rename of a file",
    "after the rename of a file",
    "after a directory is made",
    "before the sync of a directory",
    "after the sync of a directory",
    "in the middle of a roll",
    "after a roll is written",
    "before a commit",
    "in the middle of a commit",
    "after a commit",
    "after an acknowledgement",
    "before signing",
    "after signing",
    "before the rename of the checkpoint",
    "after the rename of the checkpoint",
    "before a file is removed",
    "after a file is removed",
    "after a directory is removed",
    "after a roll is cut",
)


class Noticed(Exception):
    """What must never happen has happened; the text says what."""


class Trial:
    """One log, and the notes about it, which lie outside of what dies."""

    def __init__(self, path: Path, start: int, clerk: str) -> None:
        self.path, self.home, self.start, self.clerk = path, Home(path / "home"), start, clerk
        self.notes, self.attic = path / "notes", path / "attic"
        for directory in (self.home.database.parent, self.home.keys, self.notes, self.attic):
            directory.mkdir(parents=True)
        self.size = self.checked = 0  # leaves; signed checkpoints that were looked at
        self._in_child(self._found)

    @property
    def worn(self) -> bool:
        """Whether it is time for a new one."""
        return self.size > self.start + WORN

    def live(self, at: int, only: str, *, life: int, power: bool) -> str | None:
        """One life, which ends at step `at` (of those with one name): its name, or None if there were fewer."""
        if self._in_child(lambda: self._work(at, only, life, power)) == DIED:
            return (self.notes / "death").read_text()
        return None

    def note(self, name: str, *words: object) -> None:
        """Write a line outside, at once."""
        with (self.notes / name).open("a") as file:
            file.write(" ".join(map(str, words)) + "\n")

    def lines(self, name: str) -> list[list[str]]:
        """What was noted under this name."""
        path = self.notes / name
        return [line.split(" ") for line in path.read_text().splitlines()] if path.exists() else []

    def _in_child(self, do: Callable[[], object]) -> int:
        child = os.fork()
        if not child:
            try:
                do()
                os._exit(0)
            except BaseException:
                (self.notes / "failure").write_text(traceback.format_exc())
                os._exit(FAILED)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code not in (0, DIED):
            raise Noticed((self.notes / "failure").read_text())
        if (self.notes / "checked").exists():
            self.size, self.checked = json.loads((self.notes / "checked").read_text())
        for kept in self.attic.iterdir():
            kept.unlink()
        return code

    def _connect(self) -> None:
        from django.db import connection

        connection.settings_dict["NAME"] = str(self.home.database)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # only processes really die here

    def _found(self) -> None:
        shutil.copy(self.path.parent / "tables.sqlite", self.home.database)
        from standwith.ledger.founding import found_log
        from standwith.ledger.log import Log
        from tests.faults.ledger_clerks import append_leaves
        from tests.ledger.examples import ORIGIN

        self._connect()
        signer = found_log(ORIGIN, self.home.log, self.home.keys, datetime(2026, 3, 1, tzinfo=UTC))
        self.note("acknowledged", *append_leaves(self.start))
        Log.open(self.home.log, signer).publish()

    def _work(self, at: int, only: str, life: int, power: bool) -> None:
        from tests.faults.ledger_checks import check_everything, check_public
        from tests.faults.ledger_clerks import CLERKS, RecordingSigner, spoil, tear_commits, work

        dice = random.Random(life)
        self._connect()
        check_public(self)

        def die(name: str) -> None:
            (self.notes / "death").write_text(name)
            if power:
                disk.lose(dice)
            os._exit(DIED)

        durable_files.HANDS = 1  # one step after the other
        fuse = Fuse(at, only, die)
        disk = ForgetfulDisk(self.home.log, self.attic, fuse)
        disk.install()
        spoil(disk, self.clerk)
        tear_commits(fuse, self.home.database, dice)
        log = CLERKS[self.clerk].open(self.home.log, RecordingSigner(self, fuse))
        log.publish()
        check_everything(self, log)
        work(self, log, f"life {life}", dice, fuse)


def run_trials(path: Path, kills: int, seed: int, clerk: str) -> dict[str, object]:
    """Let a clerk die so many times; raises Noticed."""
    make_tables(path / "tables.sqlite")
    dice, deaths, logs, signed, lives = random.Random(seed), Counter[str](), 0, 0, 0
    death: str | None = None
    while deaths.total() < kills:
        trial = Trial(path / f"log-{logs}", STARTS[logs % len(STARTS)], clerk)
        logs += 1
        while deaths.total() < kills and not trial.worn:
            lives += 1
            death = trial.live(*choose_step(dice, death), life=dice.getrandbits(32), power=dice.random() < 0.5)
            if death:
                deaths[death] += 1
        trial.live(0, "", life=0, power=False)  # the last one dies in bed, and everything is looked at once more
        signed += len(trial.lines("signed"))
        shutil.rmtree(trial.path)
    return {
        "seed": seed,
        "kills": deaths.total(),
        "lives": lives,
        "logs": logs,
        "signed": signed,
        "deaths": dict(deaths),
    }


def choose_step(dice: random.Random, before: str | None) -> tuple[int, str]:
    """Any step, or one of a name that comes seldom; `before` is where the clerk died last."""
    if before in ("after a roll is written", "before signing", "after signing", "before a commit"):
        return 1, dice.choice((*[STEPS[-1]] * 8, *STEPS))
    if dice.random() < 0.7:
        return dice.randint(1, LONG), ""
    return dice.choice((1, 1, 2, 3, 4)), dice.choice((*STEPS, "after a directory is removed"))


def make_tables(path: Path) -> None:
    """Empty tables to copy. What the children import is imported here once, now that Django is set up."""
    from django.db import connections

    from tests.faults import ledger_checks, ledger_clerks  # noqa: F401

    connections["default"].settings_dict["NAME"] = str(path)
    create_tables()
    connections.close_all()
    gc.freeze()  # children copy less


def main(
    kills: Annotated[int, typer.Option(help="How many deaths.")] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed, the same trial.")] = 1,
    clerk: Annotated[str, typer.Option(help="careful, or one who breaks the order.")] = "careful",
) -> None:
    """Print what happened as JSON; end with 1 when something was noticed that must never happen."""
    path = Path(tempfile.mkdtemp(prefix="standwith-trial-"))
    try:
        configure(Home(path / "unused"))
        print(json.dumps(run_trials(path, kills, seed, clerk)))
    except Noticed as noticed:
        print(json.dumps({"seed": seed, "noticed": str(noticed)}))
        raise SystemExit(1) from None
    finally:
        shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    typer.run(main)

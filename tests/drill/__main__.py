"""`make drill`: the seizure drill with a hundred thousand people, and its report.

    .venv/bin/python -m tests.drill [--people 100000] [--at DIR] [--to docs/drill.md]

It ends with 1 when the promise does not hold; the report says how. `--at` is for a disk with room: about 25 MB for each
thousand people.
"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standwith.durable.files import write_atomically
from tests.drill.course import run_course
from tests.drill.crowd import make_crowd
from tests.drill.drill import WORDS
from tests.drill.promise import broken
from tests.drill.report import SHOWN, write_report
from tests.drill.spelling import spellings
from tests.drill.wire import ROOT


def run(
    people: Annotated[int, typer.Option(help="How many sign.")] = 100_000,
    at: Annotated[Path | None, typer.Option(help="Directory for the machine, which is deleted at the end.")] = None,
    to: Annotated[Path, typer.Option(help="Where the report goes.")] = ROOT / "docs" / "drill.md",
) -> None:
    """Make the drill and write the report."""
    with tempfile.TemporaryDirectory(prefix="standwith-drill-", dir=at) as place:
        course = run_course(Path(place), make_crowd(people), hands=os.cpu_count() or 1, keep=2)
    known = spellings(WORDS)
    names = {name for name, _ in (*known.exact, *known.small)}
    write_atomically(to, write_report(course, len(names), datetime.now(UTC).date()).encode())
    problems = [*broken(course.running), *broken(course.ended)]
    print(f"The report is in {to}.", *problems[:SHOWN], sep="\n")
    if problems or course.told != course.countable:
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(run)

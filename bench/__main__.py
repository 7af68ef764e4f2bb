"""`make bench`: every measurement with its reference in the same run, written into docs/performance.md.

    .venv/bin/python -m bench [--quick] [NAME…]      all, or those that are named

What is written between the marks `<!-- figures NAME -->` and `<!-- end NAME -->` comes from here; the words around them
are the authors'. A measurement that fails ends the run and leaves the document as it was.
"""

import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import psutil
import typer

from standwith.durable.files import write_atomically

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"
SMALL = ("--people", "500", "--facts", "1000", "--organisations", "2000")
MEASUREMENTS = {  # name -> module and its arguments, in full and in a hurry
    "intake": (["bench.intake", "--seconds", "60"], ["bench.intake", "--seconds", "10"]),
    "intake-million": (
        ["bench.intake", "--seconds", "60", "--stored", "1000000", "--no-bare"],
        ["bench.intake", "--seconds", "10", "--stored", "100000", "--no-bare"],
    ),
    "clerk": (["bench.clerk", "--people", "20000"], ["bench.clerk", "--people", "3000"]),
    "clerk-million": (
        ["bench.clerk", "--people", "10000", "--stored", "1000000"],
        ["bench.clerk", "--people", "3000", "--stored", "100000"],
    ),
    "path": (["bench.path"], ["bench.path", "--seconds", "10", "--full", "8"]),
    "sealing": (["bench.sealing"], ["bench.sealing", "--seconds", "1"]),
    "pages": (["bench.pages", "--seconds", "30"], ["bench.pages", "--seconds", "5"]),
    "ledger-append": (["bench.ledger_append", "--batches", "400"], ["bench.ledger_append", "--batches", "100"]),
    "ledger-append-million": (
        ["bench.ledger_append", "--batches", "400", "--stored", "1000000"],
        ["bench.ledger_append", "--batches", "100", "--stored", "100000"],
    ),
    "ledger-verify": (["bench.ledger_verify"], ["bench.ledger_verify", "--leaves", "100000"]),
    "publishing": (["bench.site"], ["bench.site"]),
    "record-check": (["bench.record"], ["bench.record", *SMALL]),
    "record-site": (["bench.record_site"], ["bench.record_site", *SMALL]),
}


def run(
    names: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(MEASUREMENTS)}.")] = None,
    quick: Annotated[bool, typer.Option(help="Short runs, printed only.")] = False,
) -> None:
    """Measure everything, or what is named, one after the other."""
    text = DOCUMENT.read_text(encoding="utf-8")
    for name in names or MEASUREMENTS:
        full, hurried = MEASUREMENTS[name]
        print(f"— {name}", flush=True)
        text = put(text, name, measure(hurried if quick else full))
    text = put(text, "machine", machine())
    if not quick:
        write_atomically(DOCUMENT, text.encode())


def measure(words: list[str]) -> str:
    """Run one measurement; show and return what it prints."""
    with subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        lines = []
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed")
    return "".join(lines)


def machine() -> str:
    """What was measured on, without a name."""
    memory = psutil.virtual_memory().total / 2**30
    cpu = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {psutil.cpu_count()} cores ({cpu[1] if cpu else platform.machine()}), "
        f"{memory:.0f} GiB, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}\n"
    )


def put(text: str, name: str, figures: str) -> str:
    """The document with these figures in their place; refuses a document that has none for them."""
    marks = re.compile(rf"(<!-- figures {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
    if not marks.search(text):
        raise SystemExit(f"{DOCUMENT.name} has no place for the figures of {name}")
    return marks.sub(lambda found: f"{found[1]}```\n{figures}```\n{found[2]}", text)


if __name__ == "__main__":
    typer.run(run)

"""How many people a second go the whole way: sign, get the letter, confirm, stand in a signed checkpoint.

    .venv/bin/python -m bench.path [--seconds 60] [--rate 400] [--full 20] [--at DIR]
    STANDWITH_BENCH_LONG=1 .venv/bin/python -m bench.path                      600 seconds

`standwith serve` with two workers and `standwith clerk` in a home of their own; an open campaign, records sealed to two
of three custodians, letters through SMTP. A crowd (bench/crowd.py, one process on the same cores, relay and readers of
pages included) first comes at a steady rate, then so densely that as many as the machine can take are on their way.
Afterwards the verifier that uses nothing of ours must count the people whom the crowd saw arrive.

A person has arrived when a checkpoint can be read that their leaf is below; how many were on their way halfway and at
the end tells whether the rate can be kept up. The bare reference in the same run is the least that takes the same crowd
its way (bench/bare_path.py), driven as densely. Nothing else should run meanwhile.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import psutil
import typer

from bench.bare_path import lay_out
from bench.crowd import WARM, Found, Plan, Times
from bench.installation import PAGE, ROOT, found, free_port, running, text_of
from standwith.ledger.leaf import campaign_tag
from standwith.ledger.roll import roll_path
from standwith.supporters.epochs import Epochs

CAMPAIGN = PAGE.strip("/").partition("/")[2]
SIGN = f"/act{PAGE}sign"
STANDWITH = (sys.executable, "-m", "standwith")


def run(
    seconds: Annotated[int, typer.Option(help="How long people come at the steady rate.")] = 0,
    rate: Annotated[float, typer.Option(help="People a second; 0: only as many as can be taken.")] = 400,
    full: Annotated[int, typer.Option(help="How long as many come as can be taken; 0: not at all.")] = 20,
    pages: Annotated[float, typer.Option(help="Pages read a second meanwhile.")] = 100,
    at: Annotated[Path | None, typer.Option(help="Directory for the home, on the disk to measure.")] = None,
    bare: Annotated[bool, typer.Option(help="Take a crowd through the bare reference too.")] = True,
) -> None:
    """Measure the whole way, and its bare reference."""
    seconds = seconds or (600 if os.environ.get("STANDWITH_BENCH_LONG") else 60)
    place = Path(tempfile.mkdtemp(prefix="standwith-bench-", dir=at))
    try:
        home, arrived = measure(place, seconds, rate, full, pages)
        verify(home, sum(each.arrived for each in arrived))
        if full and bare:
            reference = measure_bare(place, page_of(home), full, pages)
            show("bare", reference, full)
            print(f"ratio   {arrived[-1].per_second / reference.per_second:6.2f}")
    finally:
        Epochs.open(place / "home").destroy(CAMPAIGN)  # a key in memory, which outlives the clerk
        shutil.rmtree(place)


def measure(place: Path, seconds: int, rate: float, full: int, pages: float) -> tuple[Path, list[Found]]:
    """The steady crowd and the dense one, at the same installation."""
    relay, arrived = free_port(), []
    home, port = found(place, 2, f"smtp://127.0.0.1:{relay}")
    with installation(home, port) as processes:
        plan = make_plan(home, port, relay, pages)
        if rate:
            arrived.append(drive(plan, processes, seconds=seconds, rate=rate))
            show("steady", arrived[-1], seconds, whole=True)
        if full:
            arrived.append(drive(plan, processes, seconds=full, rate=0))
            show("dense", arrived[-1], full)
    return home, arrived


def measure_bare(place: Path, page: Path, seconds: int, pages: float) -> Found:
    """The dense crowd at the bare reference."""
    home, port, relay = place / "bare", free_port(), free_port()
    home.mkdir()
    lay_out(home)
    os.environ |= {"BENCH_HOME": str(home), "BENCH_RELAY": str(relay), "BENCH_PAGE": str(page)}
    served = (sys.executable, "-m", "granian", "--interface", "asginl", "--factory", "--port", str(port))
    quietly = ("--workers", "2", "--no-ws", "--log-level", "warning", "bench.bare_path:make_application")
    plan = Plan(
        port=port,
        relay=relay,
        sign=SIGN,
        text="5" * 64,
        checkpoint=str(home / "checkpoint"),
        roll=str(home / "roll"),
        page=PAGE,
        pages=pages,
        seconds=0,
    )
    with (
        running(*served, *quietly, port=port) as server,
        running(sys.executable, "-m", "bench.bare_path") as clerk,
    ):
        return drive(plan, {"server": server, "clerk": clerk}, seconds=seconds, rate=0)


@contextmanager
def installation(home: Path, port: int) -> Iterator[dict[str, int]]:
    """Server and clerk at work; gives their process ids. Begins when the clerk has published what is stated."""
    checkpoint = home / "site" / "log" / "checkpoint"
    with (
        running(*STANDWITH, "serve", "--home", str(home), port=port) as server,
        running(*STANDWITH, "clerk", "--home", str(home)) as clerk,
    ):
        while not int(checkpoint.read_bytes().split(b"\n", 2)[1]):
            time.sleep(0.05)
        yield {"server": server, "clerk": clerk}


def make_plan(home: Path, port: int, relay: int, pages: float) -> Plan:
    """What the crowd needs to know of an installation."""
    log = home / "site" / "log"
    tag = campaign_tag(f"127.0.0.1:{port}/log", CAMPAIGN)
    return Plan(
        port=port,
        relay=relay,
        sign=SIGN,
        text=text_of(home),
        checkpoint=str(log / "checkpoint"),
        roll=str(log / roll_path(tag)),
        page=PAGE,
        pages=pages,
        seconds=0,
    )


def drive(plan: Plan, processes: dict[str, int], *, seconds: int, rate: float) -> Found:
    """Let the crowd come; how busy the processes were is put into what was found."""
    plan = msgspec.structs.replace(plan, seconds=seconds, rate=rate)
    words = [sys.executable, "-m", "bench.crowd"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as crowd:
        assert crowd.stdin and crowd.stdout
        crowd.stdin.write(msgspec.json.encode(plan) + b"\n")
        crowd.stdin.flush()
        crowd.stdout.readline()  # it takes letters now
        crowd.stdin.write(b"\n")
        crowd.stdin.flush()
        time.sleep(WARM)
        before = {name: spent(pid) for name, pid in processes.items()}
        time.sleep(seconds)
        busy = {name: (spent(pid) - before[name]) / seconds for name, pid in processes.items()}
        said = crowd.stdout.read()
    if crowd.returncode:
        raise SystemExit("the crowd was sent away")
    result = msgspec.json.decode(said, type=Found)
    if result.refused or result.lost:
        raise SystemExit(f"{result.refused} were refused, {result.lost} never arrived")
    result.busy = busy | {"crowd": result.cpu}
    return result


def page_of(home: Path) -> Path:
    """The file that readers of the page are given."""
    return home / "site" / PAGE.strip("/") / "index.html.br"


def spent(pid: int) -> float:
    """Seconds of processor that a process and its children have had."""
    root = psutil.Process(pid)
    return sum(sum(process.cpu_times()[:2]) for process in [root, *root.children(recursive=True)])


def show(name: str, found: Found, seconds: int, *, whole: bool = False) -> None:
    """What was found, in a line or a few."""
    busy = ", ".join(f"{who} {share:.2f}" for who, share in found.busy.items())
    print(f"{name:7} {found.per_second:6.0f} people/s   {seconds} s; cores: {busy} of {os.cpu_count()}", flush=True)
    if not whole:
        return
    for what, times in (
        ("signing, thanks", found.thanked),
        ("thanks, letter", found.letter),
        ("confirming, thanks", found.confirmed),
        ("thanks, checkpoint", found.published),
        ("the whole way", found.way),
        ("a page", found.page),
    ):
        print(f"   {what:18} {told(times)}")
    still = f"{found.halfway} halfway, {found.at_end} at the end, all arrived {found.emptied:.1f} s later"
    print(f"   on their way       {still}", flush=True)


def told(times: Times) -> str:
    """Half of them, nearly all, the longest."""
    return f"p50 {times.p50:7.1f} ms   p99 {times.p99:7.1f} ms   max {times.max:7.1f} ms"


def verify(home: Path, arrived: int) -> None:
    """The verifier must count whom the crowd saw arrive."""
    command = [sys.executable, ROOT / "tools" / "verify.py", home / "site" / "log"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    counted = max(int(number.replace(",", "")) for number in re.findall(r"(?m)^ *([\d,]+)  ", said))
    if counted != arrived:
        raise SystemExit(f"{arrived} people arrived, {counted} are counted:\n{said}")


if __name__ == "__main__":
    typer.run(run)

"""How long `standwith check` takes for a record of the size that a whole movement may reach, and how much memory.

    .venv/bin/python -m bench.record [--people 5000] [--facts 10000] [--organisations 20000]

A campaign folder with people of three statuses each, facts in groups and series, organisations with parents, 300
sources and one translation of everything, all invented; `make_record` makes it for other measurements, too. The check
runs as people run it, in a process of its own on one core, start included; memory is the most that it ever held. The
reference in the same run is the csv module of Python reading the same tables and doing nothing with them.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from standwith.campaigns.folder import dump
from standwith.campaigns.model import Action, Campaign, Demand, Event, Owner, Source
from standwith.campaigns.translations import update
from standwith.facts import Fact
from standwith.languages import Catalogue, PartialDate
from standwith.organisations import Organisation
from standwith.people import Person, Status

WORDS = ("workers", "held", "asked", "freed", "heard", "tried", "moved", "named", "reported", "at", "in", "the", "yard")
GIVEN = ("Amina", "Kofi", "Noor", "Lin", "Mara", "Tomas", "Ada", "Ivo", "Sana", "Rui", "Olga", "Petr", "Zoya", "Dawit")
COUNTRIES = ("BY", "FR", "PL", "GE", "KG", "UA", "IT", "ES", "PT", "DE", "MA", "GB", "BR", "CI")
ROLES = ("welder", "teacher", "driver", "nurse", "miner", "leader of the union", "electrician", "")
WAYS = (("detained", "charged", "sentenced"), ("detained", "on trial", "released"), ("missing", "detained", "moved"))


def make_record(people: int = 5_000, facts: int = 10_000, organisations: int = 20_000, sources: int = 300) -> Campaign:
    """An invented campaign of this size, the same every time, written in English and translated into French."""
    chance = random.Random(4)
    names = [f"source-{number}" for number in range(sources)]
    campaign = Campaign(
        id="record",
        title="The record",
        headline="Everyone who was held",
        source_language="en",
        languages=("en", "fr"),
        opened=PartialDate(2020, 8, 17),
        owner=Owner(name="Example Union", email="desk@example.org"),
        demands=(Demand(id="release", text="Release everyone.", addressee="The ministry"),),
        actions=(Action(id="sign", kind="sign", title="Sign the statement"),),
        statement=("We stand with them.", "Of them, {fact:fact-0} were counted."),
        facts=tuple(_facts(chance, facts, names)),
        people=tuple(_people(chance, people, names)),
        timeline=tuple(_events(chance, 100, names)),
        organisations=tuple(_organisations(chance, organisations)),
        sources=tuple(_sources(names)),
    )
    return replace(campaign, translations={"fr": _translate(campaign)})


def _day(chance: random.Random, year: int = 2020) -> PartialDate:
    return PartialDate(year, chance.randint(1, 12), chance.choice((None, *range(1, 29))))


def _say(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _facts(chance: random.Random, count: int, sources: list[str]) -> Iterator[Fact]:
    """Every tenth is one point of a series of five, every seventh stands beside the one before."""
    for number in range(count):
        group = f"group-{number // 14}" if number % 14 < 2 else ""
        low = chance.randint(1, 10_000)
        series = f"series-{number // 50}" if number % 10 == 3 and number // 50 < count // 50 else ""
        yield Fact(
            id=f"fact-{number}",
            what=_say(chance, 5),
            low=low,
            unit="people",
            wording="at least",
            as_of=PartialDate(2020 + number // 10 % 5, number // 50 % 12 + 1, number // 600 % 28 + 1),
            source=sources[number % len(sources)],
            group=group if number - number % 14 + 1 < count else "",
            confidence="reported",
            series=series,
        )


def _people(chance: random.Random, count: int, sources: list[str]) -> Iterator[Person]:
    for number in range(count):
        history = tuple(
            Status(
                date=_day(chance, 2020 + place), status=status, detail=_say(chance, 6), source=chance.choice(sources)
            )
            for place, status in enumerate(WAYS[number % len(WAYS)])
        )
        shown, consent, risk = (
            ("full name", "own", "low"),
            ("initials", "family", "high"),
            ("none", "withheld", "high"),
        )[number % 3]
        yield Person(
            id=f"person-{number}",
            name=f"{chance.choice(GIVEN)} {chr(65 + number % 26)}."
            if risk == "high"
            else f"{chance.choice(GIVEN)} Example",
            role=chance.choice(ROLES),
            organisation="Example Union",
            shown=shown,
            consent=consent,
            risk=risk,
            history=history,
            sources=(chance.choice(sources),),
            born=1950 + number % 50 if shown != "none" else None,
            review=PartialDate(2999),
        )


def _events(chance: random.Random, count: int, sources: list[str]) -> Iterator[Event]:
    for number in range(count):
        day = PartialDate(2020 + number // 28 % 5, 8, number % 28 + 1)
        yield Event(date=day, kind="protest", title=_say(chance, 5), place="Example", source=chance.choice(sources))


def _organisations(chance: random.Random, count: int) -> Iterator[Organisation]:
    """Every hundredth is a federation, and the others stand under one."""
    for number in range(count):
        under = number % 100 > 0
        yield Organisation(
            name=f"Union of {chance.choice(GIVEN)} {number}",
            acronym=f"U{number}",
            scope="national-sectoral" if under else "international",
            country=COUNTRIES[number % len(COUNTRIES)] if under else "",
            parent=f"U{number - number % 100}" if under else "",
            url=f"https://union-{number}.example.org/about",
            endorses=number % 2 == 0,
        )


def _sources(names: list[str]) -> Iterator[Source]:
    for number, name in enumerate(names):
        url = f"https://example.org/letters/{number}"
        yield Source(id=name, publisher="Example Union", title=f"Letter {number}", date=PartialDate(2020), url=url)


def _translate(campaign: Campaign) -> Catalogue:
    fresh = update(campaign, Catalogue(language="fr"))
    entries = (replace(entry, target=f"{entry.source} (fr)") for entry in fresh.entries)
    return replace(fresh, entries=tuple(entries))


def write_record(folder: Path, campaign: Campaign) -> int:
    """Write the folder; return its bytes."""
    files = dump(campaign)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return sum(map(len, files.values()))


def measure_check(folder: Path) -> tuple[float, float, float]:
    """Seconds, those of them at work, and most MB of `standwith check` on one core."""
    one = min(os.sched_getaffinity(0))
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "standwith", "check", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {one}),
    )
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"the record is not without errors:\n{said[:2000]}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def read_bare(folder: Path) -> float:
    """Seconds of the csv module for the same tables."""
    start = time.perf_counter()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for _ in csv.DictReader(file):
                pass
    return time.perf_counter() - start


def run(
    people: int = 5_000, facts: int = 10_000, organisations: int = 20_000, times: Annotated[int, typer.Option()] = 3
) -> None:
    """Check an invented record of this size."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "record"
        size = write_record(folder, make_record(people, facts, organisations))
        measured = [measure_check(folder) for _ in range(times)]
        seconds, busy, memory = min(measured)
        print(
            f"record: {people} people of 3 statuses each, {facts} facts, {organisations} organisations, "
            f"{size / 1e6:.1f} MB"
        )
        print(f"standwith check: {seconds:.2f} s on one core ({busy:.2f} s at work), {memory:.0f} MB at most")
        print(f"csv module, the tables alone: {read_bare(folder):.2f} s")


if __name__ == "__main__":
    typer.run(run)

"""How fast a record as large as a whole movement's is published, and how fast one changed person is.

    .venv/bin/python -m bench.record_site [--people 5000] [--facts 10000] [--organisations 20000]

The campaign of bench/record.py in its two languages (or in one), published into an empty directory by one process; then
one person changes in that process's memory, and everything is published again: another text about them, a move to
another prison, a release, which shifts who stands on which page of the register. Reference in the same run: the files
that changed, packed and written once more and nothing else. Memory is the most that the process ever held.
"""

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from bench.record import make_record
from standwith.campaigns.model import Campaign
from standwith.durable.files import write_together
from standwith.languages import PartialDate
from standwith.people import Person, is_inside
from standwith.site.build import Report, build
from standwith.site.packing import forms, pack
from standwith.site.state import read_state

SITE_URL = "https://standwith.example.org"
NOW = datetime(2020, 11, 20, tzinfo=UTC)


def run(
    people: Annotated[int, typer.Option(help="People of the record.")] = 5_000,
    facts: Annotated[int, typer.Option(help="Facts of the record.")] = 10_000,
    organisations: Annotated[int, typer.Option(help="Organisations of the record.")] = 20_000,
    at: Annotated[Path | None, typer.Option(help="Directory for the site, on the disk to measure.")] = None,
) -> None:
    """Publish it whole, then one changed person after the other."""
    whole = make_record(people, facts, organisations)
    for languages in (("en", "fr"), ("en",)):
        place = Path(tempfile.mkdtemp(prefix="standwith-bench-", dir=at))
        try:
            measure(replace(whole, languages=languages), place)
        finally:
            shutil.rmtree(place)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory             {memory:5.0f} MB at most")


def measure(campaign: Campaign, place: Path) -> None:
    """Everything in these languages, and what changes."""
    told = " and ".join(campaign.languages)
    report, seconds = publish(campaign, place)
    print(
        f"whole, in {told:9}{report.written / seconds:5.0f} pages/s   {report.written} pages, {seconds:.1f} s",
        flush=True,
    )
    for what, changed in changes(campaign):
        before = read_state(place)
        report, seconds = publish(changed, place)
        again = write_again(place, [path for path, made_of in read_state(place).items() if before.get(path) != made_of])
        ratio = again / seconds
        print(f"   {what:16}{1000 * seconds:5.0f} ms        {report.written} files; ratio {ratio:5.2f}", flush=True)


def publish(campaign: Campaign, place: Path) -> tuple[Report, float]:
    """What was made, and seconds."""
    began = time.perf_counter()
    report = build([campaign], place, site_url=SITE_URL, numbers={}, now=NOW)
    return report, time.perf_counter() - began


def changes(campaign: Campaign) -> Iterator[tuple[str, Campaign]]:
    """The campaign with one more change of one person each; every person is taken once."""
    inside = [number for number, person in enumerate(campaign.people) if is_inside(person) and person.shown != "none"]
    for at, (what, status) in enumerate((("another text", ""), ("moved", "moved"), ("released", "released"))):
        number = inside[len(inside) // 2 + at]
        people = list(campaign.people)
        people[number] = change(people[number], status)
        campaign = replace(campaign, people=tuple(people))
        yield what, campaign


def change(person: Person, status: str) -> Person:
    """Another word on the latest status, or a new one."""
    *earlier, latest = person.history
    if not status:
        return replace(person, history=(*earlier, replace(latest, detail="Word of the family: in good health.")))
    return replace(person, history=(*person.history, replace(latest, date=PartialDate(2020, 11, 19), status=status)))


def write_again(place: Path, paths: list[str]) -> float:
    """Seconds to pack and write these files plainly."""
    contents = {path: (place / path).read_bytes() for path in paths}
    began = time.perf_counter()
    for path, data in contents.items():
        packed = pack(data) if len(forms(path)) > 1 else {"": data}
        write_together({place / (path + suffix): body for suffix, body in packed.items()})
    return time.perf_counter() - began


if __name__ == "__main__":
    typer.run(run)

"""How many pages a second are published, and how long a new number takes to be on every page.

    .venv/bin/python -m bench.site [--copies 8]

Copies of the example campaign in all their languages are published into an empty directory by one process: texts laid
out, rendered, tightened, packed as brotli and gzip, written, synced, renamed. Then one number changes and everything is
published again. References in the same run, on the same pages: a bare loop over the templates with their words already
laid out; and the same loop that also packs and writes plainly, without digests, tightening, syncing and renaming.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from standwith import look
from standwith.campaigns.folder import load_campaign
from standwith.campaigns.model import Campaign
from standwith.site import edition, pages
from standwith.site.build import build
from standwith.site.numbers import Numbers
from standwith.site.packing import pack

EXAMPLE = Path(__file__).parents[1] / "examples" / "stand-with-belarus"
SITE_URL = "https://standwith.example.org"
NOW = datetime(2020, 11, 20, tzinfo=UTC)
COUNTS = Numbers(confirmed=48213, countries=61, by_country=(("FR", 12004), ("DE", 8211), ("BR", 5100)), as_of=NOW)


def copies_of(campaign: Campaign, number: int) -> list[Campaign]:
    """The same campaign under several ids."""
    return [replace(campaign, id=f"{campaign.id}-{place}") for place in range(number)]


def publish(campaigns: Sequence[Campaign], out: Path, numbers: Mapping[str, Numbers]) -> tuple[int, float]:
    """Pages written, and seconds."""
    began = time.perf_counter()
    report = build(campaigns, out, site_url=SITE_URL, numbers=numbers, now=NOW)
    return report.written, time.perf_counter() - began


def laid_out(campaigns: Sequence[Campaign], numbers: Mapping[str, Numbers]) -> list[tuple[Any, Any, dict[str, Any]]]:
    """(template, voice, words) of every page, caught on the way to the templates."""
    caught: list[tuple[Any, Any, dict[str, Any]]] = []
    real = look.render_page

    def catch(template: Any, voice: Any, **context: Any) -> str:
        caught.append((template, voice, context))
        return real(template, voice, **context)

    look.render_page = catch
    try:
        for page in pages.Site(campaigns, site_url=SITE_URL, numbers=numbers, now=NOW).pages():
            page.make()
    finally:
        look.render_page = real
    return caught


def loop(caught: Sequence[tuple[Any, Any, dict[str, Any]]], then: Callable[[int, str], object]) -> float:
    """Seconds for a bare loop over the templates."""
    began = time.perf_counter()
    for place, (template, voice, context) in enumerate(caught):
        then(place, look.render_page(template, voice, **context))
    return time.perf_counter() - began


def write_plainly(out: Path) -> Callable[[int, str], None]:
    """What the fuller reference does with a page."""
    out.mkdir()

    def write(place: int, html: str) -> None:
        for suffix, data in pack(html.encode()).items():
            (out / f"{place}.html{suffix}").write_bytes(data)

    return write


def run_all(copies: Annotated[int, typer.Option(help="Campaigns to publish.")] = 8) -> None:
    """Measure publishing."""
    example = load_campaign(EXAMPLE)
    edition.publishable = lambda campaign: campaign.languages  # speed does not depend on whether a gate is open
    campaigns = copies_of(example, copies)
    numbers = {campaign.id: COUNTS for campaign in campaigns}
    place = Path(tempfile.mkdtemp(prefix="standwith-bench-"))
    try:
        publish(campaigns[:1], place / "warm", numbers)
        written, seconds = publish(campaigns, place / "site", numbers)
        again = publish(campaigns, place / "site", numbers)[1]
        numbers[campaigns[0].id] = replace(COUNTS, confirmed=48214)
        changed, fresh = publish(campaigns, place / "site", numbers)
        caught = laid_out(campaigns, numbers)
        bare = len(caught) / loop(caught, lambda *_: None)
        plain = len(caught) / loop(caught, write_plainly(place / "plain"))
    finally:
        shutil.rmtree(place)
    rate = written / seconds
    print(
        f"publishing      {rate:6.0f} pages/s   {written} pages: {copies} campaigns, {len(example.languages)} languages"
    )
    print(f"templates only  {bare:6.0f} pages/s   ratio {rate / bare:5.2f}   neither laid out, packed nor written")
    print(f"plain loop      {plain:6.0f} pages/s   ratio {rate / plain:5.2f}   rendered, packed, written; not synced")
    print(f"a new number    {fresh * 1000:6.0f} ms        {changed} pages")
    print(f"nothing new     {again * 1000:6.0f} ms        {written} pages looked at")


if __name__ == "__main__":
    typer.run(run_all)

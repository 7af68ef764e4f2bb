"""A small invented record with everything that a file can carry; and the frozen files that it makes.

`python -m tests.site.data.record` writes the vectors and the schema anew. Do that only when a change of the files is
meant, and say so in CHANGELOG.md: others read them.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Demand, Event, Owner, Source
from standwith.facts import Fact
from standwith.languages import PartialDate
from standwith.organisations import Organisation
from standwith.people import Person, Status
from standwith.site.data import plan_calendar, plan_data
from standwith.site.data.json_files import SHAPES
from standwith.site.edition import Edition
from standwith.site.ingredients import Ingredients
from tests.campaigns.belarus import CAMPAIGN, translate
from tests.site.conftest import NOW, NUMBERS, SITE_URL

ROOT = Path(__file__).parents[3]
VECTORS = ROOT / "tests" / "vectors" / "data"
SCHEMA = ROOT / "docs" / "data.schema.json"
DAY = PartialDate(2020, 8, 17)


def status(day: PartialDate, what: str, detail: str = "") -> Status:
    return Status(date=day, status=what, detail=detail, source="report")


PEOPLE = (
    Person(
        id="amina-example",
        name="Amina Example",
        role="welder",
        organisation="EMW",
        shown="full name",
        consent="own",
        risk="low",
        sources=("call",),
        born=1984,
        birthday="02-29",
        hearing=PartialDate(2020, 12, 3),
        history=(status(DAY, "detained", "at the gate; with others"), status(PartialDate(2020, 9), "imprisoned")),
    ),
    Person(
        id="bela-secret",
        name="Bela Secret",
        role="nurse",
        organisation="A union of the clinic",
        shown="initials",
        consent="family",
        risk="high",
        born=1990,
        birthday="03-14",
        hearing=PartialDate(2020, 12),
        history=(status(PartialDate(2020, 8, 20), "detained"),),
    ),
    Person(id="cyril-secret", name="Cyril Secret", role="driver", shown="none", consent="withheld", risk="high"),
    Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high"),
    Person(
        id="dana-example",
        name="Dana Example",
        shown="full name",
        consent="already public",
        risk="none",
        birthday="05-01",
        history=(status(PartialDate(2020, 8, 10), "killed"),),
    ),
)
FACTS = (
    Fact(
        id="detained",
        what="people detained",
        low=7000,
        unit="people",
        wording="more than",
        as_of=DAY,
        source="report",
        disputed="the ministry names no figure",
        confidence="reported",
        group="detained",
        series="detained",
    ),
    Fact(
        id="detained-later",
        what="people detained, with those of the weekend",
        low=9000,
        high=9000,
        unit="people",
        wording="about",
        as_of=PartialDate(2020, 9),
        source="call",
        group="detained",
        supersedes="detained",
        series="detained",
    ),
)
EVENTS = (
    Event(date=PartialDate(2020, 8, 9), kind="election", title="Election", country="BY", source="report"),
    Event(date=PartialDate(2020, 8, 9), kind="protest", title="=SUM(1;2) is written on a wall", source="report"),
    Event(
        date=PartialDate(2020, 8, 20),
        end=PartialDate(2020, 8, 22),
        kind="strike",
        title="Strike of {fact:detained} people and more",
        place="Minsk, gate 1",
        country="BY",
        source="call",
    ),
    Event(date=PartialDate(2020, 12), kind="day-of-action", title="Day of action", source="call"),
)
ORGANISATIONS = (
    Organisation(name="Example Federation", acronym="EF", scope="international", endorses=True),
    Organisation(
        name="Example Metalworkers",
        acronym="EMW",
        scope="national-sectoral",
        sector="metal",
        country="BY",
        parent="EF",
        url="https://metal.example.org",
    ),
    Organisation(name="-Union of dashes", scope="local", country="FR", endorses=True),
)
SOURCES = (
    Source(
        id="report",
        publisher="Example Institute",
        title="What happened | a report",
        date=DAY,
        url="https://example.org/report",
        language="en",
        sha256="ab" * 32,
        file="report.pdf",
    ),
    Source(id="call", publisher="Example Union", title="“A call”, to all", date=PartialDate(2020, 9)),
)
SMALL = replace(
    CAMPAIGN,
    id="stand-with-all",
    title="Stand with all",
    country="BY",
    closes=PartialDate(2020, 12),
    languages=("en", "fr"),
    owner=Owner(name="Example Union", url="https://example.org", email="desk@example.org"),
    demands=(
        Demand(id="free", text="Free all.", addressee="The government", sources=("report", "call")),
        Demand(
            id="meet",
            text="Meet us.",
            addressee="The ministry",
            state="met",
            state_source="call",
            state_date=PartialDate(2020, 9, 2),
        ),
    ),
    statement=("We stand with all.",),
    facts=FACTS,
    people=PEOPLE,
    timeline=EVENTS,
    organisations=ORGANISATIONS,
    sources=SOURCES,
)


def french(campaign: Campaign = SMALL) -> Campaign:
    """The campaign in French, too: the place of the strike is not translated, and the second fact has changed since."""
    translated = translate(campaign, but=lambda key: key.endswith(":place"))
    facts = tuple(
        replace(fact, what=f"{fact.what.removesuffix('.')}.") if fact.id == "detained-later" else fact
        for fact in translated.facts
    )
    return replace(translated, facts=facts)


RECORD = french()


def group_of(campaign: Campaign = RECORD) -> dict[str, Edition]:
    """The editions of a campaign in all the languages that it names."""
    made_of = Ingredients(campaign)
    return {code: Edition(campaign, code, NUMBERS, True, made_of, NOW.date()) for code in campaign.languages}


def files_of(campaign: Campaign = RECORD, site_url: str = SITE_URL) -> dict[str, bytes]:
    """All files of the record, by the name under data/ or "fr.ics"."""
    group = group_of(campaign)
    made = {page.path.split("/")[-1]: page.make() for page in plan_data(group, site_url)}
    for code, edition in group.items():
        made |= {f"{code}.ics": page.make() for page in plan_calendar(edition, site_url)}
    return made


def schema() -> dict[str, Any]:
    """The JSON Schema of all tables; each file is one of them."""
    kinds, parts = msgspec.json.schema_components(list(SHAPES.values()), ref_template="#/$defs/{name}")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The record of a campaign"}
    return {**head, "oneOf": list(kinds), "$defs": parts}


def frozen() -> dict[str, bytes]:
    """The files that may not change by accident; the French calendar may, for it speaks with the interface's words."""
    return {name: data for name, data in files_of().items() if name != "fr.ics"}


def freeze() -> None:
    VECTORS.mkdir(parents=True, exist_ok=True)
    for name, data in frozen().items():
        (VECTORS / name).write_bytes(data)
    SCHEMA.write_text(json.dumps(schema(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()

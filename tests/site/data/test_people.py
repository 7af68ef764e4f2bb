"""People in files: nothing that may not be shown is in any of them, whatever the campaign says."""

import csv
import gzip
import io
import json
import random
import re
from pathlib import Path

import brotli
from msgspec.structs import replace

from standwith.campaigns.model import Media
from standwith.languages import PartialDate
from standwith.people import CONSENTS, RISKS, SHOWN, STATUSES, Person, Status, ceiling, strictest
from tests.site.conftest import Publish
from tests.site.data.record import SMALL, files_of

WITHHELD = ("Secret", "secret", "1990", "03-14", "0314", "Cyril", "withdrawn-1", "driver", "withheld", "family")


def test_what_is_withheld_is_in_no_file() -> None:
    for name, data in files_of().items():
        for text in WITHHELD:
            assert text.encode() not in data, (name, text)


def test_initials_and_a_number_stand_for_a_name() -> None:
    people = {row["id"]: row for row in json.loads(files_of()["people.json"])["rows"]}
    assert people.keys() == {"amina-example", "nr-2", "dana-example"}
    assert (people["nr-2"]["name"], people["nr-2"]["shown"]) == ("B. S.", "initials")
    assert people["nr-2"]["born"] is people["nr-2"]["birthday"] is people["nr-2"]["photo"] is None
    assert people["nr-2"]["role"] == "nurse"


def test_who_took_themselves_out_is_a_number() -> None:
    assert json.loads(files_of()["people.json"])["withdrawn"] == 1


def test_a_photograph_needs_a_consent_of_its_own(small_picture: bytes) -> None:
    def photo(consent: str) -> str | None:
        amina = replace(SMALL.people[0], photo="amina.png", photo_consent=consent)
        media = (Media(file="amina.png", alt="Amina at work", data=small_picture),)
        [row, *_] = json.loads(files_of(replace(SMALL, people=(amina,), media=media))["people.json"])["rows"]
        return row["photo"]  # type: ignore[no-any-return]

    assert photo("") is photo("withheld") is None
    assert str(photo("own")).startswith("https://standwith.example.org/stand-with-all/")


def make_person(number: int, dice: random.Random) -> Person:
    """A person whose every field can be told from everybody else's."""
    consent, risk, wish = dice.choice(CONSENTS), dice.choice(RISKS), dice.choice(SHOWN)
    name = f"Zq{number}name Xw{number}family"
    history = tuple(
        Status(date=PartialDate(2020, dice.randint(1, 12)), status=status, detail=f"detail{number}", source="report")
        for status in dice.sample(STATUSES, dice.randint(0, 3))
    )
    return Person(
        id=f"zq{number}name",
        name=name,
        role=f"role{number}x",
        organisation=f"union{number}x",
        shown=strictest(wish, ceiling(consent, risk)),
        consent=consent,
        risk=risk,
        history=history,
        born=700_000 + number,
        birthday=f"{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        hearing=PartialDate(2021, dice.randint(1, 12)),
    )


def test_five_hundred_people_show_what_they_agreed_to() -> None:
    dice = random.Random(4)
    people = tuple(make_person(number, dice) for number in range(500))
    text = b"\n".join(files_of(replace(SMALL, people=people, languages=("en",))).values()).decode()
    numbers = set(re.findall(r"\b[0-9]+\b", text))
    for number, person in enumerate(people):
        named = person.shown == "full name"
        assert (f"Zq{number}name" in text) == (f"Xw{number}family" in text) == (f"zq{number}name" in text) == named
        assert (str(700_000 + number) in numbers) == named
        assert (f"role{number}x" in text) == (person.shown != "none")


def test_popolo_names_nobody_and_nothing_that_is_not_there() -> None:
    told = json.loads(files_of()["popolo.json"])
    people, bodies = ({one["id"] for one in told[name]} for name in ("persons", "organizations"))
    for membership in told["memberships"]:
        assert membership["person_id"] in people
        assert membership["organization_id"] in bodies
    assert all(body.get("parent_id", next(iter(bodies))) in bodies for body in told["organizations"])
    assert {one["id"] for event in told["events"] for one in event.get("attendees", [])} <= people
    all_bodies = json.loads(files_of()["popolo-organisations.json"])["organizations"]
    assert [body["name"] for body in all_bodies] == [body.name for body in SMALL.organisations]
    amina = told["persons"][0]
    assert (amina["birth_date"], told["persons"][2]["death_date"]) == ("1984", "2020-08-10")
    assert all({"url", "note"} == source.keys() for source in amina["sources"])


def test_uwazi_can_read_its_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(files_of()["people-uwazi.csv"].decode(), newline=""), strict=True))
    header = list(rows[0])
    assert "id" not in header
    bare = {name for name in header if "__" not in name}
    assert not bare & {name.split("__")[0] for name in header if "__" in name}
    amina, bela, _ = rows
    assert (amina["title__en"], amina["title__fr"]) == ("Amina Example", "fr: Amina Example")
    assert amina["statuses__en"] == "detained|in prison"
    assert amina["status_dates"] == "2020/08/17:2020/08/17|2020/09/01:2020/09/30"
    assert amina["sources"].split("|")[1] == "Example Institute: What happened / a report"
    assert (bela["title__en"], bela["title__fr"], bela["born"]) == ("B. S.", "B. S.", "")


def test_whoever_takes_themselves_out_is_gone_from_every_file_with_one_publication(
    publish: Publish, tmp_path: Path
) -> None:
    open_record = replace(SMALL, languages=("en",), people=SMALL.people[:1])
    publish(open_record)
    site = tmp_path / "site"
    holding = {path.name for path in site.rglob("*") if path.is_file() and b"amina-example" in path.read_bytes()}
    assert {"people.csv", "people.json", "popolo.json", "people-uwazi.csv", "calendar.ics", "feed.xml"} <= holding
    gone = Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high")
    publish(replace(open_record, people=(gone,)))
    for path in (path for path in site.rglob("*") if path.is_file()):
        data = path.read_bytes()
        unpacked = {".gz": gzip.decompress, ".br": brotli.decompress}.get(path.suffix, bytes)(data)
        assert b"amina" not in unpacked.lower(), path

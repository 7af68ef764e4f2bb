from msgspec.structs import replace

from standwith.campaigns.people_rows import PersonRow, gather, lost_portraits, spread
from standwith.languages import PartialDate
from standwith.people import Person, Status

DETAINED = Status(date=PartialDate(2020, 8, 11), status="detained", source="a")
RELEASED = Status(date=PartialDate(2020, 8, 17), status="released", detail="after a week", source="b")
AMINA = Person(
    id="amina",
    name="Amina Example",
    shown="full name",
    consent="own",
    risk="low",
    history=(DETAINED, RELEASED),
    sources=("a",),
)


def test_a_person_takes_a_row_for_each_change_and_comes_back():
    rows = list(spread([AMINA]))
    assert [(row.id, row.name, row.status) for row in rows] == [
        ("amina", "Amina Example", "detained"),
        ("amina", "", "released"),
    ]
    assert gather(rows) == (AMINA,)


def test_a_person_without_a_change_takes_one_row():
    person = Person(id="b", shown="none", consent="withheld", risk="high")
    assert gather(spread([person])) == (person,)


def test_missing_consent_or_risk_is_taken_for_the_strictest():
    (person,) = gather([PersonRow(id="a", name="A", shown="full name", consent="own")])
    assert (person.shown, person.risk) == ("none", "high")
    (person,) = gather([PersonRow(id="a", name="A", shown="full name", risk="none")])
    assert (person.shown, person.consent) == ("none", "withheld")


def test_rows_of_one_person_may_stand_apart():
    first, second = spread([AMINA])
    other = PersonRow(id="other", shown="none", consent="own", risk="low")
    assert [len(person.history) for person in gather([first, other, second])] == [2, 0]


def test_where_consent_or_risk_is_missing_no_more_is_kept_than_goes_with_nobody_shown():
    row = PersonRow(id="a", name="A", shown="full name", risk="low", photo="a.png", photo_consent="own", born=1980)
    (person,) = gather([row])
    assert (person.shown, person.photo, person.born) == ("none", "", None)
    (person,) = gather([replace(row, consent="own", risk="")])
    assert (person.shown, person.photo, person.born) == ("none", "", 1980)
    (person,) = gather([replace(row, consent="own")])
    assert (person.shown, person.photo, person.born) == ("full name", "a.png", 1980)


def test_a_tombstone_is_a_row_with_an_id_and_nothing_else():
    (row,) = spread([Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high")])
    assert row == PersonRow(id="withdrawn-1", consent="withdrawn")
    assert gather([row]) == (Person(id="withdrawn-1", shown="none", consent="withdrawn", risk="high"),)


def test_a_photograph_that_one_person_may_not_be_shown_with_is_nobodys():
    named = PersonRow(id="a", name="A", shown="full name", consent="own", risk="low", photo="a.png")
    rows = [named, replace(named, id="b", risk=""), replace(named, id="c", photo="c.png"), PersonRow(id="d")]
    people = gather(rows)
    assert [person.photo for person in people] == ["", "", "c.png", ""]
    assert lost_portraits(rows, people) == {"a.png"}

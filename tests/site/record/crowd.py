"""Invented people by the hundred, as a campaign's register may hold them: every fate, every way to be shown."""

from msgspec.structs import replace

from standwith.campaigns.model import Campaign, Source
from standwith.languages import PartialDate
from standwith.people import Person, Status

FIRST = ("Amina", "Bela", "Cyril", "Dina", "Emil", "Farida", "Goran", "Hanna", "Ilya", "Jana", "Karim", "Lidia")
MIDDLE = ("Maria", "Noor", "Oleg", "Petra", "Rosa", "Samir", "Tamar")
ROLES = ("welder", "nurse at the second hospital", "chair of the strike committee", "driver", "teacher", "electrician")
UNIONS = ("Example Metalworkers", "Example Union of Health Workers", "Free Teachers of Example", "")
COURSES = (
    (("2020-08-09", "detained"),),
    (("2020-08-11", "detained"), ("2020-08-20", "charged"), ("2020-10", "on trial")),
    (("2020-08-12", "detained"), ("2020-09-01", "sentenced"), ("2020-09-14", "moved")),
    (("2020-08-10", "detained"), ("2020-08-25", "released")),
    (("2020-09", "dismissed"),),
    (("2020-08-14", "missing"),),
    (("2020-08-10", "killed"),),
    (),
)
DETAILS = ("taken from the gate of the plant at the end of the shift", "seen by a lawyer on this day", "")
SOURCES = (
    Source(id="s", publisher="Example Union", title="What happened"),
    Source(
        id="t", publisher="Example Committee for Legal Aid", title="List of the detained", url="https://example.org/"
    ),
    Source(id="u", publisher="Example Radio", title="Пять дней в сентябре", language="ru", date=PartialDate(2020, 9)),
)


def one_of_the_crowd(number: int) -> Person:
    """The person with this number; no two have the same name."""
    family = f"Example-{FIRST[number % 11]}{number}"
    middle = MIDDLE[number // 12 % 7]
    course = COURSES[number % len(COURSES)]
    return Person(
        id=f"someone-{number}",
        name=f"{FIRST[number % 12]} {middle} {family}",
        role=ROLES[number % 6],
        organisation=UNIONS[number % 4],
        shown="full name" if number % 9 else "initials",
        consent="own",
        risk="low" if number % 9 else "high",
        sources=("u",) if number % 5 == 0 else (),
        born=1950 + number % 50 if number % 3 else None,
        birthday=f"{number % 12 + 1:02}-{number % 28 + 1:02}" if number % 4 == 0 else "",
        hearing=PartialDate(2020, 12, number % 28 + 1) if number % 7 == 0 else None,
        history=tuple(
            Status(date=PartialDate.parse(day), status=status, detail=DETAILS[(number + at) % 3], source="stu"[at % 3])
            for at, (day, status) in enumerate(course)
        ),
    )


def crowded(campaign: Campaign, size: int) -> Campaign:
    """The campaign with so many people, and the sources that speak of them."""
    people = tuple(one_of_the_crowd(number) for number in range(1, size + 1))
    return replace(campaign, people=people, sources=SOURCES)

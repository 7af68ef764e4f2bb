"""People to decide about, all of them invented."""

from datetime import UTC, datetime

from standwith.languages import PartialDate
from standwith.people import Person, Status

CAMPAIGN = "stand-with-examples"
ALEX, SAM, KIM = "Alex Example", "Sam Example", "Kim Example"
NOW = datetime(2026, 3, 1, 6, tzinfo=UTC)
DETAINED = Status(date=PartialDate(2020, 8, 11), status="detained", detail="at the gate", source="a")
RELEASED = Status(date=PartialDate(2020, 8, 17), status="released", source="b")
AMINA = Person(
    id="amina-example",
    name="Amina Example",
    role="welder",
    shown="full name",
    consent="own",
    risk="low",
    history=(DETAINED,),
    sources=("a",),
    born=1980,
    review=PartialDate(2026, 2),
)
BO = Person(id="bo-example", name="B. E.", shown="initials", consent="family", risk="high", history=(DETAINED,))
QUIET = Person(id="quiet-example", name="Quiet Example", shown="none", consent="withheld", risk="low")

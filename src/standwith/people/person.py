"""One person and the sourced changes of their status.

Invariant: `shown` is the level that is in effect, already lowered to what consent and risk allow, so whoever renders a
person only needs `shown`. A name may be a pseudonym. No home address, no health, no children, no cell: there are no
fields for them on purpose.
"""

from msgspec import Struct

from standwith.languages import PartialDate

CONSENTS = ("own", "family", "lawyer", "already public", "withheld", "withdrawn")
RISKS = ("none", "low", "high")
STATUSES = (
    "missing",
    "detained",
    "under house arrest",
    "charged",
    "on trial",
    "sentenced",
    "imprisoned",
    "moved",
    "released",
    "acquitted",
    "dismissed",
    "reinstated",
    "in exile",
    "killed",
    "died",
)


class Status(Struct, frozen=True, kw_only=True):
    """What changed for a person, when, and who says so."""

    date: PartialDate
    status: str
    detail: str = ""
    source: str


class Person(Struct, frozen=True, kw_only=True):
    """A person the campaign speaks of; the first row of people.csv with their id, the history from all rows.

    `photo` is a picture of media/, shown at consent of its own; `born` a year; `birthday` month and day, "03-14";
    `review` the day by which somebody must look again. Consent "withdrawn" is a tombstone: its id names nobody, and
    nothing but the id is there.
    """

    id: str
    name: str = ""
    role: str = ""
    organisation: str = ""
    shown: str
    consent: str
    risk: str
    history: tuple[Status, ...] = ()
    sources: tuple[str, ...] = ()
    photo: str = ""
    photo_consent: str = ""
    born: int | None = None
    birthday: str = ""
    hearing: PartialDate | None = None
    review: PartialDate | None = None

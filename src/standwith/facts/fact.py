"""One fact: what is counted, how much, how sure the wording is, when, and who says so.

Invariant: `low` and `high` are whole numbers or nothing, never an average of sources. Sources that disagree are two
facts of one `group`. Does not check references; that is `standwith.campaigns`.
"""

from msgspec import Struct

from standwith.languages import PartialDate

UNITS = (
    "people",
    "percent",
    "years",
    "months",
    "weeks",
    "days",
    "hours",
    "cases",
    "places",
    "organisations",
    "workplaces",
)


CONFIDENCES = ("confirmed", "reported", "disputed")


class Fact(Struct, frozen=True, kw_only=True):
    """A row of facts.csv. `{fact:ID}` in a text stands for its figure in the words of the reader's language.

    `supersedes` names the fact that this one takes the place of; facts of one `series` are the same figure at other
    dates.
    """

    id: str
    what: str
    low: int | None = None
    high: int | None = None
    unit: str
    wording: str
    as_of: PartialDate
    source: str
    disputed: str = ""
    group: str = ""
    confidence: str = ""
    supersedes: str = ""
    series: str = ""

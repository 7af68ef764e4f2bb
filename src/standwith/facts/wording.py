"""The words that say how sure a figure is, and which figures each of them needs.

`WORDINGS` maps a wording, as written in facts.csv, to the figures it takes and to the English phrase that the interface
catalogues translate ({n}, {low} and {high} are filled in the reader's number form). Invariant: a wording in words alone
("several thousand") takes no figure, so none can be invented for it.
"""

from enum import Enum
from typing import NamedTuple

from standwith.languages import translatable as _t


class Figures(Enum):
    """Which of the columns low and high a wording needs; the others stay empty."""

    BOTH_EQUAL = "low and high, the same figure in both"
    RANGE = "low and high, low below high"
    LOW = "low only"
    HIGH = "high only"
    NONE = "no figure"


class Wording(NamedTuple):
    """The figures that a wording takes, and the phrase to translate."""

    figures: Figures
    phrase: str


WORDINGS: dict[str, Wording] = {
    "exactly": Wording(Figures.BOTH_EQUAL, _t("{n}")),
    "about": Wording(Figures.BOTH_EQUAL, _t("about {n}")),
    "between": Wording(Figures.RANGE, _t("between {low} and {high}")),
    "at least": Wording(Figures.LOW, _t("at least {n}")),
    "more than": Wording(Figures.LOW, _t("more than {n}")),
    "at most": Wording(Figures.HIGH, _t("at most {n}")),
    "less than": Wording(Figures.HIGH, _t("less than {n}")),
    "almost": Wording(Figures.HIGH, _t("almost {n}")),
    "several": Wording(Figures.NONE, _t("several")),
    "dozens": Wording(Figures.NONE, _t("dozens")),
    "hundreds": Wording(Figures.NONE, _t("hundreds")),
    "several hundred": Wording(Figures.NONE, _t("several hundred")),
    "thousands": Wording(Figures.NONE, _t("thousands")),
    "several thousand": Wording(Figures.NONE, _t("several thousand")),
    "tens of thousands": Wording(Figures.NONE, _t("tens of thousands")),
    "hundreds of thousands": Wording(Figures.NONE, _t("hundreds of thousands")),
    "millions": Wording(Figures.NONE, _t("millions")),
}


def figures_of(low: int | None, high: int | None) -> Figures | None:
    """Which shape the two figures have; None when the range is upside down."""
    match low, high:
        case None, None:
            return Figures.NONE
        case int(), None:
            return Figures.LOW
        case None, int():
            return Figures.HIGH
        case int(), int() if low == high:
            return Figures.BOTH_EQUAL
        case int(), int() if low < high:
            return Figures.RANGE
    return None

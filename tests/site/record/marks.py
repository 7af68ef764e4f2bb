"""Marks to find again: every field of 5,000 invented people holds one of its own, which tells whether it may be seen.

    zqn0042s    may be shown: the name (n) of person 42
    zqr0043h    hidden: the role (r) of person 43

What may be shown is decided here once more, straight from the rules of trust.md, not with the code under test.
"""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli

from standwith.campaigns.model import Media
from standwith.campaigns.people_rows import PersonRow
from standwith.languages import PartialDate

LEVELS = ("full name", "initials", "none", "")
CONSENTS = ("own", "family", "withheld", "lawyer", "withdrawn", "already public", "")
RISKS = ("low", "high", "none", "")
GIVEN = {"own", "family", "lawyer", "already public"}
WITH_PHOTO = 784  # every combination of the four once
# Days and years that nothing else on the site has; a hidden one is found by its figures.
HIDDEN_YEAR, HIDDEN_BIRTHDAY = 7777, "11-23"
HIDDEN_HEARING, REVIEW = PartialDate(2031, 5, 17), PartialDate(2032, 6, 18)
FIGURES = re.compile(
    rb"(?<![0-9a-f.])7777(?![0-9a-f])|-11-23\b|(?<!\d)\d{4}1123(?!\d)|--1123|23 November|23 novembre"
    rb"|2031-05-17|20310517|17 (?:May|mai) 2031|2032-06-18|20320618|18 (?:June|juin) 2032"
)
MARK = re.compile(rb"zq[a-z]\d{4}[hs]", re.I)


def level_of(shown: str, consent: str, risk: str) -> str:
    """What may be shown of somebody, by the rules."""
    if shown in ("none", "") or consent not in GIVEN or not risk:
        return "none"
    return "initials" if risk == "high" else shown


class Marked:
    """One person by number, from the combinations in turn."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.shown, self.consent = LEVELS[number % 4], CONSENTS[number // 4 % 7]
        self.risk, self.photo_consent = RISKS[number // 28 % 4], CONSENTS[number // 112 % 7]
        self.level = level_of(self.shown, self.consent, self.risk)
        self.photographed = number < WITH_PHOTO

    def mark(self, kind: str, *levels: str) -> str:
        """The mark of a field that is shown at these levels."""
        return f"zq{kind}{self.number:04}{'s' if self.level in levels else 'h'}"

    def rows(self) -> Iterator[PersonRow]:
        """The rows of the table, two changes of status; whoever is free was inside before."""
        full, seen = self.level == "full name", self.level != "none"
        yield PersonRow(
            id=self.mark("i", "full name"),
            name=f"{self.mark('n', 'full name').title()} {self.mark('m', 'full name').title()}",
            role=self.mark("r", "full name", "initials"),
            organisation=self.mark("o", "full name", "initials"),
            shown=self.shown,
            consent=self.consent,
            risk=self.risk,
            sources=("s",),
            photo=f"{self.mark('f')}.png" if self.photographed else "",
            photo_consent=self.photo_consent,
            born=1960 if full else HIDDEN_YEAR,
            birthday="02-14" if full else HIDDEN_BIRTHDAY,
            hearing=PartialDate(2021, 3) if seen else HIDDEN_HEARING,
            review=REVIEW,
            date=PartialDate(2020, 8, 9),
            status="detained",
            detail=self.mark("d", "full name", "initials"),
            source="s",
        )
        status = ("charged", "released", "moved", "died")[self.number % 4]
        late = self.mark("e", "full name", "initials")
        yield PersonRow(
            id=self.mark("i", "full name"), date=PartialDate(2020, 9), status=status, detail=late, source="s"
        )

    @property
    def photo_shown(self) -> bool:
        """Whether the photograph may be seen."""
        return self.photographed and self.level == "full name" and self.photo_consent in GIVEN

    def photo(self) -> Media:
        """Their photograph: its file's name is never shown, the rest with consent to it and the full name."""
        levels = ("full name",) if self.photo_consent in GIVEN else ()
        alt, credit, data = (self.mark(kind, *levels) for kind in "acb")
        return Media(file=f"{self.mark('f')}.png", alt=alt, credit=credit, data=picture(data))


def picture(mark: str) -> bytes:
    """The smallest PNG that has a size, with a mark in it."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x28\0\0\0\x32\x08\0\0\0\0" + mark.encode()


def everything_in(out: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its path, unpacked; the path is written in front of what it holds."""
    for path in sorted(out.rglob("*")):
        if path.is_file():
            name = path.relative_to(out).as_posix()
            yield name, name.encode() + b"\n" + unpacked(path)


def unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".br":
        return brotli.decompress(data)
    return data


def marks_in(data: bytes) -> set[str]:
    return {found.decode().lower() for found in MARK.findall(data)}

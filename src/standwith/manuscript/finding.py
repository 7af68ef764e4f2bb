"""Findings: what a reader of a manuscript noticed, where, why it matters and how to mend it.

A kind of mistake has a stable code and is described once (`Mistake`); a finding is one such mistake at one place.
Lines and columns count from 1, columns in characters. Invariant: a `Report` only takes codes it was given a
description for, so every code can be documented and tested.
"""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Literal, NamedTuple

from msgspec import Struct

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A place in a file of the folder."""

    file: str
    line: int
    column: int


class Mistake(NamedTuple):
    """A kind of mistake: how bad it is, why it matters, and how it is mended as a rule."""

    severity: Severity
    why: str
    mend: str


class Finding(Struct, frozen=True):
    """One mistake at one place; `code` is stable, the sentences are for people."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    what: str
    why: str
    mend: str


class Slip(ValueError):
    """A value that cannot be read, raised by the parser of a single value, which does not know the place."""

    def __init__(self, code: str, what: str, mend: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.mend = mend


class Report:
    """Collects findings, and the texts they are about so that a place inside a value can be found."""

    def __init__(self, mistakes: Mapping[str, Mistake]) -> None:
        self.mistakes = mistakes
        self.findings: list[Finding] = []
        self.texts: dict[str, str] = {}
        self._lines: dict[str, Lines] = {}

    def add(self, code: str, place: Place, what: str, mend: str = "") -> None:
        """Notes the mistake `code` at `place`; `mend` replaces the general advice where there is a better one."""
        mistake = self.mistakes[code]
        self.findings.append(Finding(code, mistake.severity, *place, what, mistake.why, mend or mistake.mend))

    def add_slip(self, slip: Slip, place: Place) -> None:
        """Notes what the parser of a value complained about."""
        self.add(slip.code, place, slip.what, slip.mend)

    def seek(self, place: Place, needle: str) -> Place:
        """The first place at or after `place` where `needle` is written; `place` itself if it is written otherwise."""
        text = self.texts.get(place.file, "")
        if place.file not in self._lines:
            self._lines[place.file] = Lines(text, place.file)
        lines = self._lines[place.file]
        found = text.find(needle, lines.offset(place.line, place.column))
        return place if found < 0 else lines.place(found)

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the folder from being used."""
        return any(finding.severity == "error" for finding in self.findings)

    def sorted(self) -> tuple[Finding, ...]:
        """All findings by file, line and column."""
        return tuple(sorted(self.findings, key=lambda f: (f.file, f.line, f.column, f.code)))


class Lines:
    """Where the lines of a text start, so that many places in it are found quickly."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        line = bisect_right(self.starts, offset)
        return Place(self.file, line, offset - self.starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; past the end if there is no such line."""
        return self.starts[min(line, len(self.starts)) - 1] + column - 1

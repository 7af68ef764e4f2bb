"""What an import found, as plain structures: for the report that people read, and for programs as JSON.

Invariant: everything of a document that is not in a file of the folder is in `left`, whole, with its place and why.
"""

from msgspec import Struct, field


class Kept(Struct, kw_only=True):
    """A document, and the source that it became."""

    file: str
    source: str
    kept: str
    sha256: str
    title: str
    language: str = ""
    date: str = ""
    notes: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


class Doubt(Struct, kw_only=True):
    """Something that a human must look at, and where."""

    where: str
    why: str
    text: str = ""


class Left(Struct, kw_only=True):
    """A block that is in no file of the folder but in its kept copy."""

    file: str
    place: str
    text: str
    why: str


class FoundDate(Struct, kw_only=True):
    """A date in the text, with the words around it: a line of the timeline, if a human thinks so."""

    file: str
    place: str
    words: str
    date: str
    certain: bool
    text: str


class Told(Struct, kw_only=True):
    """The whole report."""

    campaign: str
    language: str
    statement: int = 0
    versions: dict[str, int] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    organisations: int = 0
    countries: dict[str, str] = field(default_factory=dict)
    documents: list[Kept] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    todo: list[str] = field(default_factory=list)

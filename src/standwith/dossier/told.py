"""What the template is told: the whole dossier as plain data, in the language it is printed in.

    {"frame": {"lang": "fr", "title": {"text": "Aux côtés du Bélarus"}, …}, "chapters": [{"kind": "statement", …}]}

Invariant: texts are texts; nothing here is markup of any kind, and the template reads none in it. What is left out is
what has nothing to say. Sentences of ours are already in the language of the dossier.
"""

from msgspec import Struct


class Said(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A text; `lang` and `dir` where they are not those of the dossier.

    `mark` says that it is not translated, or older than its original, which then stands in `original`.
    """

    text: str
    lang: str = ""
    dir: str = ""
    mark: str = ""
    original: "Said | None" = None


class Source(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A source as the list at the end and the footnotes show it."""

    publisher: Said
    title: Said
    date: str = ""
    address: str = ""
    language: str = ""
    digest: str = ""


class Node(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A piece of the statement: a paragraph, a list, emphasis, a link … or a text alone; `note` is a footnote mark."""

    kind: str
    text: str = ""
    level: int = 0
    address: str = ""
    parts: tuple["Node", ...] = ()
    note: "Mark | None" = None


class Mark(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A footnote beside a text: the source in full, or with the number of the note that is (`see`, `first`).

    `again`: the note itself stands a little above, and only its number stands here.
    """

    number: int
    again: bool = False
    source: Source | None = None
    see: str = ""
    first: int = 0


class Block(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One block of the statement, with its language and what is to be said of its translation."""

    nodes: tuple[Node, ...]
    lang: str = ""
    dir: str = ""
    mark: str = ""
    original: "Block | None" = None


class Demand(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is asked, of whom, and how far it is met."""

    text: Said
    addressee: Said
    state: str
    date: str = ""
    notes: tuple[Mark, ...] = ()
    state_notes: tuple[Mark, ...] = ()


class Fact(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A figure, what it counts, and how sure it is."""

    figure: str
    what: Said
    date: str
    confidence: str = ""
    disputed: Said | None = None
    replaced: bool = False
    notes: tuple[Mark, ...] = ()


class Matter(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Facts on the same matter, side by side, with a sentence on whether their sources agree."""

    facts: tuple[Fact, ...]
    heading: str = ""


class Change(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A row of somebody's history."""

    date: str
    status: str
    detail: Said | None = None
    notes: tuple[Mark, ...] = ()


class Someone(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A person as far as they may be shown."""

    name: Said
    about: tuple[Said, ...] = ()
    facts: tuple[str, ...] = ()
    history: tuple[Change, ...] = ()
    notes: tuple[Mark, ...] = ()


class Group(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Things under one heading of a chapter: people of one fate, or organisations of one scope."""

    heading: str = ""
    count: str = ""
    people: tuple[Someone, ...] = ()
    places: tuple["Place", ...] = ()


class Place(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A country and its organisations, names as they write them themselves."""

    name: str
    organisations: tuple[Said, ...]


class Event(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A line of the timeline."""

    date: str
    title: Said
    place: Said | None = None
    notes: tuple[Mark, ...] = ()


class Chapter(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A chapter; `kind` tells the template which of the parts it has."""

    kind: str
    heading: str
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    demands: tuple[Demand, ...] = ()
    matters: tuple[Matter, ...] = ()
    groups: tuple[Group, ...] = ()
    events: tuple[Event, ...] = ()
    sources: tuple[Source, ...] = ()


class Line(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A line of the title page: a sentence, and addresses below it."""

    text: str
    lang: str = ""
    dir: str = ""
    addresses: tuple[str, ...] = ()


class Frame(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What stands on the title page and around every page."""

    lang: str
    dir: str
    digits: tuple[str, ...]
    accent: str
    day: tuple[int, int, int]
    owner: str
    kind: str
    title: Said
    headline: Said
    summary: Said | None = None
    lines: tuple[Line, ...] = ()
    as_of: str
    contents: str
    page: tuple[str, ...]


class Dossier(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Everything that is printed."""

    frame: Frame
    chapters: tuple[Chapter, ...]

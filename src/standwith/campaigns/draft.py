"""A campaign folder as it was read, right or wrong, with the place of every value.

Invariant: an `Entry` always has a value of its structure; fields that could not be read hold what was written (texts)
or nothing, and are named in `broken`, so that a check can leave them alone and no mistake is reported twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from standwith.campaigns import model
from standwith.campaigns.people_rows import PersonRow
from standwith.facts import Fact
from standwith.languages import Catalogue, PartialDate
from standwith.languages import Entry as Message
from standwith.manuscript import Block, Cell, Place, Report
from standwith.organisations import Organisation

T = TypeVar("T")


class CellPlaces(Mapping[str, Place]):
    """Where the cells of a row stand, worked out when a check asks."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self._cells = cells

    def __getitem__(self, name: str) -> Place:
        """Where the cell of this column starts."""
        return self._cells[name].place

    def __iter__(self) -> Iterator[str]:
        """The columns of the row."""
        return iter(self._cells)

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self._cells)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One row or table: its structure, and where each field stands."""

    value: T
    place: Place
    places: Mapping[str, Place]
    broken: frozenset[str] = frozenset()

    def at(self, name: str) -> Place:
        """Where the field stands; where the entry starts if it is not written."""
        return self.places.get(name, self.place)

    def sound(self, *names: str) -> bool:
        """Whether all these fields could be read."""
        return self.broken.isdisjoint(names)


class Head(Struct, frozen=True, kw_only=True):
    """The keys at the top of campaign.toml."""

    id: str
    title: str
    headline: str
    summary: str
    country: str
    source_language: str
    languages: tuple[str, ...]
    opened: PartialDate
    closes: PartialDate | None
    profile: str
    custodians_needed: int | None
    accent: str


class Translation(NamedTuple):
    """A catalogue as read, and the line of each of its messages."""

    file: str
    catalogue: Catalogue
    messages: tuple[tuple[int, Message], ...]


@dataclass
class Folder:
    """A folder as far as it was read. `unread` names the files from whose absence nothing may be concluded.

    Whoever asks for ids asks when all is read.
    """

    report: Report
    files: Mapping[str, bytes]
    unread: set[str] = field(default_factory=set)
    torn_ids: dict[str, set[str]] = field(default_factory=dict)

    def ids(self, file: str) -> set[str]:
        """All ids of a table, those of torn rows too, so that references to them are not called unknown."""
        if file not in self._ids:
            entries: list[Entry[Any]] = getattr(self, file.removesuffix(".csv"))
            self._ids[file] = {entry.value.id for entry in entries} | self.torn_ids.get(file, set())
        return self._ids[file]

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        return {}

    def knows(self, file: str, identifier: str) -> bool:
        """Whether a reference can be followed; a table that could not be read is trusted to hold it."""
        return file in self.unread or identifier in self.ids(file)


@dataclass
class Draft(Folder):
    """Everything that was read of a campaign; `today` is the day to judge it by."""

    today: date = field(kw_only=True)
    head: Entry[Head] | None = None
    owner: Entry[model.Owner] | None = None
    beneficiary: Entry[model.Beneficiary] | None = None
    affiliate: Entry[model.Affiliate] | None = None
    custodian: list[Entry[model.Custodian]] = field(default_factory=list)
    demand: list[Entry[model.Demand]] = field(default_factory=list)
    action: list[Entry[model.Action]] = field(default_factory=list)
    media: list[Entry[model.Media]] = field(default_factory=list)
    statement: tuple[Block, ...] = ()
    facts: list[Entry[Fact]] = field(default_factory=list)
    people: list[Entry[PersonRow]] = field(default_factory=list)
    timeline: list[Entry[model.Event]] = field(default_factory=list)
    organisations: list[Entry[Organisation]] = field(default_factory=list)
    targets: list[Entry[model.Target]] = field(default_factory=list)
    sources: list[Entry[model.Source]] = field(default_factory=list)
    translations: dict[str, Translation] = field(default_factory=dict)

    @cached_property
    def superseded(self) -> Mapping[str, str]:
        """Facts that a newer one has replaced, and which."""
        return {entry.value.supersedes: entry.value.id for entry in self.facts if entry.value.supersedes}

"""The shapes of the JSON files: what a reader may rely on. docs/data.md explains every name, docs/data.schema.json is
the same for machines, and a test holds the three together.

Invariant: every name is always there and in this order; what is not given is null, or an empty list. Dates are as exact
as they are known: "2020", "2020-08", "2020-08-09". A name changes its meaning only with the number of the schema.
Standards: RFC 8259, ISO 8601, BCP 47, ISO 3166.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from standwith.site.data.words import Translations

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]


class Owner(Struct, frozen=True, kw_only=True):
    """Who answers for the campaign, and says under which licence its record may be used."""

    name: str
    url: str | None


class SourceRow(Struct, frozen=True, kw_only=True):
    """Where something was said, by whom and when; `sha256` is the checksum of the copy that the campaign keeps."""

    id: str
    publisher: str
    title: str
    date: Day | None
    url: str | None
    language: str | None
    sha256: str | None


class FactRow(Struct, frozen=True, kw_only=True):
    """A figure: `figure` in words, `low` and `high` for reckoning."""

    id: str
    what: str
    figure: str
    low: int | None
    high: int | None
    unit: str
    wording: str
    as_of: Day
    confidence: str | None
    disputed: str | None
    source: str
    group: str | None
    series: str | None
    supersedes: str | None
    superseded_by: str | None
    translations: Translations
    older_translations: Translations


class StatusRow(Struct, frozen=True, kw_only=True):
    """What changed for a person, when, and who says so."""

    date: Day
    status: str
    detail: str | None
    source: str
    translations: Translations
    older_translations: Translations


class PersonRow(Struct, frozen=True, kw_only=True):
    """A person as far as they may be shown."""

    id: str
    name: str
    shown: Literal["full name", "initials"]
    role: str | None
    organisation: str | None
    born: int | None
    birthday: Annotated[str, Meta(pattern="^[0-9]{2}-[0-9]{2}$")] | None
    hearing: Day | None
    photo: str | None
    page: str
    sources: tuple[str, ...]
    history: tuple[StatusRow, ...]
    translations: Translations
    older_translations: Translations


class EventRow(Struct, frozen=True, kw_only=True):
    """A dated event."""

    id: str
    date: Day
    end: Day | None
    kind: str
    title: str
    place: str | None
    country: str | None
    source: str
    translations: Translations
    older_translations: Translations


class OrganisationRow(Struct, frozen=True, kw_only=True):
    """An organisation; `endorses` says that it put its name to the statement."""

    id: str
    name: str
    acronym: str | None
    scope: str
    sector: str | None
    country: str | None
    parent: str | None
    parent_id: str | None
    url: str | None
    endorses: bool


class DemandRow(Struct, frozen=True, kw_only=True):
    """What is asked, of whom, and how far it is met according to whom."""

    id: str
    text: str
    addressee: str
    state: str
    state_date: Day | None
    state_source: str | None
    sources: tuple[str, ...]
    translations: Translations
    older_translations: Translations


class Head(Struct, frozen=True, kw_only=True):
    """What every file begins with; `as_of` is the newest day that a row speaks of."""

    schema: Annotated[str, Meta(pattern="^standwith/[a-z]+/1$")]
    campaign: str
    url: str
    owner: Owner
    licence: str | None
    language: str
    languages: tuple[str, ...]
    as_of: Day | None


class Facts(Head, frozen=True, kw_only=True):
    """facts.json"""

    rows: tuple[FactRow, ...]
    sources: Mapping[str, SourceRow]


class People(Head, frozen=True, kw_only=True):
    """people.json; `withdrawn` is how many people took themselves out."""

    withdrawn: int
    rows: tuple[PersonRow, ...]
    sources: Mapping[str, SourceRow]


class Timeline(Head, frozen=True, kw_only=True):
    """timeline.json"""

    rows: tuple[EventRow, ...]
    sources: Mapping[str, SourceRow]


class Organisations(Head, frozen=True, kw_only=True):
    """organisations.json"""

    rows: tuple[OrganisationRow, ...]


class Demands(Head, frozen=True, kw_only=True):
    """demands.json"""

    rows: tuple[DemandRow, ...]
    sources: Mapping[str, SourceRow]


class Sources(Head, frozen=True, kw_only=True):
    """sources.json"""

    rows: tuple[SourceRow, ...]

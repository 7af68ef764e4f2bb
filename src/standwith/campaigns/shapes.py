"""What stands where in a campaign folder: the fields of every table, in their canonical order.

This is the format, written once: reading, writing, the documentation's test and the generated folders of the property
test all follow it. Invariant: the fields of a shape are the fields of its structure. docs/campaign-folder.md says the
same for people.
"""

from typing import Any, NamedTuple

from msgspec import Struct

from standwith.campaigns import kinds, model
from standwith.campaigns.kinds import choice, line
from standwith.campaigns.people_rows import PersonRow
from standwith.facts import CONFIDENCES, UNITS, WORDINGS, Fact
from standwith.organisations import SCOPES, Organisation
from standwith.people import CONSENTS, RISKS, SHOWN, STATUSES


class Field(NamedTuple):
    """One column or key. `required` is the code of the mistake of leaving it empty, "" where it may be.

    A column that is `late` came later to the format: tables may lack it.
    """

    name: str
    kind: kinds.Kind
    required: str = ""
    default: str = ""
    late: bool = False


class Shape(NamedTuple):
    """A structure and its fields; the first that is called id names the row."""

    struct: type[Struct]
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns or keys, in canonical order."""
        return tuple(field.name for field in self.fields)

    def build(self, values: dict[str, Any]) -> Struct:
        """The structure with these values."""
        return self.struct(**values)


MISSING = "missing-value"

CAMPAIGN = (
    Field("id", kinds.ID, MISSING),
    Field("title", line(80), MISSING),
    Field("headline", line(140), MISSING),
    Field("summary", kinds.TEXT._replace(limit=500)),
    Field("country", kinds.COUNTRY),
    Field("source_language", kinds.LANGUAGE, MISSING),
    Field("languages", kinds.LANGUAGE.list(), MISSING),
    Field("opened", kinds.DATE, MISSING),
    Field("closes", kinds.DATE),
    Field("profile", choice("unknown-profile", *model.PROFILES), default="open"),
    Field("custodians_needed", kinds.NUMBER),
    Field("accent", kinds.COLOUR, default="#a81f1f"),
)
NAME_AND_URL = (Field("name", line(), MISSING), Field("url", kinds.URL))

SECTIONS: dict[str, Shape] = {
    "owner": Shape(model.Owner, (*NAME_AND_URL, Field("email", kinds.EMAIL, MISSING))),
    "beneficiary": Shape(model.Beneficiary, NAME_AND_URL),
    "affiliate": Shape(model.Affiliate, NAME_AND_URL),
}
"""[tables] of campaign.toml."""

LISTS: dict[str, Shape] = {
    "custodian": Shape(model.Custodian, (Field("name", line(), MISSING), Field("key", kinds.KEY, MISSING))),
    "demand": Shape(
        model.Demand,
        (
            Field("id", kinds.ID, MISSING),
            Field("text", kinds.TEXT._replace(limit=400), MISSING),
            Field("addressee", line(), "demand-without-addressee"),
            Field("state", choice("unknown-state", *model.DEMAND_STATES), default="open"),
            Field("sources", kinds.ID.list()),
            Field("state_source", kinds.ID),
            Field("state_date", kinds.DATE),
        ),
    ),
    "action": Shape(
        model.Action,
        (
            Field("id", kinds.ID, MISSING),
            Field("kind", choice("unknown-kind", *model.ACTION_KINDS), MISSING),
            Field("title", line(), MISSING),
            Field("text", kinds.TEXT),
            Field("asked_by", line()),
            Field("source", kinds.ID),
            Field("state", choice("unknown-state", *model.ACTION_STATES), default="live"),
        ),
    ),
    "media": Shape(
        model.Media,
        (Field("file", line(), MISSING), Field("alt", line(400), MISSING), Field("credit", line())),
    ),
}
"""[[lists of tables]] of campaign.toml."""

TABLES: dict[str, Shape] = {
    "facts.csv": Shape(
        Fact,
        (
            Field("id", kinds.ID, MISSING),
            Field("what", line(), MISSING),
            Field("low", kinds.NUMBER),
            Field("high", kinds.NUMBER),
            Field("unit", choice("unknown-unit", *UNITS), MISSING),
            Field("wording", choice("unknown-wording", *WORDINGS), MISSING),
            Field("as_of", kinds.DATE, MISSING),
            Field("source", kinds.ID, "fact-without-source"),
            Field("disputed", kinds.TEXT),
            Field("group", kinds.ID),
            Field("confidence", choice("unknown-confidence", *CONFIDENCES), late=True),
            Field("supersedes", kinds.ID, late=True),
            Field("series", kinds.ID, late=True),
        ),
    ),
    "people.csv": Shape(
        PersonRow,
        (
            Field("id", kinds.ID, MISSING),
            Field("name", line()),
            Field("role", line()),
            Field("organisation", line()),
            Field("shown", choice("unknown-shown", *SHOWN)),
            Field("consent", choice("unknown-consent", *CONSENTS)),
            Field("risk", choice("unknown-risk", *RISKS)),
            Field("sources", kinds.ID.list()),
            Field("photo", line(), late=True),
            Field("photo_consent", choice("unknown-consent", *CONSENTS), late=True),
            Field("born", kinds.YEAR, late=True),
            Field("birthday", kinds.DAY, late=True),
            Field("hearing", kinds.DATE, late=True),
            Field("review", kinds.DATE, late=True),
            Field("date", kinds.DATE),
            Field("status", choice("unknown-status", *STATUSES)),
            Field("detail", kinds.TEXT),
            Field("source", kinds.ID),
        ),
    ),
    "timeline.csv": Shape(
        model.Event,
        (
            Field("date", kinds.DATE, MISSING),
            Field("end", kinds.DATE),
            Field("kind", choice("unknown-kind", *model.EVENT_KINDS), MISSING),
            Field("title", line(), MISSING),
            Field("place", line()),
            Field("country", kinds.COUNTRY),
            Field("source", kinds.ID, "event-without-source"),
        ),
    ),
    "organisations.csv": Shape(
        Organisation,
        (
            Field("name", line(), MISSING),
            Field("acronym", line(60)),
            Field("scope", choice("unknown-scope", *SCOPES), MISSING),
            Field("sector", line()),
            Field("country", kinds.COUNTRY),
            Field("parent", line()),
            Field("url", kinds.URL),
            Field("endorses", kinds.YES_NO),
        ),
    ),
    "targets.csv": Shape(
        model.Target,
        (
            Field("name", line(), MISSING),
            Field("office", line()),
            Field("organisation", line()),
            Field("country", kinds.COUNTRY),
            Field("language", kinds.LANGUAGE),
            Field("email", kinds.EMAIL),
            Field("postal", kinds.TEXT._replace(limit=500)),
            Field("source", kinds.ID, "target-without-source"),
            Field("checked_on", kinds.DATE),
        ),
    ),
    "sources.csv": Shape(
        model.Source,
        (
            Field("id", kinds.ID, MISSING),
            Field("publisher", line(), MISSING),
            Field("title", line(400), MISSING),
            Field("date", kinds.DATE),
            Field("url", kinds.URL),
            Field("language", kinds.LANGUAGE),
            Field("sha256", kinds.CHECKSUM),
            Field("file", line(), late=True),
        ),
    ),
}
"""The tables, by file name; the attribute of Campaign has the name of the file without its ending."""

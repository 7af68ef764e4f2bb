"""What stands where in a directory's folder: the fields of its file and tables, in their canonical order.

Invariant: the fields of a shape are the fields of its structure. docs/directory.md says the same for people; a test
holds the two together.
"""

from msgspec import Struct

from standwith.campaigns import kinds, shapes
from standwith.campaigns.kinds import Kind, choice, line
from standwith.campaigns.model import Source
from standwith.campaigns.shapes import MISSING, NAME_AND_URL, Field, Shape
from standwith.manuscript import Slip
from standwith.organisations import SCOPES, Listing, NotADomain, parse_domain

FILE = "directory.toml"
BETWEEN_NAMES = " | "


class Head(Struct, frozen=True, kw_only=True):
    """The keys at the top of directory.toml."""

    title: str
    source_language: str


class Keeper(Struct, frozen=True, kw_only=True):
    """Who keeps the directory."""

    name: str
    url: str = ""


def parse_host(text: str) -> str:
    """A domain."""
    try:
        return parse_domain(text)
    except NotADomain as problem:
        mend = f"Write {problem.better}." if problem.better else ""
        raise Slip("bad-domain", f"“{text}” is not a domain.", mend) from None


DOMAINS = Kind(parse_host).list()

TOP = (Field("title", line(80), MISSING), Field("source_language", kinds.LANGUAGE, MISSING))
OWNER = Shape(Keeper, NAME_AND_URL)

TABLES: dict[str, Shape] = {
    "organisations.csv": Shape(
        Listing,
        (
            Field("id", kinds.ID, MISSING),
            Field("name", line(), MISSING),
            Field("acronym", line(60)),
            Field("former", line().list(BETWEEN_NAMES)),
            Field("scope", choice("unknown-scope", *SCOPES), MISSING),
            Field("sector", line()),
            Field("country", kinds.COUNTRY),
            Field("parent", kinds.ID),
            Field("languages", kinds.LANGUAGE.list()),
            Field("domains", DOMAINS),
            Field("url", kinds.URL),
            Field("source", kinds.ID),
        ),
    ),
    "sources.csv": Shape(Source, tuple(field for field in shapes.TABLES["sources.csv"].fields if field.name != "file")),
}
"""The tables; a directory keeps no copies of its sources, so theirs have no `file`."""

"""One organisation, as a row of organisations.csv.

Invariant: name and country together are unique within a campaign, and so are acronym and country. `parent` is the name
or the acronym of another organisation of the same list.
"""

from msgspec import Struct

SCOPES = ("national-interprofessional", "national-sectoral", "local", "international", "network")
WITH_COUNTRY = ("national-interprofessional", "national-sectoral", "local")
"""The scopes of organisations that have a country."""


class Organisation(Struct, frozen=True, kw_only=True):
    """A union, federation or network; `endorses` says that it put its name to the statement."""

    name: str
    acronym: str = ""
    scope: str
    sector: str = ""
    country: str = ""
    parent: str = ""
    url: str = ""
    endorses: bool = False

"""One organisation of a directory, as a row of the directory's organisations.csv. Example:

    id,name,acronym,former,scope,sector,country,parent,languages,domains,url,source
    rail-fr,Rail Union,RU,Rail League | Tracks,national-sectoral,rail,FR,workers-fr,fr br,rail.example.org,,page

Invariant: ids are unique in a directory, and `parent` is the id of another listing. A listing does not say that the
organisation stands with anybody: campaigns say that.
"""

from msgspec import Struct


class Listing(Struct, frozen=True, kw_only=True):
    """An organisation with its former names, the languages it works in and the domains that are officially its own."""

    id: str
    name: str
    acronym: str = ""
    former: tuple[str, ...] = ()
    scope: str
    sector: str = ""
    country: str = ""
    parent: str = ""
    languages: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    url: str = ""
    source: str = ""

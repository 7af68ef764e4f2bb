"""The record as files that others can use: tables as CSV and JSON, Popolo, Uwazi's CSV, calendars.

/{campaign}/data/ holds what is the same in every language: facts, people, timeline, organisations, sources and demands
as .csv and .json; popolo.json, popolo-organisations.json and people-uwazi.csv. /{lang}/{campaign}/calendar.ics is a
calendar in one language. docs/data.md describes every file for those who use them.
Invariant: files say nothing that the pages may not say; a file's digest covers all that can change its bytes, and
making it reads no clock. Planning one lays nothing out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from standwith.site.data import calendar
from standwith.site.data.files import TABLES, Files
from standwith.site.data.words import source_of
from standwith.site.digests import digest
from standwith.site.edition import Edition
from standwith.site.pictures import portraits
from standwith.site.planned import Page

__all__ = ["plan_calendar", "plan_data"]

SAID = ("facts", "sources")  # any text may put a figure in, and names a source
MADE_OF: Mapping[str, Sequence[str]] = {
    "facts": SAID,
    "people": ("people", *SAID),
    "timeline": ("timeline", *SAID),
    "organisations": ("organisations",),
    "sources": ("sources",),
    "demands": SAID,
}
"""The tables whose change may change the files of a table."""


def plan_data(group: Mapping[str, Edition], site_url: str) -> Iterator[Page]:
    """The files of a campaign that are the same in every language; `group` is its editions by language."""
    edition, files = source_of(group), Files(group, site_url)

    def plan(name: str, made_from: object, make: Callable[[], bytes]) -> Page:
        return Page(f"{edition.id}/data/{name}", digest(made_from), make)

    for table in TABLES:
        inputs = _made_from(edition, MADE_OF[table], group, site_url)
        if table == "demands":
            inputs = (inputs, edition.made_of.frame)
        yield plan(f"{table}.csv", inputs, partial(files.write_csv, table))
        yield plan(f"{table}.json", inputs, partial(files.write_json, table))
    inputs = _made_from(edition, ("people", "timeline", "organisations", *SAID), group, site_url)
    yield plan("popolo.json", (inputs, edition.campaign.title), files.write_popolo)
    inputs = _made_from(edition, ("organisations",), group, site_url)
    yield plan("popolo-organisations.json", inputs, files.write_popolo_organisations)
    yield plan("people-uwazi.csv", _made_from(edition, ("people", *SAID), group, site_url), files.write_uwazi)


def plan_calendar(edition: Edition, site_url: str) -> Iterator[Page]:
    """The calendar of an edition."""
    parts = [edition.made_of.part(table) for table in ("people", "timeline", *SAID)]
    inputs = (parts, edition.made_of.frame, edition.code, site_url)
    yield Page(f"{edition.path}calendar.ics", digest(inputs), partial(calendar.write, edition, site_url))


def _made_from(edition: Edition, parts: Sequence[str], group: Mapping[str, Edition], site_url: str) -> object:
    campaign = edition.campaign
    pictures = [(name, hung.path) for name, hung in portraits(campaign).items()] if "people" in parts else []
    head = (campaign.id, campaign.owner.name, campaign.owner.url, campaign.source_language, campaign.country)
    return head, tuple(group), site_url, [edition.made_of.part(part) for part in parts], pictures

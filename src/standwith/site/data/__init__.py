"""The record as files that others can use: tables as CSV and JSON, Popolo, Uwazi's CSV, calendars.

/{campaign}/data/ holds what is the same in every language: facts, people, timeline, organisations, sources and demands
as .csv and .json, popolo.json and people-uwazi.csv. /{lang}/{campaign}/calendar.ics is a calendar in one language.
docs/data.md describes every file for those who use them.
Invariant: files say nothing that the pages may not say; a file's digest covers all that can change its bytes, and
making it reads no clock. Planning one lays nothing out.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

from standwith.campaigns.model import Campaign
from standwith.site.data import calendar, csv_files, json_files, uwazi
from standwith.site.data.popolo import Popolo
from standwith.site.data.tables import (
    list_demands,
    list_events,
    list_facts,
    list_organisations,
    list_people,
    list_sources,
)
from standwith.site.data.words import Words, source_of, words_of
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
"""The tables whose change may change a file."""


def plan_data(group: Mapping[str, Edition], site_url: str) -> Iterator[Page]:
    """The files of a campaign that are the same in every language; `group` is its editions by language."""
    edition = source_of(group)
    for table, parts in MADE_OF.items():
        inputs = _made_from(edition, parts, group, site_url)
        if table == "demands":
            inputs = (inputs, edition.made_of.frame)
        yield Page(_place(edition, f"{table}.csv"), digest(inputs), partial(_write_csv, group, table, site_url))
        yield Page(_place(edition, f"{table}.json"), digest(inputs), partial(_write_json, group, table, site_url))
    inputs = _made_from(edition, ("people", "timeline", "organisations", *SAID), group, site_url)
    shown = (inputs, edition.campaign.title)
    yield Page(_place(edition, "popolo.json"), digest(shown), partial(_write_popolo, group, site_url))
    inputs = _made_from(edition, ("people", *SAID), group, site_url)
    yield Page(_place(edition, "people-uwazi.csv"), digest(inputs), partial(_write_uwazi, group, site_url))


def plan_calendar(edition: Edition, site_url: str) -> Iterator[Page]:
    """The calendar of an edition."""
    parts = [edition.made_of.part(table) for table in ("people", "timeline", *SAID)]
    inputs = (parts, edition.made_of.frame, edition.code, site_url)
    path = f"{edition.path}calendar.ics"
    yield Page(path, digest(inputs), partial(calendar.write, edition, site_url))


def _place(edition: Edition, name: str) -> str:
    return f"{edition.id}/data/{name}"


def _made_from(edition: Edition, parts: Sequence[str], group: Mapping[str, Edition], site_url: str) -> object:
    campaign = edition.campaign
    pictures = [(name, hung.path) for name, hung in portraits(campaign).items()] if "people" in parts else []
    head = (campaign.id, campaign.owner.name, campaign.owner.url, campaign.source_language, campaign.country)
    return head, tuple(group), site_url, [edition.made_of.part(part) for part in parts], pictures


def _write_csv(group: Mapping[str, Edition], table: str, site_url: str) -> bytes:
    return csv_files.write_table(table, _rows(group, table, site_url, words_of(group, translated=False)))


def _write_json(group: Mapping[str, Edition], table: str, site_url: str) -> bytes:
    campaign = source_of(group).campaign
    rows = list(_rows(group, table, site_url, words_of(group)))
    return json_files.write_table(table, campaign, rows, json_files.head_of(campaign, table, tuple(group), site_url))


def _write_popolo(group: Mapping[str, Edition], site_url: str) -> bytes:
    campaign, words = source_of(group).campaign, words_of(group)
    people, events = list(list_people(campaign, words, site_url)), list(list_events(campaign, words))
    head = json_files.head_of(campaign, "popolo", tuple(group), site_url)
    days = json_files.days_of("people", people), json_files.days_of("timeline", events)
    return Popolo(campaign, words, people, events, site_url).write(head | {"as_of": json_files.newest(chain(*days))})


def _write_uwazi(group: Mapping[str, Edition], site_url: str) -> bytes:
    words = words_of(group)
    return uwazi.write(words.source.campaign, (words.source, *words.others), site_url)


def _rows(group: Mapping[str, Edition], table: str, site_url: str, words: Words) -> Iterator[Any]:
    campaign: Campaign = source_of(group).campaign
    match table:
        case "facts":
            return list_facts(campaign, words)
        case "people":
            return list_people(campaign, words, site_url)
        case "timeline":
            return list_events(campaign, words)
        case "organisations":
            return list_organisations(campaign)
        case "demands":
            return list_demands(campaign, words)
    return list_sources(campaign)

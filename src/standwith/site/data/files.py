"""The files of a campaign that are the same in every language, made when they are asked for.

Invariant: what several files need is laid out once; texts in another language only for files that carry them. Where a
file lies, and when it is made anew, is not decided here.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any

from standwith.site.data import csv_files, json_files, uwazi
from standwith.site.data.popolo import Popolo, write_organizations
from standwith.site.data.rows import PersonRow
from standwith.site.data.tables import (
    list_demands,
    list_events,
    list_facts,
    list_organisations,
    list_people,
    list_sources,
)
from standwith.site.data.words import Words, source_of, words_of
from standwith.site.edition import Edition

TABLES = ("facts", "people", "timeline", "organisations", "sources", "demands")


class Files:
    """The files of one campaign; `group` is its editions by language."""

    def __init__(self, group: Mapping[str, Edition], site_url: str) -> None:
        self._group, self._url = group, site_url
        self._campaign = source_of(group).campaign

    def write_csv(self, table: str) -> bytes:
        """Return a table as CSV, in the source language."""
        return csv_files.write_table(table, self._rows(table, words_of(self._group, translated=False)))

    def write_json(self, table: str) -> bytes:
        """Return a table as JSON, with its translations."""
        rows = list(self._rows(table, words_of(self._group)))
        return json_files.write_table(table, self._campaign, rows, self._head(table))

    def write_popolo(self) -> bytes:
        """Return the people in Popolo's shapes."""
        words = words_of(self._group, translated=False)
        events = list(list_events(self._campaign, words))
        days = json_files.days_of("people", self._people), json_files.days_of("timeline", events)
        head = self._head("popolo") | {"as_of": json_files.newest(chain(*days))}
        return Popolo(self._campaign, words, self._people, events, self._url).write(head)

    def write_popolo_organisations(self) -> bytes:
        """Return the organisations in Popolo's shapes."""
        words = words_of(self._group, translated=False)
        return write_organizations(self._campaign, words.voice, self._head("popolo") | {"as_of": None})

    def write_uwazi(self) -> bytes:
        """Return the people as Uwazi imports them."""
        words = words_of(self._group)
        return uwazi.write(self._campaign, (words.source, *words.others), self._url)

    @cached_property
    def _people(self) -> tuple[PersonRow, ...]:
        """Kept, for three files are made of them."""
        return tuple(list_people(self._campaign, words_of(self._group), self._url))

    def _head(self, table: str) -> dict[str, Any]:
        return json_files.head_of(self._campaign, table, tuple(self._group), self._url)

    def _rows(self, table: str, words: Words) -> Iterator[Any]:
        match table:
            case "facts":
                return list_facts(self._campaign, words)
            case "people":
                return iter(self._people)
            case "timeline":
                return list_events(self._campaign, words)
            case "organisations":
                return list_organisations(self._campaign)
            case "demands":
                return list_demands(self._campaign, words)
        return list_sources(self._campaign)

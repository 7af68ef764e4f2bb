"""What of a campaign a page is made from: digests of its parts, so that a change remakes the pages that show it only.

Invariant: two campaigns whose digest of a part is the same say the same there, in every language. A frame holds the
facts, too, for any text may put a figure in. Kept copies are known by the digests that their sources say. Reads no
files and decides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall_by
from standwith.languages.catalogue import Catalogue, Entry
from standwith.site.digests import digest

TABLES = ("facts", "people", "timeline", "organisations", "sources")
OF_TABLE = {"facts": "fact", "people": "person", "timeline": "event"}  # how the keys of their strings begin
APART = ("statement", *OF_TABLE.values())


class Ingredients:
    """The digests of one campaign, each made when it is first asked for."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign

    @cached_property
    def whole(self) -> str:
        """Everything that the campaign says."""
        return digest(replace(self._campaign, copies={}))

    @cached_property
    def frame(self) -> str:
        """Everything but the statement and the tables, and the facts."""
        empty: dict[str, Any] = dict.fromkeys((*TABLES, "targets", "statement"), ())
        words = [(key, said) for key, said in self._words.items() if key.partition(":")[0] not in APART]
        return digest(replace(self._campaign, translations={}, copies={}, **empty), words, self.part("facts"))

    def part(self, table: str) -> str:
        """One table with its translations: facts, people, timeline, organisations or sources."""
        if table not in self._parts:
            start = OF_TABLE.get(table)
            words = [(key, said) for key, said in self._words.items() if start and key.startswith(f"{start}:")]
            self._parts[table] = digest(getattr(self._campaign, table), words)
        return self._parts[table]

    def words(self, key: str) -> str:
        """The translations of one row, such as "person:amina", in all languages."""
        if key not in self._digests:
            self._digests[key] = digest(self._words.get(key, ()))
        return self._digests[key]

    @cached_property
    def _parts(self) -> dict[str, str]:
        return {}

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    @cached_property
    def _words(self) -> Mapping[str, list[tuple[str, Entry]]]:
        return _by_row(self._campaign.translations)


@recall_by(lambda translations: (translations,))
def _by_row(translations: Mapping[str, Catalogue]) -> Mapping[str, list[tuple[str, Entry]]]:
    """The entries of all catalogues by row: "headline", "person:amina"."""
    found: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for code, catalogue in sorted(translations.items()):
        for entry in catalogue.entries:
            found[":".join(entry.context.split(":", 2)[:2])].append((code, entry))
    return found

"""Places that an import left for a human: who answers for the campaign, of whom it asks, who published a source."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from standwith.campaigns.draft import Draft, Entry

FIELDS = ("name", "email", "addressee", "publisher")
MARKS = ("To be filled in", "to-be-filled-in@")


def check_unfinished(draft: Draft) -> None:
    """Each place that still says so."""
    owner: Iterable[Entry[Any]] = [draft.owner] if draft.owner else []
    for entry in chain(owner, draft.demand, draft.sources):
        for name in FIELDS:
            if str(getattr(entry.value, name, "")).startswith(MARKS):
                draft.report.add("to-be-filled-in", entry.at(name), f"“{name}” is still what the import put there.")

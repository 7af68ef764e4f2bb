"""Placeholders in every text that is shown in the reader's language: each stands for a fact that exists."""

import re
from collections.abc import Iterator
from typing import Any

from standwith.campaigns.draft import Draft, Entry
from standwith.campaigns.placeholders import FACT, MARKER, SUSPECT
from standwith.manuscript import Place

SAID = {
    "head": ("title", "headline", "summary"),
    "beneficiary": ("name",),
    "demand": ("text", "addressee"),
    "action": ("title", "text"),
    "media": ("alt",),
    "facts": ("what", "disputed"),
    "people": ("role", "organisation", "detail"),
    "timeline": ("title", "place"),
}
"""The fields that are translated, where the pages put facts in; the statement is read block by block."""

_BRACES = re.compile(f"{MARKER.pattern}|{SUSPECT.pattern}", re.DOTALL)


def check_texts(draft: Draft) -> None:
    """The placeholders of all fields that are translated."""
    for part, names in SAID.items():
        for entry in _entries(getattr(draft, part)):
            for name in names:
                check_placeholders(draft, getattr(entry.value, name), entry.at(name))


def _entries(part: list[Entry[Any]] | Entry[Any] | None) -> Iterator[Entry[Any]]:
    if isinstance(part, list):
        yield from part
    elif part is not None:
        yield part


def check_placeholders(draft: Draft, text: str, place: Place) -> None:
    """Every {…} is a fact that exists; template markers of other programmes are shown as typed."""
    for match in _BRACES.finditer(text):
        at = draft.report.seek(place, match[0])
        fact = FACT.fullmatch(match[0])
        if MARKER.fullmatch(match[0]):
            draft.report.add("template-marker", at, f"“{match[0][:40]}” is not filled in.")
        elif not fact:
            draft.report.add("unknown-placeholder", at, f"“{match[0]}” is not a placeholder.")
        elif not draft.knows("facts.csv", fact[1]):
            draft.report.add("unknown-fact", at, f"There is no fact “{fact[1]}” in facts.csv.")
        elif fact[1] in draft.superseded:
            newer = draft.superseded[fact[1]]
            what = f"The fact “{newer}” has taken the place of “{fact[1]}”."
            draft.report.add("superseded-fact-used", at, what, f"Write {{fact:{newer}}}.")
        place = at._replace(column=at.column + 1)

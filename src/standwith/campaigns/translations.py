"""The translations of a campaign: what is missing, what is stale, and which languages may be published.

A string is *current* (its translation follows the source as it stands), *stale* (it follows an older source: the page
shows it with a mark), or *missing* (the page shows the source, marked as that language). A language's gate is open, or
"live", when no required string is missing and the interface is complete in it; stale strings do not close it.

Invariant: whatever a catalogue says is first brought up to date with the campaign in memory, so a page never shows a
translation as current whose source has changed, updated file or not; a translation with a lost or unknown placeholder
counts as missing. Pure: reads and writes no files. Decision: docs/decisions/0010-translations-and-their-gate.md.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall
from standwith.campaigns.strings import SourceString, slots, strings
from standwith.languages.catalogue import Catalogue, Entry
from standwith.languages.merge import Wanted, merge
from standwith.languages.messages import untranslated
from standwith.languages.placeholders import extra_placeholders, lost_placeholders, placeholders

__all__ = [
    "Gate",
    "Localised",
    "SourceString",
    "Text",
    "extra_placeholders",
    "gate",
    "localise",
    "lost_placeholders",
    "publishable",
    "strings",
    "update",
]

State = Literal["current", "stale", "missing"]


class Text(Struct, frozen=True):
    """A text as a page shows it: `language` is the one it is written in, for the lang attribute."""

    text: str
    language: str
    state: State = "current"


class Localised(Struct, frozen=True):
    """A campaign's texts in one language, by key; what is missing stands in the source language."""

    code: str
    texts: Mapping[str, Text]

    def text(self, key: str) -> Text:
        """The text under a key of `strings`; "" where the campaign leaves it empty, KeyError where no such place is."""
        return self.texts[key]

    @property
    def statement(self) -> tuple[Text, ...]:
        """The blocks of the statement, in order."""
        return tuple(text for key, text in self.texts.items() if key.startswith("statement:"))


class Gate(Struct, frozen=True, kw_only=True):
    """Where a language stands; counts of strings, `interface_missing` of the interface's own messages."""

    code: str
    live: bool
    missing: int = 0
    stale: int = 0
    total: int = 0
    required_missing: int = 0
    interface_missing: int = 0

    @property
    def words(self) -> str:
        """The state in a word or two: live · stale: 2 · nearly: 3 strings · missing: 80 strings · not begun."""
        if self.live:
            return f"stale: {self.stale}" if self.stale else "live"
        if self.missing == self.total:
            return "not begun"
        if not self.required_missing:
            return f"interface: {_count(self.interface_missing)}"
        nearly = self.required_missing * 4 <= self.total
        return f"{'nearly' if nearly else 'missing'}: {_count(self.required_missing)}"


def update(campaign: Campaign, catalogue: Catalogue) -> Catalogue:
    """The catalogue with one entry per string of the campaign: changed sources stale, removed ones kept as obsolete."""
    wanted = (
        Wanted(context=string.key, source=string.text, notes=_notes(string), where=(string.where,))
        for string in strings(campaign)
    )
    return merge(catalogue, wanted)


def catalogue_of(campaign: Campaign, code: str) -> Catalogue:
    """The up-to-date catalogue of a language, empty where nobody has begun."""
    return update(campaign, campaign.translations.get(code) or Catalogue(language=code))


@recall
def localise(campaign: Campaign, code: str) -> Localised:
    """All texts of the campaign as a page in language `code` shows them."""
    source = campaign.source_language
    texts = {slot.key: Text(slot.text, source) for slot in slots(campaign)}
    if code != source:
        known = {f"fact:{fact.id}" for fact in campaign.facts}
        for entry in _followed(texts, campaign.translations.get(code) or Catalogue(language=code)):
            texts[entry.context] = _shown(entry, code, source, known)
    return Localised(code, texts)


def _followed(texts: Mapping[str, Text], catalogue: Catalogue) -> Iterator[Entry]:
    """The entries of these texts, as `update` would have them but for what only translators see.

    Most texts stand in the catalogue as they are; the others, and what is left of it, are merged.
    """
    left = {entry.key: entry for entry in catalogue.entries}
    missing = []
    for key, shown in texts.items():
        if not shown.text:
            continue
        entry = left.get((key, shown.text))
        if entry is None or entry.obsolete or entry.plural:
            missing.append(Wanted(context=key, source=shown.text))
        else:
            del left[entry.key]
            yield entry
    yield from merge(replace(catalogue, entries=tuple(left.values())), missing).live()


@recall
def gate(campaign: Campaign, code: str) -> Gate:
    """Whether a language may be published, and what it still lacks; the source language always may."""
    asked = [slot for slot in slots(campaign) if slot.text]
    if code == campaign.source_language:
        return Gate(code=code, live=True, total=len(asked))
    texts = localise(campaign, code)
    states = [texts.text(string.key).state for string in asked]
    lacking = [string for string, state in zip(asked, states, strict=True) if state == "missing"]
    required_missing = sum(string.required for string in lacking)
    interface_missing = len(untranslated(code))
    return Gate(
        code=code,
        live=not required_missing and not interface_missing,
        missing=len(lacking),
        stale=states.count("stale"),
        total=len(asked),
        required_missing=required_missing,
        interface_missing=interface_missing,
    )


def publishable(campaign: Campaign) -> tuple[str, ...]:
    """The campaign's languages whose gate is open, in the order the campaign lists them; the source among them."""
    codes = dict.fromkeys((*campaign.languages, campaign.source_language))
    return tuple(code for code in codes if gate(campaign, code).live)


def _shown(entry: Entry, code: str, source: str, known: set[str]) -> Text:
    if not entry.translated or not _usable(entry, known):
        return Text(entry.source, source, "missing")
    return Text(entry.target, code, "stale" if entry.fuzzy else "current")


def _usable(entry: Entry, known: set[str]) -> bool:
    """False if a figure would be lost, or a placeholder would stand on the page."""
    if "{" not in entry.source and "{" not in entry.target:
        return True
    if entry.fuzzy:
        return placeholders(entry.target).keys() <= known | placeholders(entry.source).keys()
    return placeholders(entry.target).keys() == placeholders(entry.source).keys()


def _notes(string: SourceString) -> tuple[str, ...]:
    return (string.note,) if string.note else ()


def _count(n: int) -> str:
    return "1 string" if n == 1 else f"{n} strings"

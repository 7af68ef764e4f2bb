"""Bring a catalogue up to date with what is to be translated now, without losing a translator's work.

Invariant: no translation is ever thrown away: it stays current (the text is the same, wherever it moved), becomes stale
(the text changed: fuzzy, with the text that it follows), or is kept as obsolete (the text is gone) until the text comes
back. Merging twice changes nothing more. Does not read files. Standard: what gettext's msgmerge does, plus moves.
"""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

import msgspec

from standwith.languages.catalogue import Catalogue, Entry, Key

# Below this likeness two texts are two texts: showing one as the older form of the other would mislead.
ALIKE = 0.6


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A string to be translated. `context` is its key, "kind:which" or "kind:which:part", or "" in the interface."""

    source: str
    context: str = ""
    plural: str = ""
    notes: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """What tells this string from others."""
        return (self.context, self.source)


def merge(catalogue: Catalogue, wanted: Iterable[Wanted]) -> Catalogue:
    """The catalogue with one entry per wanted string, in that order, then what is obsolete."""
    strings = tuple(wanted)
    pool = {entry.key: entry for entry in catalogue.entries}
    found: dict[Key, Entry] = {}
    for search in (_same, _moved, _changed, _alike):
        missing = [string for string in strings if string.key not in found]
        for string, entry in search(missing, pool):
            if entry.key in pool and string.key not in found:
                found[string.key] = _revise(pool.pop(entry.key), string)
    entries = tuple(found.get(string.key) or _revise(Entry(source=string.source), string) for string in strings)
    return msgspec.structs.replace(catalogue, entries=entries + _obsolete(pool.values()))


Pool = dict[Key, Entry]
Pairs = Iterable[tuple[Wanted, Entry]]


def _same(missing: Sequence[Wanted], pool: Pool) -> Pairs:
    """The same text under the same key, be it obsolete: it came back."""
    return [(string, pool[string.key]) for string in missing if string.key in pool and _fits(string, pool[string.key])]


def _moved(missing: Sequence[Wanted], pool: Pool) -> Pairs:
    """The same text under another key of its kind: a block that moved, a fact that was renamed."""
    here = {(_kind(entry.context), entry.source): entry for entry in pool.values() if entry.translated}
    keys = ((string, (_kind(string.context), string.source)) for string in missing)
    return [(string, here[key]) for string, key in keys if key in here and _fits(string, here[key])]


def _changed(missing: Sequence[Wanted], pool: Pool) -> Pairs:
    """Another text under the same key, where the key names one thing and not just a place in a row."""
    here = {entry.context: entry for entry in pool.values() if entry.translated and not entry.obsolete}
    named = (string for string in missing if string.context and not _is_place(string.context))
    return [(string, here[string.context]) for string in named if string.context in here]


def _alike(missing: Sequence[Wanted], pool: Pool) -> Pairs:
    """The most similar texts of one kind, the best pairs first."""
    rest = [entry for entry in pool.values() if entry.translated and not entry.obsolete]
    pairs = [(_likeness(string, entry), string, entry) for string in missing for entry in rest if _fits(string, entry)]
    pairs = [pair for pair in pairs if pair[0] >= ALIKE]
    return [(string, entry) for _, string, entry in sorted(pairs, key=lambda pair: -pair[0])]


def _fits(string: Wanted, entry: Entry) -> bool:
    """True if a translation of one can be one of the other: same kind of key, both count or neither does."""
    return _kind(string.context) == _kind(entry.context) and bool(string.plural) == bool(entry.plural)


def _likeness(string: Wanted, entry: Entry) -> float:
    matcher = SequenceMatcher(None, string.source, entry.source, autojunk=False)
    quick: tuple[Callable[[], float], ...] = (matcher.real_quick_ratio, matcher.quick_ratio)
    return 0.0 if any(ratio() < ALIKE for ratio in quick) else matcher.ratio()


def _kind(context: str) -> tuple[str, ...]:
    """("fact", "what") of "fact:killed:what": all but which one it is."""
    kind, _, rest = context.partition(":")
    return (kind, rest.partition(":")[2])


def _is_place(context: str) -> bool:
    return context.partition(":")[2].isdigit()


def _revise(entry: Entry, string: Wanted) -> Entry:
    """The entry for this string: stale if the text is no longer the one that the translation follows."""
    followed = entry.previous if entry.fuzzy and entry.previous else entry.source
    changed = (entry.source, entry.plural) != (string.source, string.plural)
    fuzzy = entry.translated and (entry.fuzzy if not changed else followed != string.source)
    return msgspec.structs.replace(
        entry,
        source=string.source,
        plural=string.plural,
        context=string.context,
        notes=string.notes,
        where=string.where,
        fuzzy=fuzzy,
        previous=(followed if changed else entry.previous) if fuzzy else "",
        obsolete=False,
    )


def _obsolete(rest: Iterable[Entry]) -> tuple[Entry, ...]:
    kept = (entry for entry in rest if entry.translated)
    return tuple(msgspec.structs.replace(entry, obsolete=True, notes=(), where=()) for entry in kept)

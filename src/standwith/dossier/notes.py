"""The footnotes: every source in full where it is cited first, and short with the number of that note from then on.

Invariant: the notes are numbered in the order in which they are asked for, which is the order of the document. Within
one matter, or one person's history, a source has one note, and its number stands again.
"""

from collections.abc import Iterable, Mapping

from standwith.dossier.told import Mark, Source
from standwith.languages import Voice
from standwith.languages import translatable as _t

SEE = _t("see note {n}")
"""In a footnote, behind a source that an earlier note names in full."""

FEW = 12
"""A matter with more rows than this may run over a page, where a number alone would not be found."""


class Notes:
    """The notes of one dossier as it is composed."""

    def __init__(self, sources: Mapping[str, Source], voice: Voice) -> None:
        self._sources, self._voice = sources, voice
        self._number = 0
        self._first: dict[str, int] = {}

    def cite(self, names: Iterable[str], near: dict[str, Mark] | None = None) -> tuple[Mark, ...]:
        """Return a mark for each of the sources named; `near` holds those of the same matter."""
        return tuple(self._mark(name, near) for name in dict.fromkeys(names) if name in self._sources)

    def _mark(self, name: str, near: dict[str, Mark] | None) -> Mark:
        if near is not None and name in near:
            return near[name]
        mark = self._add(name)
        if near is not None:
            near[name] = Mark(number=mark.number, again=True)
        return mark

    def _add(self, name: str) -> Mark:
        self._number += 1
        source, first = self._sources[name], self._first.setdefault(name, self._number)
        if first == self._number:
            return Mark(number=first, source=source)
        see = self._voice.gettext(SEE, n=first)
        return Mark(number=self._number, source=source, see=see, first=first)


def near(rows: int) -> dict[str, Mark] | None:
    """Return where a matter of so many rows keeps its marks; None if every row needs a note of its own."""
    return {} if rows <= FEW else None

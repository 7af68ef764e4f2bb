"""The footnotes: every source in full where it is cited first, and short with the number of that note from then on.

Invariant: the notes are numbered in the order in which they are asked for, which is the order of the document. Within
one matter, or one person's history, a source has one note, and its number stands again.
"""

from collections.abc import Iterable, Sequence

from standwith.campaigns.model import Source
from standwith.dossier.told import Mark, Note
from standwith.languages import Voice
from standwith.languages import translatable as _t

SEE = _t("see note {n}")
"""In a footnote, behind a source that an earlier note names in full."""

FEW = 12
"""A matter with more rows than this may run over a page, where a number alone would not be found."""


class Notes:
    """The notes of one dossier as it is composed; `all` is what the template prints."""

    def __init__(self, sources: Sequence[Source], voice: Voice) -> None:
        self.all: list[Note] = []
        self._places = {source.id: place for place, source in enumerate(sources)}
        self._voice = voice
        self._first: dict[int, int] = {}

    def cite(self, names: Iterable[str], near: dict[str, Mark] | None = None) -> tuple[Mark, ...]:
        """Return a mark for each of the sources named; `near` holds those of the same matter."""
        return tuple(self._mark(name, near) for name in dict.fromkeys(names) if name in self._places)

    def _mark(self, name: str, near: dict[str, Mark] | None) -> Mark:
        if near is not None and name in near:
            return near[name]
        mark = self._add(self._places[name])
        if near is not None:
            near[name] = Mark(number=mark.number, again=True)
        return mark

    def _add(self, place: int) -> Mark:
        number = len(self.all) + 1
        first = self._first.setdefault(place, number)
        if first == number:
            self.all.append(Note(source=place))
        else:
            self.all.append(Note(source=place, see=self._voice.gettext(SEE, n=first), first=first))
        return Mark(number=number)


def near(rows: int) -> dict[str, Mark] | None:
    """Return where a matter of so many rows keeps its marks; None if every row needs a note of its own."""
    return {} if rows <= FEW else None

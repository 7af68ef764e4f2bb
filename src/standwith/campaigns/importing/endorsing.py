"""Lines of lists become organisations that endorse.

Invariant: the rows pass `standwith check`: no name or acronym twice in a country, every scope known. What of a line is
not in its row (the country as printed, a name in another script) is told, and so is everything that was guessed.
"""

from collections.abc import Iterable

from standwith.campaigns.importing.parts import Line
from standwith.campaigns.importing.scopes import guess_scope, scope_of
from standwith.campaigns.importing.told import Doubt, Left, Told
from standwith.organisations import Organisation


class Endorsers:
    """The organisations of all documents, each once."""

    def __init__(self, told: Told) -> None:
        self.rows: list[Organisation] = []
        self._told = told
        self._known: dict[tuple[str, str], Organisation] = {}

    def take(self, file: str, lines: Iterable[Line]) -> None:
        """Adds the organisations of one document."""
        for line in lines:
            self._take(file, line)
        self._told.organisations = len(self.rows)

    def _take(self, file: str, line: Line) -> None:
        listed, where = line.listed, f"{file}, {line.block.place.words}"
        if (listed.name.casefold(), listed.country) in self._known:
            self._leave(file, line, "listed already")
            return
        scope = scope_of(line.heading) or guess_scope(listed.name, listed.country)
        acronym = self._free_acronym(listed.acronym, listed.country, where)
        row = Organisation(name=listed.name, acronym=acronym, scope=scope, country=listed.country, endorses=True)
        self.rows.append(row)
        for name in filter(None, (row.name, row.acronym)):
            self._known.setdefault((name.casefold(), row.country), row)
        if listed.country:
            self._told.countries.setdefault(listed.printed, listed.country)
        self._note(file, line, scope)

    def _free_acronym(self, acronym: str, country: str, where: str) -> str:
        taken = self._known.get((acronym.casefold(), country)) if acronym else None
        if taken is None:
            return acronym
        self._doubt(where, f"the acronym {acronym} is already that of {taken.name}", acronym)
        return ""

    def _note(self, file: str, line: Line, scope: str) -> None:
        listed, where = line.listed, f"{file}, {line.block.place.words}"
        if listed.native:
            self._leave(
                file, line, f"its name in another script, ({listed.native}), is not in the row of {listed.name}"
            )
        if listed.printed and not listed.country:
            self._doubt(
                where, f"no country is called {listed.printed}; the row of {listed.name} has none", line.block.plain
            )
        elif not listed.country:
            self._doubt(where, f"no country is printed for {listed.name}", line.block.plain)
        if not scope_of(line.heading):
            self._doubt(where, f"the scope of {listed.name}, {scope}, was guessed from its name", line.block.plain)

    def _leave(self, file: str, line: Line, why: str) -> None:
        block = line.block
        self._told.left.append(Left(file=file, place=block.place.words, text=block.plain, why=why))

    def _doubt(self, where: str, why: str, text: str) -> None:
        self._told.doubts.append(Doubt(where=where, why=why, text=text))

"""The roll of organisations that put their names to the statement, in pages when it is long.

Invariant: every organisation of the roll stands on exactly one page, under its scope and country.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from standwith.site.edition import Edition
from standwith.site.paging import Cut, cut
from standwith.site.planned import Sheet
from standwith.site.roll import part_of

ROWS = 100  # with names as long as they may be, a page stays in the budget


def plan_organisations(edition: Edition) -> Iterator[Sheet]:
    """The roll, a page for so many."""
    size = sum(organisation.endorses for organisation in edition.campaign.organisations)
    made_from = edition.made_of.part("organisations"), sorted(edition.federations.items())
    for piece in cut("organisations/", range(size), ROWS):
        yield Sheet(
            place=piece.place,
            template="organisations.html",
            made_from=made_from,
            tell=partial(_tell, edition, piece),
            listed=piece.number == 1,
        )


def _tell(edition: Edition, piece: Cut[int]) -> dict[str, Any]:
    start = piece.rows[0] if piece.rows else 0
    return {
        "title": edition.voice.gettext("Organisations"),
        "chapters": part_of(edition.view.roll, start, start + len(piece.rows)),
        "federations": edition.federations,
        "piece": piece,
        "root": f"/{edition.path}",
    }

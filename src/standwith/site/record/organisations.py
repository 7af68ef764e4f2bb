"""The roll of organisations that put their names to the statement."""

from collections.abc import Iterator

from standwith.site.edition import Edition
from standwith.site.planned import Sheet


def plan_organisations(edition: Edition) -> Iterator[Sheet]:
    """One page."""
    yield Sheet(
        place="organisations/",
        template="organisations.html",
        made_from=edition.made_of.part("organisations"),
        tell=lambda: {"title": edition.voice.gettext("Organisations")},
        listed=True,
    )

"""The page of sources: everything that the campaign rests on."""

from collections.abc import Iterator

from standwith.site.edition import Edition
from standwith.site.planned import Sheet


def plan_sources(edition: Edition) -> Iterator[Sheet]:
    """One page."""
    yield Sheet(
        place="sources/",
        template="sources.html",
        made_from=edition.made_of.part("sources"),
        tell=lambda: {"title": edition.voice.gettext("Sources")},
        listed=True,
    )

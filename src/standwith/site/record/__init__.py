"""The record of a campaign as pages: sources, organisations, people, facts, events, and the same as files to reuse.

Invariant: each file here plans pages of one kind, and none knows another. What a page is framed by is for pages.py.
"""

from collections.abc import Callable, Iterator

from standwith.site.edition import Edition
from standwith.site.planned import Sheet
from standwith.site.record.facts import plan_facts
from standwith.site.record.organisations import plan_organisations
from standwith.site.record.people import plan_people
from standwith.site.record.sources import plan_sources
from standwith.site.record.timeline import plan_timeline

PLANS: tuple[Callable[[Edition], Iterator[Sheet]], ...] = (
    plan_sources,
    plan_facts,
    plan_timeline,
    plan_people,
    plan_organisations,
)


def plan_record(edition: Edition) -> Iterator[Sheet]:
    """The pages of the record of an edition."""
    for plan in PLANS:
        yield from plan(edition)

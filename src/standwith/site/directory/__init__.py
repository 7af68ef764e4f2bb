"""The directory of organisations across campaigns as pages: the world, each country, each federation, and the search.

Holds: `gather` (who is in it: a directory's folder joined with the campaigns' rows), `plan_directory` (the pages of one
language), `plan_search` (files that a script asks for names, for all languages).
Invariant: every organisation stands on exactly one country's page, or on that of those without a country; a page of its
own has only who has others below, so that 20,000 organisations in 13 languages stay a few thousand pages.
"""

from standwith.site.directory.pages import plan_directory
from standwith.site.directory.roster import Roster, gather
from standwith.site.directory.search import plan_search

__all__ = ["Roster", "gather", "plan_directory", "plan_search"]

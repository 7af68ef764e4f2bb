"""Importing: documents that unions have become the draft of a campaign folder.

`parts` takes a document apart, `aligning` sets language versions side by side, `listing` reads lists of organisations,
`dating` finds dates, `drafting` makes the campaign, `telling` the report. Invariant: every block of every document
becomes a part of the folder or is told in the report, with its place; what is uncertain is marked for a human. Does not
read files or decide; nothing is published from here.
"""

from standwith.campaigns.importing.bringing import Brought, ImportRefused, bring
from standwith.campaigns.importing.drafting import Wishes

__all__ = ["Brought", "ImportRefused", "Wishes", "bring"]

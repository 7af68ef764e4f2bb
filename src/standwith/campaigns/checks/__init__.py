"""What must hold between the values of a campaign folder, one file per thing that is checked.

Each check takes a draft and notes what is wrong in its report; none changes anything. Invariant: a value that could not
be read is left alone, so that one slip makes one finding. The kinds of mistakes are in `..mistakes_of_sense`.
"""

from standwith.campaigns.checks.catalogues import check_translations
from standwith.campaigns.checks.copies import check_copies
from standwith.campaigns.checks.custodians import check_custodians
from standwith.campaigns.checks.demands import check_actions, check_demands
from standwith.campaigns.checks.facts import check_facts
from standwith.campaigns.checks.frame import check_frame
from standwith.campaigns.checks.media import check_media
from standwith.campaigns.checks.organisations import check_organisations
from standwith.campaigns.checks.people import check_people
from standwith.campaigns.checks.people_details import check_people_details
from standwith.campaigns.checks.placeholders import check_texts
from standwith.campaigns.checks.references import check_ids, check_sources
from standwith.campaigns.checks.series import check_history
from standwith.campaigns.checks.statement import check_statement
from standwith.campaigns.checks.timeline import check_targets, check_timeline
from standwith.campaigns.checks.unfinished import check_unfinished
from standwith.campaigns.draft import Draft


def check_draft(draft: Draft) -> None:
    """Every check of every part."""
    for check in (
        check_frame,
        check_custodians,
        check_ids,
        check_sources,
        check_demands,
        check_actions,
        check_statement,
        check_texts,
        check_facts,
        check_history,
        check_people,
        check_people_details,
        check_timeline,
        check_organisations,
        check_targets,
        check_media,
        check_copies,
        check_translations,
        check_unfinished,
    ):
        check(draft)

"""People the campaign speaks of: how much of them may be shown, and what happened to them, each with its source.

Invariant: nobody is shown beyond consent and risk; the strictest level wins. Holds no supporters and reads no files.
"""

from standwith.people.days import Days, days_inside, is_free, is_inside
from standwith.people.person import CONSENTS, RISKS, STATUSES, Person, Status
from standwith.people.places import public_id, public_ids
from standwith.people.settling import settle
from standwith.people.showing import SHOWN, ceiling, is_withdrawn, may_show_photo, strictest

__all__ = [
    "CONSENTS",
    "RISKS",
    "SHOWN",
    "STATUSES",
    "Days",
    "Person",
    "Status",
    "ceiling",
    "days_inside",
    "is_free",
    "is_inside",
    "is_withdrawn",
    "may_show_photo",
    "public_id",
    "public_ids",
    "settle",
    "strictest",
]

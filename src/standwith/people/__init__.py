"""People the campaign speaks of: how much of them may be shown, and what happened to them, each with its source.

Invariant: nobody is shown beyond consent and risk; the strictest level wins. Holds no supporters and reads no files.
"""

from standwith.people.person import CONSENTS, RISKS, STATUSES, Person, Status
from standwith.people.places import public_id, public_ids
from standwith.people.showing import SHOWN, ceiling, strictest

__all__ = [
    "CONSENTS",
    "RISKS",
    "SHOWN",
    "STATUSES",
    "Person",
    "Status",
    "ceiling",
    "public_id",
    "public_ids",
    "strictest",
]

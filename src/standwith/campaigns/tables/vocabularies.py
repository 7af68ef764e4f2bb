"""The small vocabularies of the columns that hold one of a few words."""

from collections.abc import Mapping

from standwith.organisations import SCOPES
from standwith.people import CONSENTS, RISKS, SHOWN, STATUSES

WORDS: Mapping[str, tuple[str, ...]] = {
    "shown": SHOWN,
    "consent": CONSENTS,
    "photo_consent": CONSENTS,
    "risk": RISKS,
    "status": STATUSES,
    "scope": SCOPES,
}

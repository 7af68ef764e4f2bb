"""The pages that explain, one of each kind in every language: how we count, your data, audits, and the one that checks.

Invariant: `inputs` holds everything that a page shows besides the campaigns' texts and languages, so a page is made
again when that changes and only then; the size of the ledger stands on the page that explains the count and nowhere
else. It makes no page: pages.py does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from standwith.campaigns.custodians import Custodians, usual_number
from standwith.languages import Voice
from standwith.site.audits import SAMPLES, share, view_audits
from standwith.site.edition import Edition
from standwith.site.labels import REASONS
from standwith.site.ledger import LedgerShown
from standwith.site.numbers import Numbers
from standwith.site.scripts import script
from standwith.site.told import tell_check

Keepers = Mapping[str, Custodians]
"""Campaign id -> its custodians, where the campaign's own folder names none."""


class Explanation(NamedTuple):
    """One page: what it is made from, and what its template is told (asked for only when the page is made)."""

    name: str
    inputs: object
    tell: Callable[[], dict[str, Any]]


def explanations(
    stories: Sequence[Edition], voice: Voice, *, site_url: str, ledger: LedgerShown | None, keepers: Keepers
) -> Iterator[Explanation]:
    """All of them in one language; without a ledger nothing is there to check."""
    counted = [_in_ledger(story.numbers) for story in stories]
    yield Explanation("how-we-count", (ledger, counted), partial(_tell_count, stories, voice))
    kept = [(_keepers_of(story, keepers), story.numbers.rehearsed) for story in stories]
    yield Explanation("your-data", (ledger is None, kept), partial(_tell_data, stories, keepers))
    if ledger:
        audits = [story.numbers.audits for story in stories]
        yield Explanation("audits", (ledger, audits), partial(_tell_audits, stories, voice))
        yield Explanation("verify", (ledger,), partial(_tell_check, stories, voice, site_url, ledger))


def _in_ledger(numbers: Numbers) -> object:
    audit = numbers.audits[-1:]
    removed = numbers.removed, numbers.withdrawn, numbers.waiting, numbers.sifted
    return numbers.confirmed, removed, numbers.size, numbers.cosigned, numbers.witnesses, audit


def _tell_count(stories: Sequence[Edition], voice: Voice) -> dict[str, Any]:
    largest = max((story.numbers for story in stories), key=lambda numbers: numbers.size, default=Numbers())
    return {
        "links": [(story.id, story.view.title) for story in stories],
        "counted": [(story.view.title, story.numbers, story.guarded) for story in stories],
        "size": largest.size,
        "cosigned": largest.cosigned,
        "witnesses": largest.witnesses,
        "reason_name": partial(reason_name, voice),
        "share": partial(share, voice=voice),
    }


def reason_name(voice: Voice, reason: int) -> str:
    """Return why signatures were removed; a reason of a later standwith is said by its number."""
    return voice.gettext(REASONS[reason]) if reason in REASONS else voice.number(reason)


def _tell_data(stories: Sequence[Edition], keepers: Keepers) -> dict[str, Any]:
    return {
        "contacts": [_contact(story, keepers) for story in stories],
        "guarded": [str(story.view.title) for story in stories if story.guarded],
    }


def _contact(story: Edition, keepers: Keepers) -> tuple[object, ...]:
    custodians = _keepers_of(story, keepers)
    names = [one.name for one in custodians.all if one.name] if custodians else []
    return story.view.title, story.campaign.owner, custodians, names, story.numbers.rehearsed


def _keepers_of(story: Edition, keepers: Keepers) -> Custodians | None:
    found = story.campaign.custodians
    if not found:
        return keepers.get(story.id)
    return Custodians(found, story.campaign.custodians_needed or usual_number(len(found)))


def _tell_audits(stories: Sequence[Edition], voice: Voice) -> dict[str, Any]:
    made = [(audit, str(story.view.title)) for story in stories for audit in story.numbers.audits]
    return {"audits": view_audits(made, voice), "samples": SAMPLES, "share": partial(share, voice=voice)}


def _tell_check(stories: Sequence[Edition], voice: Voice, site_url: str, ledger: LedgerShown) -> dict[str, Any]:
    campaigns = [(story.id, str(story.view.title), f"{site_url}/{story.path}") for story in stories]
    return {"told": tell_check(voice, ledger, campaigns), "inline": script("verify"), "reads": ledger.log_url}

"""Text versions: which text of a campaign has which number, so that every signature says what it was given to.

A version is a source text with its translations; it is told by the digest of the source. A translation that changes
joins the version; a translation that did not change when the source did still belongs to the version it was made for.
Before the first signature a changed source replaces version 1, and the old texts get number 0. Should somebody still
sign one of them (they had the page open), it gets a number of its own then.
Signatures whose rows were lost with their machine (resume.py) belong to a text that nobody knows: it has no digest and
the number 0, and nobody can sign it.
Invariant: a digest, once registered, is known for good; the number of a text that somebody signed never changes.
Does not compute digests: campaigns/texts.py does.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from standwith.supporters.close import reopen
from standwith.supporters.errors import NeedsNote
from standwith.supporters.models import TextVersion
from standwith.supporters.profiles import set_profile
from standwith.supporters.queries import is_signed

UNKNOWN = ""  # the digest of a text that nobody knows any more
LATE_NOTE = "An earlier wording, replaced while people were signing it."


@transaction.atomic
def register(
    campaign: str,
    texts: Mapping[str, str],
    *,
    note: str | None,
    now: datetime,
    over: bool = False,
    guarded: bool = False,
) -> int:
    """Make these texts (language: digest; the source language first) known; return the number of their version.

    `over` says that its last day has passed. Raises NeedsNote when a signed text changed and `note` says nothing about
    it, CampaignOver when it is to take signatures again after its duplicate key was destroyed on purpose, ProfileFixed
    when people signed it under another profile.
    """
    signed = is_signed(campaign)
    if not over:
        reopen(campaign, signed=signed)
    set_profile(campaign, guarded=guarded, signed=signed)
    known = {text.digest: text for text in TextVersion.objects.select_for_update().filter(campaign=campaign)}
    number, note = _number_for(campaign, next(iter(texts.values())), known, signed, (note or "").strip())
    for language, digest in texts.items():
        text = known.get(digest)
        if text is None:
            TextVersion.objects.create(
                campaign=campaign, number=number, language=language, digest=digest, note=note, published=now
            )
        elif text.number == 0:
            text.number, text.note, text.published = number, note, now
            text.save()
    return number


def known_texts(campaign: str) -> Sequence[tuple[str, str, int]]:
    """Every text that people may have been shown, as (digest, language, version number)."""
    texts = TextVersion.objects.filter(campaign=campaign).exclude(digest=UNKNOWN).order_by("number", "language", "pk")
    return list(texts.values_list("digest", "language", "number"))


def known_campaigns() -> list[str]:
    """The campaigns of which a text was ever registered."""
    return sorted(set(TextVersion.objects.values_list("campaign", flat=True)))


def unknown_text(campaign: str, now: datetime) -> TextVersion:
    """What stands for the texts of signatures of which only the leaf is left."""
    nothing = {"number": 0, "language": "und", "published": now}
    return TextVersion.objects.get_or_create(campaign=campaign, digest=UNKNOWN, defaults=nothing)[0]


def give_number(text: TextVersion) -> TextVersion:
    """The text, with a number: one that was replaced unsigned becomes a version of its own when somebody signs it."""
    if text.number == 0:
        text.number, text.note = _highest(text.campaign) + 1, LATE_NOTE
        text.save()
    return text


def _number_for(
    campaign: str, source: str, known: Mapping[str, TextVersion], signed: bool, note: str
) -> tuple[int, str]:
    """The version number and note for a source text; sets unsigned versions aside."""
    if source in known and known[source].number:
        return known[source].number, known[source].note
    if not signed:
        TextVersion.objects.filter(campaign=campaign).update(number=0)
        for text in known.values():
            text.number = 0
        return 1, ""
    if not note:
        raise NeedsNote(
            f"People have signed {campaign}, and its statement has changed: say what changed with --new-version "
            '"what changed".'
        )
    return _highest(campaign) + 1, note


def _highest(campaign: str) -> int:
    return TextVersion.objects.filter(campaign=campaign).aggregate(highest=Max("number"))["highest"] or 0

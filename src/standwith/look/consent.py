"""What a person agrees to when signing: one sentence for one purpose, none of them ticked beforehand.

Invariant: the sentence beside the box and the sentence whose digest is sealed with the signature are the same text.
On a guarded campaign nobody is asked whether their name may be shown: none is.
It does not decide what a consent permits. Standard: design/trust.md, "Do no harm", rule 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from standwith.languages.voice import Voice


@dataclass(frozen=True)
class SignForm:
    """What the sign form must know of a campaign.

    `campaign` is its id; `text` the digest (64 hex digits) of the text shown; `owner` and `affiliate` are names,
    `affiliate` is empty where there is none. `guarded`: supporters may be punished for taking part.
    """

    campaign: str
    text: str
    owner: str
    affiliate: str = ""
    guarded: bool = False


@dataclass(frozen=True)
class Consent:
    """One box: the field's name, the exact sentence beside it, and whether signing is impossible without it."""

    kind: str
    text: str
    required: bool = False


def consents(voice: Voice, form: SignForm) -> Sequence[Consent]:
    """Return the boxes of the form in the order shown, each with its exact text in the voice's language."""
    boxes = [Consent("sign", voice.gettext("I put my name to this statement"), required=True)]
    if not form.guarded:
        boxes.append(Consent("show_name", voice.gettext("You may show my name with the statement")))
    boxes.append(Consent("news_owner", _news(voice, form.owner)))
    if form.affiliate:
        boxes.append(Consent("news_affiliate", _news(voice, form.affiliate)))
    return boxes


def _news(voice: Voice, organisation: str) -> str:
    return voice.gettext("Send me news of this organisation: {organisation}", organisation=organisation)

"""Says what stands in a dossier: one campaign, one language, one day, as data for the template.

Invariant: the same campaign, language and day give the same dossier. It shows what the pages show; that it may be shown
was decided before.
"""

import re
from datetime import date

from standwith.campaigns.model import Campaign
from standwith.dossier import told
from standwith.dossier.facts import tell_facts
from standwith.dossier.people import tell_people
from standwith.dossier.record import tell_organisations, tell_sources, tell_timeline
from standwith.dossier.statement import tell_demands, tell_statement
from standwith.dossier.telling import Telling
from standwith.languages import Voice, language
from standwith.languages import translatable as _t

CHAPTERS = (tell_statement, tell_demands, tell_facts, tell_people, tell_timeline, tell_organisations, tell_sources)

KIND = _t("Dossier of the record")
CONTENTS = _t("Contents")
PAGE = _t("{n} of {total}")
"""A page's number at its foot."""


def compose(campaign: Campaign, voice: Voice, today: date) -> told.Dossier:
    """Return what is printed; `campaign.people` are those who may be shown."""
    telling = Telling(campaign, voice, today)
    chapters = tuple(chapter for tell in CHAPTERS if (chapter := tell(telling)))
    return told.Dossier(frame=_frame(telling), chapters=chapters)


def _frame(telling: Telling) -> told.Frame:
    campaign, voice, today = telling.campaign, telling.voice, telling.today
    return told.Frame(
        lang=voice.code,
        dir=voice.dir,
        digits=tuple(voice.number(digit) for digit in range(10)),
        accent=campaign.accent,
        day=(today.year, today.month, today.day),
        owner=campaign.owner.name,
        kind=voice.gettext(KIND),
        title=telling.say("title"),
        headline=telling.say("headline"),
        summary=telling.say("summary") if campaign.summary else None,
        lines=tuple(_lines(telling)),
        as_of=voice.gettext("As of {date}", date=today),
        contents=voice.gettext(CONTENTS),
        page=_page(voice),
    )


def _lines(telling: Telling) -> list[told.Line]:
    """Who made the dossier, for whom, about which country and in which language."""
    campaign, voice = telling.campaign, telling.voice
    owner, whom = campaign.owner, campaign.beneficiary
    lines = [
        told.Line(
            text=voice.gettext("Run by: {owner}", owner=telling.within(owner.name)),
            addresses=tuple(filter(None, (owner.url, f"mailto:{owner.email}"))),
        )
    ]
    if whom:
        name = telling.say("beneficiary", marked=False)
        text = voice.gettext("In solidarity with: {whom}", whom=telling.within(name.text))
        lines.append(told.Line(text=text, lang=name.lang, dir=name.dir, addresses=tuple(filter(None, (whom.url,)))))
    since = voice.gettext("campaign since {date}", date=campaign.opened)
    lines.append(told.Line(text=f"{voice.country(campaign.country)} · {since}" if campaign.country else since))
    lines.append(told.Line(text=voice.gettext("Language: {language}", language=language(voice.code).name)))
    return lines


def _page(voice: Voice) -> tuple[str, ...]:
    """The words around the two numbers at the foot: ("", "n", " of ", "total", "")."""
    return tuple(re.split(r"\{(n|total)\}", voice.gettext(PAGE)))

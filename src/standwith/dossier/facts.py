"""What is known: facts in matters, those of several sources side by side, old figures beside those that replaced them.

Invariant: every fact of the campaign stands once, with its wording, its day and who says so; no figure is averaged, and
none that was replaced is left out.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from standwith.dossier import told
from standwith.dossier.figures import print_figure
from standwith.dossier.notes import near
from standwith.dossier.telling import Telling
from standwith.facts import Fact
from standwith.languages import Voice
from standwith.site.labels import CONFIDENCES


def tell_facts(telling: Telling) -> told.Chapter | None:
    """The matters in the order in which the campaign names them first; None where no fact is known."""
    if not telling.campaign.facts:
        return None
    replaced = {fact.supersedes for fact in telling.campaign.facts}
    return told.Chapter(
        kind="facts",
        heading=telling.voice.gettext("What is known"),
        lead=telling.voice.gettext("Every figure has a source and a date. Where sources disagree, both are shown."),
        matters=tuple(_matter(telling, facts, replaced) for facts in matters(telling.campaign.facts)),
    )


def matters(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """Facts of one group, of one series, or of which one took the place of the other, together."""
    facts = tuple(facts)
    by_id = {fact.id: fact for fact in facts}
    gathered: dict[str, list[Fact]] = {}
    for fact in facts:
        gathered.setdefault(_matter_of(fact, by_id), []).append(fact)
    return tuple(tuple(ones) for ones in gathered.values())


def _matter_of(fact: Fact, by_id: dict[str, Fact]) -> str:
    seen = set()
    while fact.supersedes in by_id and fact.id not in seen and not (fact.group or fact.series):
        seen.add(fact.id)
        fact = by_id[fact.supersedes]
    if fact.group:
        return f"group {fact.group}"
    return f"series {fact.series}" if fact.series else f"fact {fact.id}"


def _matter(telling: Telling, facts: Sequence[Fact], replaced: set[str]) -> told.Matter:
    marks = near(len(facts))
    standing = [fact for fact in facts if fact.id not in replaced]
    before = [fact for fact in facts if fact.id in replaced]
    shown = tuple(_fact(telling, fact, marks, replaced=fact.id in replaced) for fact in (*standing, *before))
    return told.Matter(facts=shown, heading=_compare(standing, telling.voice))


def _compare(facts: Sequence[Fact], voice: Voice) -> str:
    """Whether the sources of one matter agree; "" where there is nothing to compare, as in a series over time."""
    if len(facts) < 2 or any(fact.series for fact in facts):
        return ""
    if len({print_figure(fact, voice) for fact in facts}) == 1:
        return voice.gettext("Sources agree")
    if len(facts) == 2:
        return voice.gettext("Sources disagree: both are shown")
    return voice.gettext("Sources disagree: all are shown")


def _fact(telling: Telling, fact: Fact, marks: dict[str, told.Mark] | None, *, replaced: bool) -> told.Fact:
    voice, figure = telling.voice, print_figure(fact, telling.voice)
    disputed = telling.say(f"fact:{fact.id}:disputed", marked=False) if fact.disputed else None
    return told.Fact(
        figure=voice.gettext("Before: {figure}", figure=figure) if replaced else figure,
        what=telling.say(f"fact:{fact.id}:what"),
        date=voice.date(fact.as_of),
        confidence=voice.gettext(CONFIDENCES[fact.confidence]) if fact.confidence else "",
        disputed=replace(disputed, text=_disputed(telling, disputed)) if disputed else None,
        replaced=replaced,
        notes=telling.notes.cite([fact.source], marks),
    )


def _disputed(telling: Telling, text: told.Said) -> str:
    return telling.voice.gettext("Disputed: {text}", text=telling.within(text.text))

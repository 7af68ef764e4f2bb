"""What of a campaign is to be translated, string by string, each under a key that stays when its text changes.

Invariant: keys are unique within a campaign. They read "headline", "statement:3", "demand:release",
"fact:killed:what", "event:2020-08-09:title". Names of organisations and titles of sources stay as their owners write
them; the name of a person is offered for another script only where the page shows it in full.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from standwith.campaigns.model import Campaign
from standwith.campaigns.recall import recall
from standwith.facts import WORDINGS, Fact
from standwith.languages.placeholders import fill, placeholders


class SourceString(Struct, frozen=True, kw_only=True):
    """One string in the source language; `note` helps the translator, `required` strings open a language's gate."""

    key: str
    text: str
    note: str = ""
    where: str = "campaign.toml"
    required: bool = False


@recall
def strings(campaign: Campaign) -> tuple[SourceString, ...]:
    """Everything that can be translated, in the order of the folder, with what its figures stand for in the note."""
    figures = {f"fact:{fact.id}": _figure(fact) for fact in campaign.facts}
    return tuple(_explain(string, figures) for string in slots(campaign) if string.text)


def slots(campaign: Campaign) -> Iterator[SourceString]:
    """Every place of the campaign where a translatable text can stand, the empty ones too."""
    for part in (_frame, _demands, _actions, _media, _statement, _facts, _people, _timeline):
        yield from part(campaign)


def _explain(string: SourceString, figures: Mapping[str, str]) -> SourceString:
    of_fact, _, counted = string.key.rpartition(":")
    if counted == "what" and of_fact in figures:
        string = replace(string, note=f"what is counted; the page says “{figures[of_fact]}” beside it")
    if "{" not in string.text:
        return string
    cited = [f"{{{name}}} puts in “{figures[name]}”" for name in placeholders(string.text) if name in figures]
    return replace(string, note="; ".join(filter(None, (string.note, *cited)))) if cited else string


def _figure(fact: Fact) -> str:
    """The figure exactly as the English page puts it in: "at least 2", "26 years"; what is counted is for the text."""
    values = {"low": f"{fact.low:,}" if fact.low is not None else "", "high": _measured(fact.high, fact.unit)}
    if fact.unit == "percent":
        values["low"] = _measured(fact.low, fact.unit)
    values["n"] = _measured(fact.high if fact.low is None else fact.low, fact.unit)
    return fill(WORDINGS[fact.wording].phrase, values.get)


def _measured(number: int | None, unit: str) -> str:
    """The number with the unit that the page itself names; people, cases and places are named by the text around."""
    if number is None:
        return ""
    if unit == "percent":
        return f"{number:,}%"
    if unit in ("years", "months", "weeks", "days", "hours"):
        return f"{number:,} {unit.removesuffix('s') if number == 1 else unit}"
    return f"{number:,}"


def _frame(campaign: Campaign) -> Iterator[SourceString]:
    yield SourceString(key="title", text=campaign.title, note="what the campaign is called", required=True)
    yield SourceString(key="headline", text=campaign.headline, note="the sentence on top of the page", required=True)
    yield SourceString(key="summary", text=campaign.summary, note="where the campaign is listed", required=True)
    if campaign.beneficiary:
        yield SourceString(key="beneficiary", text=campaign.beneficiary.name, note="whom the campaign stands with")


def _demands(campaign: Campaign) -> Iterator[SourceString]:
    for demand in campaign.demands:
        key = f"demand:{demand.id}"
        yield SourceString(key=key, text=demand.text, note="what is asked", required=True)
        yield SourceString(key=f"{key}:addressee", text=demand.addressee, note="of whom it is asked", required=True)


def _actions(campaign: Campaign) -> Iterator[SourceString]:
    for action in campaign.actions:
        key, live = f"action:{action.id}", action.state == "live"
        yield SourceString(key=f"{key}:title", text=action.title, note="what to do, in a few words", required=live)
        yield SourceString(key=f"{key}:text", text=action.text, required=live)


def _media(campaign: Campaign) -> Iterator[SourceString]:
    for picture in campaign.media:
        note = "said to those who do not see the picture"
        yield SourceString(key=f"media:{picture.file}:alt", text=picture.alt, note=note)


def _statement(campaign: Campaign) -> Iterator[SourceString]:
    for place, block in enumerate(campaign.statement, start=1):
        yield SourceString(key=f"statement:{place}", text=block, where="statement.md", required=True)


def _facts(campaign: Campaign) -> Iterator[SourceString]:
    for fact in campaign.facts:
        yield SourceString(key=f"fact:{fact.id}:what", text=fact.what, where="facts.csv")
        yield SourceString(
            key=f"fact:{fact.id}:disputed", text=fact.disputed, note="who disputes it", where="facts.csv"
        )


def _people(campaign: Campaign) -> Iterator[SourceString]:
    for person in (person for person in campaign.people if person.shown != "none"):
        key = f"person:{person.id}"
        if person.shown == "full name":
            yield SourceString(key=f"{key}:name", text=person.name, note="in your script", where="people.csv")
        yield SourceString(key=f"{key}:role", text=person.role, where="people.csv")
        yield SourceString(key=f"{key}:organisation", text=person.organisation, where="people.csv")
        for place, status in enumerate(person.history, start=1):
            note = f"after “{status.status}”"
            yield SourceString(key=f"{key}:detail-{place}", text=status.detail, note=note, where="people.csv")


def event_keys(campaign: Campaign) -> tuple[str, ...]:
    """One key for each event of the timeline: its date, with a number from the second event of a day on."""
    seen: Counter[str] = Counter()
    keys = []
    for event in campaign.timeline:
        day = str(event.date)
        seen[day] += 1
        keys.append(f"event:{day}" if seen[day] == 1 else f"event:{day}.{seen[day]}")
    return tuple(keys)


def _timeline(campaign: Campaign) -> Iterator[SourceString]:
    for key, event in zip(event_keys(campaign), campaign.timeline, strict=True):
        yield SourceString(key=f"{key}:title", text=event.title, where="timeline.csv")
        yield SourceString(key=f"{key}:place", text=event.place, note="a place", where="timeline.csv")

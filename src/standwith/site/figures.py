"""A fact's figure in the words of one language: "more than 7,000", "almost 80%", "several thousand".

Invariant: no figure appears that the fact does not have; words stay words. The figure itself is marked <b>, so that the
page can make it large; everything else is escaped. It does not say what was counted or who says so.
"""

from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup, escape

from standwith.facts import WORDINGS, Fact, Figures
from standwith.languages import Voice
from standwith.languages.placeholders import fill


@lru_cache(maxsize=1 << 14)  # a fact stands on its own page, and on that of its source
def figure(fact: Fact, voice: Voice) -> Markup:
    """Return the figure of a fact with its wording, as HTML; the number, or the words that stand for it, inside <b>."""
    wording = WORDINGS[fact.wording]
    phrase = str(escape(voice.gettext(wording.phrase)))
    if wording.figures is Figures.NONE:
        return Markup("<b>{}</b>").format(phrase)
    values = _values(fact, voice, _strong)
    return Markup(fill(phrase, values.get))  # noqa: S704 the phrase is escaped above, the values are numbers


def plain_figure(fact: Fact, voice: Voice) -> str:
    """Return the same figure as text, in one line with plain spaces."""
    said = fill(voice.gettext(WORDINGS[fact.wording].phrase), _values(fact, voice, str).get)
    return " ".join(said.split())


def _values(fact: Fact, voice: Voice, mark: Callable[[str], str]) -> dict[str, str]:
    """The numbers of a fact as the phrase takes them, each marked."""
    measured = _measure(fact.unit, voice)
    if fact.low is not None and fact.high is not None and fact.low != fact.high:
        low = measured(fact.low) if fact.unit == "percent" else voice.number(fact.low)
        return {"low": mark(low), "high": mark(measured(fact.high))}
    known = fact.low if fact.low is not None else fact.high
    return {"n": mark(measured(known))} if known is not None else {}


def _strong(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def _measure(unit: str, voice: Voice) -> Callable[[int], str]:
    """How a number of this unit is said; people and cases are named by the text around the figure."""
    match unit:
        case "percent":
            return voice.percent
        case "years":
            return lambda n: voice.ngettext("{n} year", "{n} years", n)
        case "months":
            return lambda n: voice.ngettext("{n} month", "{n} months", n)
        case "weeks":
            return lambda n: voice.ngettext("{n} week", "{n} weeks", n)
        case "days":
            return lambda n: voice.ngettext("{n} day", "{n} days", n)
        case "hours":
            return lambda n: voice.ngettext("{n} hour", "{n} hours", n)
    return voice.number

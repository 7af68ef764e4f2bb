"""Figures: the wording says what the figures say, and groups set facts side by side."""

from collections import Counter

from standwith.campaigns.draft import Draft, Entry
from standwith.facts import WORDINGS, Fact, Figures, figures_of


def check_facts(draft: Draft) -> None:
    """Each fact by itself, then the groups."""
    for entry in draft.facts:
        if entry.sound("low", "high", "wording"):
            _check_wording(draft, entry)
        if entry.sound("low", "high", "unit") and entry.value.unit == "percent":
            _check_percent(draft, entry)
    groups = Counter(entry.value.group for entry in draft.facts)
    if "facts.csv" in draft.torn_ids:
        return
    for entry in draft.facts:
        if entry.value.group and groups[entry.value.group] == 1:
            what = f"This fact is alone in the group “{entry.value.group}”."
            draft.report.add("lonely-group", entry.at("group"), what)


_TAKES = {
    Figures.BOTH_EQUAL: ("low", "high"),
    Figures.RANGE: ("low", "high"),
    Figures.LOW: ("low",),
    Figures.HIGH: ("high",),
    Figures.NONE: (),
}


def _check_wording(draft: Draft, entry: Entry[Fact]) -> None:
    fact = entry.value
    needed, found = WORDINGS[fact.wording].figures, figures_of(fact.low, fact.high)
    if found is None:
        draft.report.add("range-upside-down", entry.at("low"), f"low is {fact.low}, high is {fact.high}.")
    elif needed is not found:
        wrong = [name for name in ("low", "high") if (getattr(fact, name) is not None) != (name in _TAKES[needed])]
        column = wrong[0] if wrong else "high"
        code = "wording-needs-figure" if column in _TAKES[needed] else "wording-forbids-figure"
        what = f"“{fact.wording}” does not go with low “{_show(fact.low)}” and high “{_show(fact.high)}”."
        draft.report.add(code, entry.at(column), what, f"“{fact.wording}” takes {needed.value}.")


def _show(figure: int | None) -> str:
    return "" if figure is None else str(figure)


def _check_percent(draft: Draft, entry: Entry[Fact]) -> None:
    for name, figure in (("low", entry.value.low), ("high", entry.value.high)):
        if figure is not None and figure > 100:
            draft.report.add("percent-over-100", entry.at(name), f"{figure} percent.")
            return

"""Events in order of time, and targets that a letter can reach."""

from standwith.campaigns.draft import Draft
from standwith.manuscript import Place


def check_timeline(draft: Draft) -> None:
    """No event ends before it starts or stands twice."""
    first: dict[tuple[object, str], Place] = {}
    for entry in draft.timeline:
        event = entry.value
        if not entry.sound("date", "end"):
            continue
        if event.end and event.end.last_day() < event.date.first_day():
            what = f"This event ends in {event.end}, before it starts in {event.date}."
            draft.report.add("ends-before-start", entry.at("end"), what)
        key = (event.date, event.title.casefold())
        if key in first:
            what = f"The same event stands on line {first[key].line}."
            draft.report.add("duplicate-event", entry.at("title"), what)
        first.setdefault(key, entry.place)


def check_targets(draft: Draft) -> None:
    """A target has an address."""
    for entry in draft.targets:
        target = entry.value
        if entry.sound("email", "postal") and not target.email and not target.postal:
            what = f"{target.name} has neither an e-mail nor a postal address."
            draft.report.add("target-unreachable", entry.at("email"), what)

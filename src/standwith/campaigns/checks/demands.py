"""What is asked: demands with somebody to answer them, actions that fit together."""

from standwith.campaigns.draft import Draft, Entry
from standwith.campaigns.model import Demand
from standwith.manuscript import Place


def check_demands(draft: Draft) -> None:
    """There is a demand, and one that was met says who says so."""
    if draft.head and not draft.demand and "[[demand]]" not in draft.unread:
        draft.report.add("no-demands", Place("campaign.toml", 1, 1), "This campaign has no demand.")
    for entry in draft.demand:
        _check_state(draft, entry)


def _check_state(draft: Draft, entry: Entry[Demand]) -> None:
    demand = entry.value
    if demand.state == "open" or not entry.sound("state", "state_source", "state_date"):
        return
    if not demand.state_source or demand.state_date is None:
        what = f"This demand is {demand.state}, but nothing says who says so, or since when."
        draft.report.add("state-without-source", entry.at("state"), what)


def check_actions(draft: Draft) -> None:
    """At most one action is to sign."""
    signing = [entry for entry in draft.action if entry.value.kind == "sign"]
    for entry in signing[1:]:
        what = f"A second action of kind sign; the first is on line {signing[0].place.line}."
        draft.report.add("two-sign-actions", entry.at("kind"), what)
    in_doubt = "[[action]]" in draft.unread or not all(entry.sound("kind") for entry in draft.action)
    if draft.head and not signing and not in_doubt:
        draft.report.add("no-sign-action", Place("campaign.toml", 1, 1), "No action of this campaign is to sign.")

"""The frame of a campaign: its languages, dates and colour."""

from collections import Counter

from standwith.campaigns.draft import Draft, Entry, Head
from standwith.languages.tags import INTERFACE
from standwith.look.colour import contrast, readable
from standwith.look.style import PAPER

AA = 4.5
TAKEN = {
    "act",
    "audits",
    "how-we-count",
    "log",
    "mailbox",
    "organisations",
    "verify",
    "witness",
    "your-data",
    *INTERFACE,
}
"""Addresses on every site that are no campaign's: pages, doors, and the languages."""


def check_frame(draft: Draft) -> None:
    """What the top of campaign.toml says must fit together."""
    if draft.head:
        _check_id(draft, draft.head)
        _check_languages(draft, draft.head)
        _check_dates(draft, draft.head)
        _check_accent(draft, draft.head)


def _check_id(draft: Draft, head: Entry[Head]) -> None:
    if head.value.id in TAKEN:
        draft.report.add("reserved-id", head.at("id"), f"“{head.value.id}” is the address of something else.")


def _check_languages(draft: Draft, head: Entry[Head]) -> None:
    languages, source = head.value.languages, head.value.source_language
    for code, count in Counter(languages).items():
        if count > 1:
            draft.report.add("duplicate-language", head.at("languages"), f"“{code}” stands here {count} times.")
    if head.sound("languages", "source_language") and source not in languages:
        what = f"The campaign is written in “{source}”, which is not in its languages."
        draft.report.add("source-language-not-listed", head.at("languages"), what)


def _check_dates(draft: Draft, head: Entry[Head]) -> None:
    opened, closes = head.value.opened, head.value.closes
    if head.sound("opened", "closes") and closes and closes.last_day() < opened.first_day():
        what = f"The campaign closes in {closes}, before it opens in {opened}."
        draft.report.add("closes-before-opened", head.at("closes"), what)


def _check_accent(draft: Draft, head: Entry[Head]) -> None:
    accent = head.value.accent
    if head.sound("accent") and contrast(accent, PAPER) < AA:
        better = readable(accent, PAPER, AA)
        what = f"This colour has a contrast of {contrast(accent, PAPER):.1f} on paper."
        draft.report.add("accent-contrast", head.at("accent"), what, f"Choose a darker one; {better} would do.")

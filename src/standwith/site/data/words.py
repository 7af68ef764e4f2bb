"""The texts of a campaign as files carry them: in its source language, and what the live languages say of them.

Invariant: a translation whose source has changed since is kept apart from the current ones, and what is missing is left
out, so that whoever reads the current ones alone never reads something old. Makes no HTML.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from standwith.languages import Voice
from standwith.site.edition import Edition
from standwith.site.view import CampaignView

Translations = Mapping[str, Mapping[str, str]]
"""Language -> name of the text -> text."""


class Translated(NamedTuple):
    """The translations of one row."""

    current: Translations
    older: Translations


class Words:
    """The words of a campaign in its source language and in `others`."""

    def __init__(self, source: CampaignView, others: Sequence[CampaignView] = ()) -> None:
        self.source, self.others = source, others

    @property
    def voice(self) -> Voice:
        return self.source.voice

    def said(self, key: str) -> str:
        """The text under a key, in the source language."""
        return self.source.plain(key).text

    def translated(self, keys: Mapping[str, str]) -> Translated:
        """What the other languages say, of the texts under these keys: {"what": "fact:killed:what"}."""
        found = Translated({}, {})
        for view in self.others:
            code = view.voice.code
            for name, key in keys.items():
                text = view.plain(key)
                if text.language == code and text.text:
                    kept = found.older if text.state == "stale" else found.current
                    kept.setdefault(code, {})[name] = text.text  # type: ignore[attr-defined]
        return found


def words_of(group: Mapping[str, Edition], *, translated: bool = True) -> Words:
    """The words of a campaign's editions."""
    source = source_of(group)
    others = [edition.view for edition in group.values() if edition is not source] if translated else []
    return Words(source.view, others)


def source_of(group: Mapping[str, Edition]) -> Edition:
    """The edition in the source language, which is always there."""
    first = next(iter(group.values()))
    return group.get(first.campaign.source_language, first)
